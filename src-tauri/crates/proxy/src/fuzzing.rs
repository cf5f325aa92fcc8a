//! What the fuzzers feed: heads, header values and bodies that anybody on this machine may send. Each target states what
//! must hold for any bytes. Not part of the product: built for tests and by `fuzz/` only.
//!
//! A new reader gets a function here, a file in `fuzz/fuzz_targets`, a folder in `fuzz/corpus` and a line in
//! `fuzzing/replay.rs`.

use std::sync::Arc;

use domain::{Application, ApplicationId, ApplicationKind, ApplicationName, ClientId, Origin, Timestamp};
use http::header::{AUTHORIZATION, HOST, HeaderValue, ORIGIN};
use http::{HeaderMap, Request};
use uuid::Uuid;

use crate::gate;
use crate::listener::Door;
use crate::snapshot::{ApplicationEntry, Snapshot};

mod bodies;
pub(crate) mod heads;
#[cfg(test)]
mod replay;

const APP: &str = "http://localhost:3000";
const OWN: &str = "http://127.0.0.1:23366";

/// An application whose pages come from this origin; `None` if that is none.
pub(crate) fn entry(id: u128, origin: &str, enabled: bool) -> Option<Arc<ApplicationEntry>> {
    Some(Arc::new(ApplicationEntry {
        testing: false,
        bee_auth: false,
        programs: true,
        application: Application {
            id: ApplicationId(Uuid::from_u128(id)),
            client_id: ClientId(Uuid::from_u128(id)),
            name: ApplicationName::try_from(format!("App {id}")).ok()?,
            kind: ApplicationKind::Email,
            origins: vec![Origin::parse(origin).ok()?],
            created: Timestamp(0),
        },
        enabled,
        secrets: Vec::new(),
        providers: Vec::new(),
        addons: Vec::new(),
        limits: Vec::new(),
    }))
}

fn with(name: http::HeaderName, bytes: &[u8]) -> Option<Request<()>> {
    let value = HeaderValue::from_bytes(bytes).ok()?;
    Request::builder().uri("/v1/session").header(name, value).body(()).ok()
}

/// A connection's first bytes: a head that passes means the same to the HTTP library, and what is handed on does not
/// depend on the pieces it came in.
pub fn head(bytes: &[u8]) {
    assert!(heads::agrees(bytes), "{}", bytes.escape_ascii());
    let whole = heads::handed_on(bytes, &[bytes.len().max(1)]);
    assert_eq!(heads::handed_on(bytes, &[1]), whole, "{}", bytes.escape_ascii());
}

/// A `Host`: this proxy's own names pass, nothing else.
pub fn host(bytes: &[u8]) {
    let door = Door { port: 23366, secure: false, peer: ([127, 0, 0, 1], 5).into() };
    let passed = with(HOST, bytes).is_some_and(|request| gate::own_origin(&request, door).is_ok());
    let own = [&b"127.0.0.1:23366"[..], b"localhost:23366", b"[::1]:23366"].contains(&bytes);
    assert_eq!(passed, own, "{}", bytes.escape_ascii());
}

/// An `Origin`: the application's and this proxy's own pass, nothing else.
pub fn origin(bytes: &[u8]) {
    let snapshot =
        Snapshot { applications: entry(1, APP, true).into_iter().collect(), ..Snapshot::default() };
    let passed = with(ORIGIN, bytes).is_some_and(|request| gate::caller(&request, OWN, &snapshot).is_ok());
    let good = [APP.as_bytes(), OWN.as_bytes()].contains(&bytes);
    assert_eq!(passed, good, "{}", bytes.escape_ascii());
}

/// An `Authorization`: what is taken for a token is all that stands behind the word.
pub fn bearer(bytes: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(bytes) else { return };
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, value);
    if let Ok(token) = gate::bearer(&headers, &["bearer"]) {
        let same = [&bytes[..7], token.as_bytes()].concat() == bytes;
        assert!(same && bytes[..7].eq_ignore_ascii_case(b"bearer "), "{}", bytes.escape_ascii());
        assert!((1..=512).contains(&token.len()) && !token.contains(char::is_whitespace));
    }
}

/// A `Content-Type`: JSON by its name and nothing beside it but the character set.
pub fn content_type(bytes: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(bytes) else { return };
    if crate::body::is_json(&value) {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        let left = text.replacen("application/json", "", 1).replace("charset=utf-8", "");
        assert!(left.chars().all(|letter| matches!(letter, ';' | ' ' | '\t')), "{}", bytes.escape_ascii());
    }
}

/// A request's body, at the route of each AddOn.
pub fn body(bytes: &[u8]) {
    bodies::holds(bytes);
}
