//! `ANY /providers/{name}/…`: a provider's own API, for its official SDK with only base URL and key changed.
//!
//! The session token stands where the SDK puts its key. Body bytes pass unchanged both ways and every chunk at once;
//! headers by a list of names; paths by the provider's own table. Nothing is tried twice: the SDK does that itself.

mod headers;
mod path;

use std::io::Read as _;
use std::sync::Arc;

use bytes::Bytes;
use domain::{Activity, CallPhase, Cause, Route};
use flate2::read::GzDecoder;
use futures_util::stream;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use http::response::Builder;
use http::{HeaderValue, Response, StatusCode};
use http_body::Frame;
use http_body_util::{BodyExt as _, StreamBody};
use providers::{Meter, Metered, PassRoute, UpstreamRequest, Worst};
use vault::ProviderKey;

use super::Visit;
use super::addon::fail;
use crate::asking::Asking;
use crate::body::{Body, Cut, full, read_request};
use crate::call::Call;
use crate::faults;
use crate::gate::Admitted;
use crate::limits::Wanted;
use crate::redaction::without_key;
use crate::refusal::{Refusal, WHO_FAILED};
use crate::snapshot::ProviderEntry;
use crate::upstream::{Chunks, PASSED_ON, Reply, opened, refused_by};

/// Large enough for pictures in base64.
pub(crate) const BODY_MAX: usize = 40 * 1024 * 1024;
/// A refusal that is larger is passed on without its body.
const REFUSAL_MAX: usize = 4 * 1024 * 1024;

pub(crate) use headers::{passes_down, passes_up};

pub(crate) async fn answer(visit: Visit) -> Result<Response<Body>, Refusal> {
    let Visit { shared, snapshot, arrival, admitted, request, .. } = visit;
    let Admitted { application, session, fault } = admitted.ok_or(Cause::Internal)?;
    let (name, rest) = path::split(request.uri().path()).ok_or(Cause::PathNotOffered)?;
    let known =
        application.providers.iter().find(|entry| entry.provider.name.as_str().eq_ignore_ascii_case(&name));
    let entry = Arc::clone(known.ok_or(Cause::ProviderUnknown)?);
    if !entry.provider.active {
        return Err(Cause::ProviderOff.into());
    }
    let (route, url) = path::target(&entry, request.method(), &rest).ok_or(Cause::PathNotOffered)?;
    let mut url = url;
    url.set_query(request.uri().query());
    let (id, at, app) = (arrival.id, shared.clock.now(), application.application.id);
    let row = Activity::begun(id, at, app, Route::PassThrough, None);
    let mut call = Call::open(Arc::clone(&shared), arrival, row).asking_for(fault);
    let entry = faults::met(&shared, &mut call, entry);
    call.asks(&entry);
    let (parts, body) = request.into_parts();
    let body = match read_request(body, &parts.headers, BODY_MAX).await {
        Ok(body) => body,
        Err(cause) => return Err(fail(call, cause.into())),
    };
    call.of_model(model(&body, route).as_deref());
    let mut later = false;
    let wanted = || {
        let worst = Worst::of(route.meter, route.path, &body);
        later = worst.later;
        Wanted::passing(&worst, route.meter, &entry, &snapshot.prices)
    };
    if let Err(refusal) = call.reserve(&application, &session.uid, wanted).await {
        return Err(fail(call, refusal));
    }
    call.reached(CallPhase::Admitted);
    let asked = body.clone();
    let request = UpstreamRequest {
        method: parts.method,
        url,
        headers: headers::up(&parts.headers, entry.adapter.own_headers()),
        auth: entry.adapter.auth(),
        body,
    };
    let asking = Asking { shared: &shared, snapshot: &snapshot, bounds: PASSED_ON };
    match asking.exchange(&entry, &mut call, request).await {
        Ok(Ok(reply)) => {
            // No reply may repeat the key, which was given away with the request: to look, it is opened once more.
            let suspect = reply.status() >= 400 || headers::may_repeat(&reply);
            let key = match suspect.then(|| opened(&entry, &snapshot)).transpose() {
                Ok(key) => key.flatten(),
                Err(cause) => return Err(fail(call, cause.into())),
            };
            let head = head(&reply, key.as_ref());
            match reply.status() {
                0..400 => Ok(pass_on(reply, head, call, route, &asked, later)),
                _ => Ok(refused(reply, head, call, &entry, key.as_ref()).await),
            }
        }
        Ok(Err(cause)) => Err(fail(call, refused_by(&entry, cause))),
        Err(refusal) => Err(fail(call, refusal)),
    }
}

fn head(reply: &Reply, key: Option<&ProviderKey>) -> Builder {
    let status = StatusCode::from_u16(reply.status()).unwrap_or(StatusCode::BAD_GATEWAY);
    let mut response = Response::builder().status(status);
    if let Some(headers) = response.headers_mut() {
        *headers = headers::down(reply.headers(), key);
    }
    response
}

/// A success, or a redirect, which the SDK may make of what it likes.
fn pass_on(
    reply: Reply,
    head: Builder,
    mut call: Call,
    route: PassRoute,
    asked: &[u8],
    later: bool,
) -> Response<Body> {
    let kind = reply.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let meter = Meter::start(route.meter, asked, kind);
    let streamed = kind.starts_with("text/event-stream");
    if streamed {
        call.is_streamed();
    }
    let seen = if later {
        Seen::Never
    } else if streamed {
        Seen::AtOnce
    } else {
        Seen::AtEnd(0)
    };
    let announced = reply.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let status = reply.status();
    let passing = Passing {
        chunks: reply.chunks(),
        meter,
        call: Some(call),
        status,
        left: announced,
        seen,
        begun: false,
    };
    let frames = stream::unfold(Some(passing), |passing| async move { passing?.next().await });
    let body = StreamBody::new(frames).boxed_unsync();
    head.body(body).unwrap_or_else(|_| Refusal::from(Cause::Internal).response())
}

/// A reply on its way. Dropped with its caller, it closes the upstream connection and hands in the call's record.
struct Passing {
    chunks: Chunks,
    meter: Meter,
    /// Gone once the record was handed in.
    call: Option<Call>,
    status: u16,
    /// Bytes still due, where upstream announced them.
    left: Option<u64>,
    seen: Seen,
    begun: bool,
}

/// When the bytes of an answer tell how long it was, should upstream not say.
enum Seen {
    /// As they come: a caller that leaves ends the answer.
    AtOnce,
    /// At their end: an answer that is not streamed was whole before its first byte came.
    AtEnd(usize),
    /// Never: the answer is fetched by another call.
    Never,
}

impl Passing {
    async fn next(mut self) -> Option<(Result<Frame<Bytes>, Cut>, Option<Self>)> {
        match self.chunks.next().await {
            Ok(Some(chunk)) => {
                if !std::mem::replace(&mut self.begun, true)
                    && let Some(call) = &mut self.call
                {
                    call.reached(CallPhase::FirstByte);
                }
                self.meter.push(&chunk);
                match (&mut self.seen, &mut self.call) {
                    (Seen::AtOnce, Some(call)) => call.got(chunk.len()),
                    (Seen::AtEnd(so_far), _) => *so_far += chunk.len(),
                    _ => {}
                }
                self.left = self.left.map(|left| left.saturating_sub(chunk.len() as u64));
                // Nobody asks for more once the announced bytes are there, so the end would never be seen.
                if self.left == Some(0) {
                    self.settle(None);
                }
                Some((Ok(Frame::data(chunk)), Some(self)))
            }
            Ok(None) => {
                self.settle(None);
                None
            }
            Err(cause) => {
                self.settle(Some(cause));
                // Lets the server send what it holds: an error at once would take the bytes before it along.
                tokio::task::yield_now().await;
                Some((Err(Cut), None))
            }
        }
    }

    fn settle(&mut self, cause: Option<Cause>) {
        if let Some(mut call) = self.call.take() {
            let whole = cause.is_none();
            if let (Seen::AtEnd(bytes), true) = (&self.seen, whole) {
                call.got(*bytes);
            }
            call.metered(self.meter.used(), whole);
            call.ended_with(self.status, cause);
        }
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        // A caller that left has used what upstream said so far; its record is handed in as the call is dropped.
        if let Some(call) = &mut self.call {
            call.metered(self.meter.used(), false);
        }
    }
}

/// Upstream's own refusal, with the key and all parts of it cut out.
async fn refused(
    reply: Reply,
    head: Builder,
    call: Call,
    entry: &ProviderEntry,
    key: Option<&ProviderKey>,
) -> Response<Body> {
    let status = reply.status();
    let packing = reply.headers().get(CONTENT_ENCODING).cloned();
    let body = unpacked(reply.read_failure(REFUSAL_MAX).await, packing.as_ref());
    let cause = entry.adapter.read_failure(status, &body);
    let body: Bytes = match key {
        Some(key) => without_key(&body, key).into(),
        None => body,
    };
    call.ended_with(status, Some(cause));
    let head = head.header(WHO_FAILED, HeaderValue::from_static("upstream"));
    let mut response = head.body(full(body)).unwrap_or_else(|_| Refusal::from(cause).response());
    for name in [CONTENT_LENGTH, CONTENT_ENCODING] {
        response.headers_mut().remove(name);
    }
    response
}

/// A refusal's body as it reads. It was asked not to be compressed; what cannot be searched for the key is not shown.
fn unpacked(body: Bytes, packing: Option<&HeaderValue>) -> Bytes {
    match packing.map(HeaderValue::as_bytes) {
        None | Some(b"identity") => body,
        Some(b"gzip") => {
            let mut whole = Vec::new();
            // One byte beyond the limit tells a bomb.
            let read = GzDecoder::new(&*body).take(REFUSAL_MAX as u64 + 1).read_to_end(&mut whole);
            if read.is_ok_and(|length| length <= REFUSAL_MAX) { whole.into() } else { Bytes::new() }
        }
        Some(_) => Bytes::new(),
    }
}

/// Beyond this a body is not read for its model's name.
const MODEL_IN_MAX: usize = 256 * 1024;

/// The model a request names.
fn model(body: &[u8], route: PassRoute) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Named {
        model: Option<String>,
    }
    let counted = route.meter != Metered::Nothing && body.len() <= MODEL_IN_MAX;
    counted.then(|| serde_json::from_slice::<Named>(body).ok()?.model)?
}
