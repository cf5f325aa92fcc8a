//! The request path, top to bottom. Order is the design: nothing below the gate runs for a caller the gate refuses,
//! and no key is opened before everything about the request is known to be right.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use domain::{CallId, Cause};
use futures_util::FutureExt as _;
use http::header::{
    CACHE_CONTROL, CONNECTION, HeaderName, HeaderValue, TRANSFER_ENCODING, X_CONTENT_TYPE_OPTIONS,
};
use http::{Request, Response};
use hyper::body::Incoming;
use uuid::Uuid;

use crate::Shared;
use crate::body::Body;
use crate::call::Arrival;
use crate::gate::{self, Caller, Token};
use crate::listener::Door;
use crate::refusal::Refusal;
use crate::routes::{self, Need, Visit};
use crate::strict;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Always ours: the id of the call's row of activity.
const CALL_ID: HeaderName = HeaderName::from_static("x-addon-console-call");

/// Answers one request; every reply leaves through here.
pub(crate) async fn serve(shared: Arc<Shared>, door: Door, request: Request<Incoming>) -> Response<Body> {
    let arrival = Arrival { id: CallId(Uuid::now_v7()), started: Instant::now() };
    let mut readable_by = None;
    // What comes behind a refused head or a body in chunks is never taken for a request.
    let last = strict::refusal(&request).is_some() || request.headers().contains_key(TRANSFER_ENCODING);
    let openai = routes::speaks_openai(request.uri().path());
    // A panic is a defect, but one caller's defect must not end the others' calls.
    let answer = AssertUnwindSafe(pass(&shared, door, arrival, request, &mut readable_by));
    let answer = answer.catch_unwind().await.unwrap_or_else(|_| Err(Cause::Internal.into()));
    let mut response = answer.unwrap_or_else(|refusal| {
        shared.metrics.refused(refusal.cause);
        refusal.response_in(openai)
    });
    let headers = response.headers_mut();
    if last {
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    if let Ok(id) = HeaderValue::from_str(&arrival.id.to_string()) {
        // A provider's own id survives on its pass-through route: its support asks for it.
        headers.entry(REQUEST_ID).or_insert(id.clone());
        headers.insert(CALL_ID, id);
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    gate::expose_to(readable_by.as_deref(), headers);
    response
}

async fn pass(
    shared: &Arc<Shared>,
    door: Door,
    arrival: Arrival,
    request: Request<Incoming>,
    readable_by: &mut Option<String>,
) -> Result<Response<Body>, Refusal> {
    if let Some(cause) = strict::refusal(&request) {
        return Err(cause.into());
    }
    let snapshot = shared.snapshot.load_full();
    // This machine only, and by this proxy's own name: stops DNS rebinding.
    let own = gate::own_origin(&request, door)?;
    // Pages of allowed origins only: stops every other site the end user has open.
    let caller = gate::caller(&request, &own, &snapshot)?;
    if let Caller::Page(origin) = &caller {
        *readable_by = Some(origin.clone());
    }
    if let Some(answer) = gate::preflight(&request) {
        return Ok(answer);
    }
    // From here on the caller may know which routes exist.
    let route = routes::find(request.method(), request.uri().path())?;
    let admitted = match route.need {
        Need::Nothing => None,
        // A browser that names no origin cannot be told from a form on a foreign site.
        Need::NoTag if matches!(caller, Caller::Tag) => return Err(gate::refused("")),
        Need::NoTag => None,
        Need::Token => Some(Token::Bearer),
        Need::TokenAsKey => Some(Token::AsKey),
        Need::TokenOfAnyAge => Some(Token::OfAnyAge),
    };
    let admitted = admitted
        .map(|token| gate::session(request.headers(), &caller, shared, &snapshot, token))
        .transpose()?;
    // Body limits, AddOn, provider, key and upstream belong to the route.
    (route.answer)(Visit { shared: Arc::clone(shared), snapshot, arrival, own, caller, admitted, request })
        .await
}
