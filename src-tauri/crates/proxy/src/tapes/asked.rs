//! What was asked, as a hash: method, path below the provider's base URL, query and body, in a form that does not change from
//! one time to the next. Host, key and end user are not in it, so a tape plays at another account, too.

use std::fmt::Write as _;

use domain::{Asked, Provider};
use http::header::CONTENT_TYPE;
use providers::UpstreamRequest;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

const LABEL: &str = "addon-console/asked/v1";
/// A larger body is read away from the async workers.
const SMALL: usize = 64 * 1024;
/// Fields at the top of a body that say who asks, not what.
const WHO: [&str; 3] = ["user", "safety_identifier", "prompt_cache_key"];

pub(super) async fn of(provider: &Provider, request: &UpstreamRequest) -> Asked {
    if request.body.len() <= SMALL {
        return hash(provider, request);
    }
    let (provider, request) = (provider.clone(), request.clone());
    // It fails only if the program is ending.
    tokio::task::spawn_blocking(move || hash(&provider, &request)).await.unwrap_or_default()
}

fn hash(provider: &Provider, request: &UpstreamRequest) -> Asked {
    let own = provider.base_url.join::<&str>(&[]);
    let base = own.path().trim_end_matches('/');
    let path = request.url.path();
    let path = path.strip_prefix(base).unwrap_or(path);
    let mut query: Vec<_> = request.url.query_pairs().collect();
    query.sort();
    let mut line = String::new();
    for (name, value) in query {
        let _ = writeln!(line, "{name}={value}");
    }
    let parts: [&[u8]; 5] = [
        LABEL.as_bytes(),
        request.method.as_str().as_bytes(),
        path.as_bytes(),
        line.as_bytes(),
        &body(request),
    ];
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

fn body(request: &UpstreamRequest) -> Vec<u8> {
    let kind = request.headers.iter().find(|(name, _)| name == CONTENT_TYPE);
    let kind = kind.and_then(|(_, value)| value.to_str().ok()).unwrap_or_default();
    if let Some(boundary) = kind.split("boundary=").nth(1).filter(|_| kind.starts_with("multipart/")) {
        return without(&request.body, boundary.trim_matches('"').as_bytes());
    }
    match serde_json::from_slice(&request.body) {
        Ok(mut value) => {
            nobody(&mut value);
            let mut out = String::with_capacity(request.body.len());
            write(&value, &mut out);
            out.into_bytes()
        }
        Err(_) => request.body.to_vec(),
    }
}

/// A form's boundary is made anew each time.
fn without(body: &[u8], boundary: &[u8]) -> Vec<u8> {
    if boundary.is_empty() {
        return body.to_vec();
    }
    let mut out = Vec::with_capacity(body.len());
    let mut from = 0;
    for at in memchr::memmem::find_iter(body, boundary) {
        out.extend_from_slice(body.get(from..at).unwrap_or_default());
        from = at + boundary.len();
    }
    out.extend_from_slice(body.get(from..).unwrap_or_default());
    out
}

fn nobody(body: &mut Value) {
    let Some(fields) = body.as_object_mut() else { return };
    for name in WHO {
        fields.shift_remove(name);
    }
    if let Some(metadata) = fields.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.shift_remove("user_id");
        if metadata.is_empty() {
            fields.shift_remove("metadata");
        }
    }
}

/// JSON with sorted names. As deep as the reader allows, which is 128.
fn write(value: &Value, out: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<_> = fields.iter().collect();
            names.sort_by_key(|(name, _)| *name);
            out.push('{');
            for (name, value) in names {
                let _ = write!(out, "{}:", Value::String(name.clone()));
                write(value, out);
                out.push(',');
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for item in items {
                write(item, out);
                out.push(',');
            }
            out.push(']');
        }
        other => {
            let _ = write!(out, "{other}");
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{ApplicationId, BaseUrl, ProviderId, ProviderKind, ProviderName, Timestamp};
    use http::{HeaderValue, Method};
    use providers::Auth;
    use uuid::Uuid;

    use super::*;

    fn at(base: &str) -> Provider {
        Provider {
            id: ProviderId(Uuid::new_v4()),
            application: ApplicationId(Uuid::new_v4()),
            name: ProviderName::try_from("Account".to_owned()).unwrap(),
            kind: ProviderKind::try_from("openai".to_owned()).unwrap(),
            base_url: BaseUrl::parse(base).unwrap(),
            model: None,
            options: domain::ProviderOptions::default(),
            plain_http_allowed: false,
            key_tail: None,
            active: true,
            created: Timestamp(1),
        }
    }

    fn asked(base: &str, path: &str, kind: &str, body: &str) -> Asked {
        let headers = vec![(CONTENT_TYPE, HeaderValue::from_str(kind).unwrap())];
        let url = format!("{base}{path}").parse().unwrap();
        let request = UpstreamRequest {
            method: Method::POST,
            url,
            headers,
            auth: Auth::Bearer,
            body: body.to_owned().into(),
        };
        hash(&at(base), &request)
    }

    #[test]
    fn the_same_question_is_the_same_wherever_and_whoever_asks() {
        let (openai, local) = ("https://api.openai.com/v1", "http://127.0.0.1:9/openai/v1");
        let json = "application/json";
        let one = asked(openai, "/chat/completions", json, r#"{"model":"m","messages":[{"a":1,"b":[2,3]}]}"#);
        for (base, path, body) in [
            (local, "/chat/completions", r#"{"messages":[{"b":[2,3],"a":1}],"model":"m"}"#),
            (
                openai,
                "/chat/completions",
                r#"{ "model": "m", "messages": [{"a":1,"b":[2,3]}], "user": "mario" }"#,
            ),
            (
                openai,
                "/chat/completions",
                r#"{"model":"m","safety_identifier":"x","metadata":{"user_id":"u"},"messages":[{"a":1,"b":[2,3]}]}"#,
            ),
        ] {
            assert_eq!(asked(base, path, json, body), one, "{body}");
        }
        for (path, body) in [
            ("/chat/completions", r#"{"model":"n","messages":[{"a":1,"b":[2,3]}]}"#),
            ("/chat/completions", r#"{"model":"m","messages":[{"a":1,"b":[3,2]}]}"#),
            ("/chat/completions", r#"{"model":"m","messages":[{"a":1,"b":[2,3],"user":"x"}]}"#),
            ("/chat/completions?x=1", r#"{"model":"m","messages":[{"a":1,"b":[2,3]}]}"#),
            ("/completions", r#"{"model":"m","messages":[{"a":1,"b":[2,3]}]}"#),
        ] {
            assert_ne!(asked(openai, path, json, body), one, "{path} {body}");
        }
        assert_eq!(asked(openai, "/a?x=1&y=2", json, ""), asked(openai, "/a?y=2&x=1", json, ""));
    }

    #[test]
    fn a_forms_boundary_says_nothing() {
        let form = |boundary: &str, prompt: &str| {
            let kind = format!("multipart/form-data; boundary={boundary}");
            let body = format!("--{boundary}\r\nname=\"prompt\"\r\n\r\n{prompt}\r\n--{boundary}--\r\n");
            asked("https://api.stability.ai", "/v2beta", &kind, &body)
        };
        assert_eq!(form("aaa-111", "a lake"), form("bbb-222", "a lake"));
        assert_ne!(form("aaa-111", "a lake"), form("aaa-111", "a hill"));
    }
}
