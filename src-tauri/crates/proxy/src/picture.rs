//! Gets the image an alternate text is wanted for: from a `data:` URL, or from a server the page may name.
//!
//! The address comes with a request, so it is judged like a stranger's: public servers, this proxy's own files, and
//! the application's allowed origins; nothing else inside this network, and no redirect to it.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::Cause;
use domain::writing::{Picture, PictureKind};
use url::{Host, Url};

use crate::Shared;
use crate::destination::is_public;
use crate::shelf::FileId;
use crate::snapshot::ApplicationEntry;

/// Azure AI Vision's limit, the smallest of all.
pub(crate) const BYTES_MAX: usize = 20 * 1024 * 1024;

/// The image at `src`, or why there is none.
pub(crate) async fn get(
    shared: &Shared,
    application: &ApplicationEntry,
    own_origin: &str,
    src: &str,
) -> Result<Picture, Cause> {
    let bytes = match src.strip_prefix("data:") {
        Some(rest) => inline(rest).ok_or(Cause::ImageUnsupported)?,
        None => fetch(shared, application, own_origin, src).await?,
    };
    let kind = PictureKind::of(&bytes).ok_or(Cause::ImageUnsupported)?;
    Ok(Picture { kind, bytes })
}

fn inline(rest: &str) -> Option<Arc<[u8]>> {
    let (_, data) = rest.split_once(";base64,")?;
    let clean: String = data.split_ascii_whitespace().collect();
    STANDARD.decode(clean).ok().map(Into::into)
}

async fn fetch(
    shared: &Shared,
    application: &ApplicationEntry,
    own_origin: &str,
    src: &str,
) -> Result<Arc<[u8]>, Cause> {
    let url = Url::parse(src).map_err(|_| Cause::ImageUnreachable)?;
    let origin = url.origin().ascii_serialization();
    if origin == own_origin {
        // Over the shelf, not over the network: only generated images are there to be described.
        let mut parts = url.path().strip_prefix("/v1/files/").unwrap_or_default().split('/');
        let id = parts.next().and_then(FileId::parse).ok_or(Cause::ImageUnreachable)?;
        let file = shared.shelf.get(id).await.ok_or(Cause::ImageUnreachable)?;
        return Ok(file.as_ref().into());
    }
    let trusted = application.allows(&origin);
    if !trusted && !may_be_public(&url) {
        return Err(Cause::ImageUnreachable);
    }
    let reply = shared.upstream.fetch(url, trusted).await?;
    if reply.status() != 200 {
        return Err(Cause::ImageUnreachable);
    }
    match reply.read().await {
        Ok(bytes) => Ok(bytes.as_ref().into()),
        Err(Cause::ReplyTooLarge) => Err(Cause::ImageUnsupported),
        Err(_) => Err(Cause::ImageUnreachable),
    }
}

/// By scheme and literal address; a name is judged once it is resolved.
fn may_be_public(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
        && match url.host() {
            Some(Host::Ipv4(ip)) => is_public(ip.into()),
            Some(Host::Ipv6(ip)) => is_public(ip.into()),
            Some(Host::Domain(name)) => name != "localhost" && !name.ends_with(".localhost"),
            None => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_cannot_send_the_proxy_into_the_network() {
        for src in [
            "http://127.0.0.1:9/x",
            "http://[::1]/",
            "http://localhost/",
            "http://192.168.0.1/a.png",
            "http://169.254.169.254/",
            "file:///etc/passwd",
            "ftp://8.8.8.8/",
        ] {
            assert!(!may_be_public(&Url::parse(src).unwrap()), "{src}");
        }
        assert!(may_be_public(&Url::parse("https://cdn.example/x.png").unwrap()));
    }

    #[test]
    fn inline_images_are_base64() {
        assert_eq!(inline("image/png;base64,aGk=").unwrap().as_ref(), b"hi");
        assert!(inline("image/svg+xml,<svg/>").is_none());
    }
}
