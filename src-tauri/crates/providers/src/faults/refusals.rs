//! How providers refuse: status, headers and body of each, in their own words. Most bodies were seen in the wild and stand
//! with their sources in `tests/golden/providers/failures.json`; where no source shows one, it has the shape of those that do.

mod openai;
mod others;

use std::time::Duration;

use bytes::Bytes;
use domain::Fault;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue};

use super::{End, PlayedReply};
use crate::adapter::Adapter;

pub(crate) use openai::{AZURE_OPENAI, COMPATIBLE, OPENAI};
pub(crate) use others::{ANTHROPIC, AZURE_VISION, DEEPL, STABILITY};

/// How one provider refuses.
pub type Refusals = &'static [Refused];

/// One refusal.
#[derive(Debug, Clone, Copy)]
pub struct Refused {
    pub(super) fault: Fault,
    pub(super) status: u16,
    pub(super) body: &'static str,
    header: Option<(&'static str, &'static str)>,
}

const fn said(fault: Fault, status: u16, body: &'static str) -> Refused {
    Refused { fault, status, body, header: None }
}

const fn with(refused: Refused, name: &'static str, value: &'static str) -> Refused {
    Refused { header: Some((name, value)), ..refused }
}

/// The same at every server: what stands before it speaks, and in words of its own.
const GATEWAYS: Refusals = &[
    said(
        Fault::RequestTooLarge,
        413,
        "<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n<body>\r\n<center><h1>413 Request Entity Too Large</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n",
    ),
    said(Fault::RequestTimeout, 408, ""),
    said(
        Fault::BadGateway,
        502,
        "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n",
    ),
    said(Fault::ServiceUnavailable, 503, "upstream connect error or disconnect/reset before headers"),
    said(Fault::GatewayTimeout, 504, "upstream request timeout"),
    said(
        Fault::GatewayForbids,
        403,
        "<html><head><title>Access blocked</title></head><body><h1>Access to this category of websites is blocked</h1></body></html>",
    ),
    with(said(Fault::Redirect, 302, ""), "location", "https://login.example/"),
];

/// How `adapter`'s provider says this.
pub(super) fn find(fault: Fault, adapter: &dyn Adapter) -> Option<Refused> {
    let mut all = adapter.refusals().iter().chain(GATEWAYS);
    all.find(|refused| refused.fault == fault).copied()
}

impl Refused {
    /// The whole reply.
    pub(super) fn reply(self) -> PlayedReply {
        let kind = match self.body.as_bytes().first() {
            Some(b'{') => Some("application/json"),
            Some(b'<') => Some("text/html"),
            Some(_) => Some("text/plain"),
            None => None,
        };
        let kind = kind.map(|kind| (CONTENT_TYPE, HeaderValue::from_static(kind)));
        let said = |(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value));
        let body = Bytes::from_static(self.body.as_bytes());
        PlayedReply {
            status: self.status,
            headers: kind.into_iter().chain(self.header.map(said)).collect(),
            after: Duration::ZERO,
            pieces: if body.is_empty() { Vec::new() } else { vec![(Duration::ZERO, body)] },
            end: End::Whole,
        }
    }
}

/// With a wait that is too long to be waited for.
const fn later(refused: Refused) -> Refused {
    with(refused, "retry-after", "20")
}
