//! The gate: who may call at all. Runs before any handler; a CORS header is an answer here, never a protection.
//!
//! Facts behind each rule: the threat table of the security notes (DNS rebinding, CSRF, `null` origins, userinfo
//! tricks). Origins are compared byte by byte.

use std::sync::Arc;

use bytes::Bytes;
use domain::{Cause, Fault};
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use serde_json::json;

use crate::body::{self, Body};
use crate::listener::Door;
use crate::refusal::Refusal;
use crate::sessions::Session;
use crate::snapshot::{ApplicationEntry, Snapshot};
use crate::{Shared, faults, routes};

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const ASKS_LOCAL: HeaderName = HeaderName::from_static("access-control-request-private-network");
const ALLOWS_LOCAL: HeaderName = HeaderName::from_static("access-control-allow-private-network");

/// What a Host may call this machine.
const OWN_NAMES: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// Where a request comes from.
pub(crate) enum Caller {
    /// A page of this origin, which some application allows or which is the proxy's own.
    Page(String),
    /// No browser: an SDK, curl, a host app's back end.
    Program,
    /// A browser that loads something by a plain tag or by its address bar; good for open files only.
    Tag,
}

/// The peer must be this machine, the request in origin form, and its one Host this proxy's. Gives the origin that
/// pages of this proxy's own have there.
pub(crate) fn own_origin<B>(request: &Request<B>, door: Door) -> Result<String, Refusal> {
    let Door { port, secure, peer } = door;
    let plain_target = request.uri().authority().is_none() && request.uri().scheme().is_none();
    let host = single(request.headers(), &header::HOST).ok().flatten().filter(|host| {
        let named = host.rsplit_once(':').filter(|(name, _)| OWN_NAMES.contains(name));
        // Byte by byte: 023366 and +23366 are the same number, but not the same text.
        named.is_some_and(|(_, given)| given == port.to_string())
    });
    match host {
        Some(host) if plain_target && peer.ip().to_canonical().is_loopback() => {
            Ok(format!("{}://{host}", if secure { "https" } else { "http" }))
        }
        _ => Err(Cause::HostNotAllowed.into()),
    }
}

/// Sorts the caller by `Origin` and Fetch Metadata.
pub(crate) fn caller<B>(request: &Request<B>, own: &str, snapshot: &Snapshot) -> Result<Caller, Refusal> {
    let site = single(request.headers(), &FETCH_SITE).map_err(|()| refused(""))?;
    match single(request.headers(), &header::ORIGIN).map_err(|()| refused(""))? {
        Some(origin) => {
            // Allowed origins are kept in the one form that browsers send, so no other form equals one.
            if origin == own || snapshot.any_allows(origin) {
                Ok(Caller::Page(origin.to_owned()))
            } else {
                Err(refused(origin))
            }
        }
        // A browser leaves Origin out of a page's GET to its own origin.
        None if site == Some("same-origin") => Ok(Caller::Page(own.to_owned())),
        None if site.is_some() => Ok(Caller::Tag),
        None => Ok(Caller::Program),
    }
}

/// The answer to a preflight; its origin was checked by [`caller`].
pub(crate) fn preflight<B>(request: &Request<B>) -> Option<Response<Body>> {
    let asked = request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    if request.method() != Method::OPTIONS || !asked {
        return None;
    }
    let mut response = Response::new(body::full(Bytes::new()));
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    let fixed = HeaderValue::from_static;
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, fixed("GET, POST, DELETE"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, allowed_headers(request.headers()));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, fixed("600"));
    if request.headers().get(ASKS_LOCAL).is_some_and(|value| value == "true") {
        headers.insert(ALLOWS_LOCAL, fixed("true"));
    }
    Some(response)
}

/// What every page may send, and what of the SDK's own headers this one asks for.
fn allowed_headers(request: &HeaderMap) -> HeaderValue {
    let asked = request.get_all(header::ACCESS_CONTROL_REQUEST_HEADERS).iter();
    let asked = asked.filter_map(|value| value.to_str().ok()).flat_map(|list| list.split(',')).map(str::trim);
    let mut allowed = vec!["authorization", "content-type", "accept"];
    for name in asked {
        let known = routes::passes_up(name)
            || name == faults::HEADER.as_str()
            || TOKEN_HEADERS.iter().any(|token| token.as_str() == name);
        if known && !allowed.contains(&name) {
            allowed.push(name);
        }
    }
    HeaderValue::from_str(&allowed.join(", ")).unwrap_or(HeaderValue::from_static("authorization"))
}

/// Lets the page read the reply.
pub(crate) fn expose_to(origin: Option<&str>, headers: &mut HeaderMap) {
    headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    let Some(value) = origin.and_then(|origin| HeaderValue::from_str(origin).ok()) else { return };
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, value);
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("x-request-id, x-addon-console-call, x-addon-console-error, retry-after"),
    );
}

/// A session that may be used by this caller.
pub(crate) struct Admitted {
    pub(crate) session: Arc<Session>,
    pub(crate) application: Arc<ApplicationEntry>,
    /// The failure it asks for.
    pub(crate) fault: Option<Fault>,
}

/// Where a token may stand, and how old it may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    /// `Authorization: Bearer`, not expired.
    Bearer,
    /// Also where the providers' SDKs put their keys.
    AsKey,
    /// `Authorization: Bearer`, expired or not: for the refresh route alone.
    OfAnyAge,
}

/// Where the SDKs of the providers put their keys, besides `Authorization`.
pub(crate) const TOKEN_HEADERS: [HeaderName; 3] = [
    HeaderName::from_static("x-api-key"),
    HeaderName::from_static("api-key"),
    HeaderName::from_static("ocp-apim-subscription-key"),
];

/// The session of the request's token.
pub(crate) fn session(
    headers: &HeaderMap,
    caller: &Caller,
    shared: &Shared,
    snapshot: &Snapshot,
    kind: Token,
) -> Result<Admitted, Refusal> {
    let token = if kind == Token::AsKey { token_as_key(headers)? } else { bearer(headers, &["bearer"])? };
    let session = match kind {
        Token::OfAnyAge => shared.sessions.of_any_age(token)?,
        Token::Bearer | Token::AsKey => shared.sessions.check(token)?,
    };
    let application = Arc::clone(snapshot.application(session.application).ok_or(Cause::SessionOver)?);
    let now = shared.clock.now();
    if session.secret.is_some_and(|secret| !application.knows(&secret, now)) {
        return Err(Cause::SessionOver.into());
    }
    if session.by_page && !application.bee_auth {
        return Err(Cause::SessionOver.into());
    }
    if !application.enabled {
        return Err(Cause::ApplicationDisabled.into());
    }
    match caller {
        Caller::Page(origin) => {
            let good = match &session.pinned {
                Some(pinned) => pinned == origin,
                None => application.allows(origin),
            };
            if !good {
                return Err(refused(origin));
            }
        }
        // A token made for one page is no use to a program that found it.
        Caller::Program if session.pinned.is_some() => return Err(refused("")),
        Caller::Program if !application.programs => return Err(Cause::ProgramsNotAllowed.into()),
        Caller::Program => {}
        Caller::Tag => return Err(refused("")),
    }
    let fault = faults::asked(headers, &application)?;
    Ok(Admitted { session, application, fault })
}

/// The one token of a request by a provider's SDK. Two places at once would be a riddle.
fn token_as_key(headers: &HeaderMap) -> Result<&str, Refusal> {
    let mut found = None;
    for name in &TOKEN_HEADERS {
        if let Some(value) = single(headers, name).map_err(|()| Cause::BearerMalformed)? {
            let clean = is_clean(value) && found.is_none();
            found = Some(Some(value).filter(|_| clean).ok_or(Cause::BearerMalformed)?);
        }
    }
    match found {
        Some(token) if !headers.contains_key(header::AUTHORIZATION) => Ok(token),
        Some(_) => Err(Cause::BearerMalformed.into()),
        None => bearer(headers, &["bearer", "deepl-auth-key"]),
    }
}

fn is_clean(token: &str) -> bool {
    !token.is_empty() && token.len() <= 512 && !token.contains(char::is_whitespace)
}

pub(crate) fn bearer<'h>(headers: &'h HeaderMap, schemes: &[&str]) -> Result<&'h str, Refusal> {
    let value = single(headers, &header::AUTHORIZATION).map_err(|()| Cause::BearerMalformed)?;
    let value = value.ok_or(Cause::BearerMissing)?;
    let (scheme, token) = value.split_once(' ').ok_or(Cause::BearerMalformed)?;
    if schemes.iter().any(|known| scheme.eq_ignore_ascii_case(known)) && is_clean(token) {
        Ok(token)
    } else {
        Err(Cause::BearerMalformed.into())
    }
}

/// The header's one value; an error when it stands twice or is no text.
fn single<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<Option<&'h str>, ()> {
    let mut values = headers.get_all(name).iter();
    let Some(first) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(());
    }
    first.to_str().map(Some).map_err(|_| ())
}

/// The refusal names the origin, so that a developer can copy it to where it is allowed.
pub(crate) fn refused(origin: &str) -> Refusal {
    let shown: String = origin.chars().take(200).collect();
    Refusal::with_detail(Cause::OriginNotAllowed, json!({ "origin": shown }))
}

#[cfg(test)]
mod tests;
