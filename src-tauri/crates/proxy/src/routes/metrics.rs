//! `GET /metrics`: counts for Prometheus. Off until somebody wants it; says nothing of end users, addresses or keys.

use domain::Cause;
use http::Response;
use http::header::{CONTENT_TYPE, HeaderValue};

use super::Visit;
use crate::body::{Body, full};
use crate::metrics::TEXT;
use crate::refusal::Refusal;

pub(crate) async fn answer(visit: Visit) -> Result<Response<Body>, Refusal> {
    let shared = &visit.shared;
    let text = shared
        .metrics
        .text(shared.sessions.list().len(), shared.observer.dropped())
        .ok_or(Cause::MetricsOff)?;
    let mut response = Response::new(full(text.into()));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(TEXT));
    Ok(response)
}
