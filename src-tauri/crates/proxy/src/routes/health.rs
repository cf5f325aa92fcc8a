//! `GET /healthz`: that the proxy is here. Says nothing else, since anyone on this machine may ask.

use http::Response;
use serde_json::json;

use super::Visit;
use crate::body::{Body, json_reply};
use crate::refusal::Refusal;

pub(crate) async fn answer(_: Visit) -> Result<Response<Body>, Refusal> {
    json_reply(&json!({ "ok": true }))
}
