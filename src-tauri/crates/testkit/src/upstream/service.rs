//! One request: record it, behave as told, check the key, understand it, answer.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;

use super::behaviour::Behaviour;
use super::delivery::Delivery;
use super::dialect::{Answer, Ask, TextAsk, Trouble};
use super::reply::Reply;
use super::state::{Presence, Recorded, State};

pub(super) async fn answer(
    state: Arc<State>,
    request: Request<Incoming>,
) -> Result<Response<Delivery>, Infallible> {
    let client = Presence::of_client(&state);
    let request = read(request).await;
    let behaviour = state.behaviour();
    let reply = reply(&state, behaviour, &request);
    state.record(request);
    if let Behaviour::SlowFirstByte(milliseconds) = behaviour {
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    }
    Ok(respond(&state, behaviour, reply, client))
}

async fn read(request: Request<Incoming>) -> Recorded {
    let (head, body) = request.into_parts();
    // A body that broke off is recorded as empty; the client is gone anyway.
    let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    Recorded {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        version: format!("{:?}", head.version),
        headers: head.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
        body,
    }
}

fn reply(state: &State, behaviour: Behaviour, request: &Recorded) -> Reply {
    let wire = state.dialect.wire();
    let key = wire.key(request).filter(|key| !key.is_empty());
    let complain = |trouble: Trouble| wire.complain(&trouble);
    match behaviour {
        Behaviour::Unauthorized => return complain(Trouble::Unauthorized(key.unwrap_or_default())),
        Behaviour::PermissionDenied => return complain(Trouble::PermissionDenied),
        Behaviour::RateLimited { retry_after } => return complain(Trouble::RateLimited(retry_after)),
        Behaviour::QuotaExhausted => return complain(Trouble::QuotaExhausted),
        Behaviour::ServerError(status) => return complain(Trouble::Server(status)),
        Behaviour::ModelNotFound => return complain(Trouble::ModelNotFound),
        Behaviour::Redirect => {
            return Reply::of(307, "text/plain", String::new())
                .with("location", "https://elsewhere.invalid/v1");
        }
        Behaviour::WrongContentType => {
            return Reply::of(
                200,
                "text/html",
                "<!doctype html><title>Sign in to the network</title>".to_owned(),
            );
        }
        _ => {}
    }
    let accepted = match (&key, &state.expect_key) {
        (Some(key), Some(expected)) => key == expected,
        (key, _) => key.is_some(),
    };
    if !accepted {
        return complain(Trouble::Unauthorized(key.unwrap_or_default()));
    }
    let ask = match wire.understand(request) {
        Ok(Ask::Models) => return broken(behaviour, wire.models().to_string()),
        Ok(Ask::Text(ask)) => ask,
        Err(trouble) => return complain(trouble),
    };
    let answer = text_for(&state.marker, behaviour, &ask);
    if ask.streamed {
        Reply::events(wire.stream(&ask, &answer))
    } else {
        broken(behaviour, wire.whole(&ask, &answer).to_string())
    }
}

/// A body that ends in mid-JSON, if told so, under a length that says it is complete.
fn broken(behaviour: Behaviour, mut body: String) -> Reply {
    if behaviour == Behaviour::BrokenJson {
        body.truncate(body.len() / 2);
    }
    Reply::of(200, "application/json", body)
}

/// Echoes the marker and what the end user asked, word by word, with characters of 2, 3 and 4 bytes.
fn text_for(marker: &str, behaviour: Behaviour, ask: &TextAsk) -> Answer {
    let text = match behaviour {
        Behaviour::EmptyAnswer => String::new(),
        Behaviour::Huge(size) => return Answer { pieces: vec!["x".repeat(size)], filtered: false },
        _ => format!("{marker} è — 🙂 {}", ask.prompt),
    };
    Answer {
        pieces: text.split_inclusive(' ').map(str::to_owned).collect(),
        filtered: behaviour == Behaviour::ContentFiltered,
    }
}

fn respond(state: &State, behaviour: Behaviour, reply: Reply, client: Presence) -> Response<Delivery> {
    let wire = state.dialect.wire();
    let mut response = Response::builder().status(reply.status);
    for (name, value) in wire.headers() {
        response = response.header(*name, *value);
    }
    for (name, value) in &reply.headers {
        response = response.header(*name, value);
    }
    let length = reply.length();
    let steps = reply.script(behaviour, &wire.stream_error());
    response.body(Delivery::new(steps, length, client)).expect("headers of ours are well formed")
}
