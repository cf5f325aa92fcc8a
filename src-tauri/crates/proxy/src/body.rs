//! Bodies: reading a request's within its limits, making a reply's.

use std::time::Duration;

use bytes::Bytes;
use domain::Cause;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Request, Response};
use http_body::Frame;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited, StreamBody};
use hyper::body::Incoming;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use tokio::sync::mpsc;

use crate::refusal::Refusal;

/// The reply cannot be completed: the connection is closed, so that the caller does not take a part for the whole.
#[derive(Debug, thiserror::Error)]
#[error("the reply was cut")]
pub(crate) struct Cut;

/// A reply's body.
pub(crate) type Body = UnsyncBoxBody<Bytes, Cut>;

/// The largest request body of a route that takes text.
pub(crate) const TEXT_BODY_MAX: usize = 1024 * 1024;
/// The largest request body of a route that takes a template; the largest public one has 240 KiB.
pub(crate) const TEMPLATE_BODY_MAX: usize = 8 * 1024 * 1024;
pub(crate) const BODY_TIMEOUT: Duration = Duration::from_secs(15);

/// A body that is there at once.
pub(crate) fn full(bytes: Bytes) -> Body {
    Full::new(bytes).map_err(|never| match never {}).boxed_unsync()
}

/// A body that is written piece by piece. When the caller goes away, the sender is closed.
pub(crate) fn channel() -> (mpsc::Sender<Bytes>, Body) {
    let (sender, receiver) = mpsc::channel::<Bytes>(32);
    let frames = futures_util::stream::unfold(receiver, |mut receiver| async {
        let bytes = receiver.recv().await?;
        Some((Ok::<_, Cut>(Frame::data(bytes)), receiver))
    });
    (sender, StreamBody::new(frames).boxed_unsync())
}

/// A JSON reply.
pub(crate) fn json_reply(value: &impl Serialize) -> Result<Response<Body>, Refusal> {
    let bytes = serde_json::to_vec(value).map_err(|_| Cause::Internal)?;
    let mut response = Response::new(full(bytes.into()));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}

/// Reads a JSON request: right media type, at most `max` bytes, all there within 15 s.
pub(crate) async fn json_request<T: DeserializeOwned>(
    request: Request<Incoming>,
    max: usize,
) -> Result<T, Refusal> {
    let headers = request.headers();
    let mut types = headers.get_all(CONTENT_TYPE).iter();
    let is_json = matches!((types.next(), types.next()), (Some(kind), None) if is_json(kind));
    if !is_json || headers.contains_key(CONTENT_ENCODING) {
        return Err(Cause::ContentType.into());
    }
    let headers = headers.clone();
    let bytes = read_request(request.into_body(), &headers, max).await?;
    serde_json::from_slice(&bytes).map_err(|error| {
        // Where, not what: the parser's own sentence may repeat what the end user wrote.
        let place = json!({ "line": error.line(), "column": error.column() });
        Refusal::with_detail(Cause::BodyInvalid, place)
    })
}

/// A request's whole body: at most `max` bytes, all there within 15 s.
pub(crate) async fn read_request(body: Incoming, headers: &HeaderMap, max: usize) -> Result<Bytes, Cause> {
    // Refused by its own word before a byte of it is read.
    let announced = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > max as u64) {
        return Err(Cause::BodyTooLarge);
    }
    let collected = tokio::time::timeout(BODY_TIMEOUT, Limited::new(body, max).collect())
        .await
        .map_err(|_| Cause::BodyTimeout)?;
    let bytes = collected.map_err(|error| {
        if error.is::<LengthLimitError>() { Cause::BodyTooLarge } else { Cause::BodyInvalid }
    })?;
    Ok(bytes.to_bytes())
}

pub(crate) fn is_json(value: &HeaderValue) -> bool {
    let Ok(text) = value.to_str() else { return false };
    let mut parts = text.split(';').map(str::trim);
    parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"))
        && parts.all(|part| part.is_empty() || part.eq_ignore_ascii_case("charset=utf-8"))
}
