//! `POST /v1/ai/images`: pictures from words, and `GET /v1/files/…`: their bytes for an `<img>`.

use std::sync::Arc;

use bytes::Bytes;
use domain::addons::ai_image_generation::{self, ImageRequest};
use domain::writing::PictureKind;
use domain::{CallPhase, Cause, Route};
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use http::{HeaderValue, Response};
use providers::{Drawer, Target, Way};
use serde_json::{Value, json};

use super::addon::{Begun, Purpose, begin, fail};
use super::{Visit, session};
use crate::asking::Asking;
use crate::body::{Body, TEXT_BODY_MAX, full, json_reply};
use crate::limits::Wanted;
use crate::refusal::Refusal;
use crate::shelf::FileId;
use crate::snapshot::ProviderEntry;
use crate::upstream::{PICTURES, refused_by};

const DEFAULT_FOLDER: &str = "AI Generated Images";
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

pub(crate) async fn answer(visit: Visit) -> Result<Response<Body>, Refusal> {
    let purpose = Purpose {
        route: Route::Images,
        handle: ai_image_generation::DESCRIPTOR.handle,
        body_max: TEXT_BODY_MAX,
        able: |entry| entry.adapter.drawing().is_some(),
    };
    let (body, mut begun) = begin::<ImageRequest>(visit, purpose).await?;
    if let Err(rule) = body.check() {
        return Err(begun.invalid(rule));
    }
    let Begun { application, providers, uid, snapshot, call, .. } = &mut begun;
    let count = u64::from(body.count.unwrap_or(1));
    let wanted = || Wanted::drawings(count, providers, &snapshot.prices);
    if let Err(refusal) = call.reserve(application, uid, wanted).await {
        return Err(fail(begun.call, refusal));
    }
    begun.call.reached(CallPhase::Admitted);
    match draw(&mut begun, &body).await {
        Ok((images, entry)) => {
            begun.call.used_images(images.len() as u64);
            let reply = json!({
                "images": images,
                "consumedImages": images.len(),
                "provider": session::provider(&entry),
            });
            let reply = json_reply(&reply)?;
            begun.call.succeeded();
            Ok(reply)
        }
        Err(refusal) => Err(fail(begun.call, refusal)),
    }
}

async fn draw(begun: &mut Begun, order: &ImageRequest) -> Result<(Vec<Value>, Arc<ProviderEntry>), Refusal> {
    let mut candidates = begun.candidates();
    loop {
        let entry = candidates.next(&mut begun.call)?;
        let answer = draw_by(begun, &entry, order).await;
        if let Some(answer) = candidates.counts(&entry, answer) {
            return Ok((answer?, entry));
        }
    }
}

/// All of an order's pictures; those that were made before one fails are given, since they were paid for.
async fn draw_by(
    begun: &mut Begun,
    entry: &Arc<ProviderEntry>,
    order: &ImageRequest,
) -> Result<Vec<Value>, Refusal> {
    let mut images = Vec::new();
    for nth in 0..u32::from(order.count.unwrap_or(1)) {
        match one(begun, entry, order, nth).await {
            Ok(file) => {
                begun.call.made_image();
                images.push(keep(begun, order, file).await?);
            }
            Err(refusal) if images.is_empty() => return Err(refusal),
            Err(_) => break,
        }
    }
    Ok(images)
}

async fn one(
    begun: &mut Begun,
    entry: &Arc<ProviderEntry>,
    order: &ImageRequest,
    nth: u32,
) -> Result<Bytes, Refusal> {
    let Begun { shared, snapshot, call, .. } = begun;
    let refused = |cause| refused_by(entry, cause);
    let drawer: Drawer<'static> = entry.adapter.drawing().ok_or(Cause::NoProvider)?;
    let file = match drawer {
        Way::Local(drawer) => {
            call.reached(CallPhase::Sent);
            let order = order.clone();
            // Drawing takes a processor for a while.
            let drawn = tokio::task::spawn_blocking(move || drawer.draw(&order, nth)).await;
            drawn.map_err(|_| Cause::Internal)?.map_err(refused)?
        }
        Way::Upstream(drawing) => {
            let asking = Asking { shared, snapshot, bounds: PICTURES };
            let target = Target::of(&entry.provider);
            call.of_model(Some(drawing.model(&target)));
            let request = drawing.request(&target, order, nth);
            let reply = asking.ask(entry, call, &request).await?;
            call.reached(CallPhase::FirstByte);
            let body = reply.read().await.map_err(refused)?;
            drawing.read_reply(&body).map_err(refused)?
        }
    };
    call.reached(CallPhase::FirstByte);
    Ok(file.into())
}

async fn keep(begun: &Begun, order: &ImageRequest, file: Bytes) -> Result<Value, Refusal> {
    let kind = PictureKind::of(&file).ok_or(Cause::ReplyInvalid)?;
    let size = imagesize::blob_size(&file).map_err(|_| Cause::ReplyInvalid)?;
    let id = begun.shared.shelf.put(file).await.map_err(|_| Cause::Internal)?;
    let folder =
        order.folder_name.as_deref().filter(|name| !name.trim().is_empty()).unwrap_or(DEFAULT_FOLDER);
    let name = format!("image-{}.{}", id.as_str().get(..8).unwrap_or_default(), extension(kind));
    let mut url = url::Url::parse(&begun.own_origin).map_err(|_| Cause::Internal)?;
    if let Ok(mut path) = url.path_segments_mut() {
        path.extend(["v1", "files", id.as_str(), folder, name.as_str()]);
    }
    Ok(json!({
        "url": url.as_str(),
        "width": size.width,
        "height": size.height,
        "folder": folder,
        "fileName": name,
    }))
}

fn extension(kind: PictureKind) -> &'static str {
    match kind {
        PictureKind::Png => "png",
        PictureKind::Jpeg => "jpg",
        PictureKind::Gif => "gif",
        PictureKind::Webp => "webp",
    }
}

/// The id in the path is what opens the file; folder and name are for people.
pub(crate) async fn file(visit: Visit) -> Result<Response<Body>, Refusal> {
    let path = visit.request.uri().path().strip_prefix("/v1/files/").unwrap_or_default();
    let id = path.split('/').next().and_then(FileId::parse).ok_or(Cause::FileUnknown)?;
    let file = visit.shared.shelf.get(id).await.ok_or(Cause::FileUnknown)?;
    let kind = PictureKind::of(&file).ok_or(Cause::FileUnknown)?;
    let mut response = Response::new(full(file));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind.media_type()));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    Ok(response)
}
