//! `GET /demo/…`, `GET /sdk/…` and `GET /plugin/v2/BeePlugin.js`: the demo host page, the AddOn SDK and the stand-in for
//! Beefree's plugin, built into the program. Reads no disk.

use domain::Cause;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION, REFERRER_POLICY,
};
use http::{Response, StatusCode};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::Visit;
use crate::body::{Body, full};
use crate::refusal::Refusal;

#[derive(RustEmbed)]
#[folder = "../../../ui/host/dist"]
struct Demo;

#[derive(RustEmbed)]
#[folder = "../../../ui/addon/dist"]
struct Sdk;

/// The demo page loads from itself only.
const DEMO_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
     frame-ancestors 'self'; base-uri 'none'; form-action 'none'",
);
/// The end of Beefree's own address, so that a host app changes no more than the start.
pub(crate) const PLUGIN: &str = "/plugin/v2/BeePlugin.js";
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

pub(crate) async fn answer(visit: Visit) -> Result<Response<Body>, Refusal> {
    let path = visit.request.uri().path();
    if path == "/demo" {
        let mut response = Response::new(full(bytes::Bytes::new()));
        *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
        response.headers_mut().insert(LOCATION, HeaderValue::from_static("/demo/"));
        return Ok(response);
    }
    if let Some(name) = path.strip_prefix("/demo/") {
        let mut response = file(Demo::get(if name.is_empty() { "index.html" } else { name }))?;
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, DEMO_POLICY);
        return Ok(response);
    }
    let script = if path == PLUGIN {
        Demo::get("BeePlugin.js")
    } else {
        path.strip_prefix("/sdk/").and_then(Sdk::get)
    };
    let mut response = file(script)?;
    // Any host app's page may load these scripts; what it can then do is for the gate to say.
    response.headers_mut().insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    Ok(response)
}

fn file(found: Option<EmbeddedFile>) -> Result<Response<Body>, Refusal> {
    let found = found.ok_or(Cause::RouteUnknown)?;
    let kind = HeaderValue::from_str(found.metadata.mimetype()).map_err(|_| Cause::Internal)?;
    let mut response = Response::new(full(found.data.into_owned().into()));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, kind);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    Ok(response)
}
