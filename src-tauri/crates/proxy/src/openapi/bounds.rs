//! The proxy's bounds, as it enforces them: each line reads the constant that does.

use std::time::Duration;

use serde_json::{Value, json};

use crate::asking::WAIT_MAX;
use crate::body::{BODY_TIMEOUT, TEMPLATE_BODY_MAX, TEXT_BODY_MAX};
use crate::listener::HEADER_TIMEOUT;
use crate::room::CONNECTIONS_MAX;
use crate::routes::writing::stream::PING;
use crate::routes::{alt_text, chat_completions, pass_through};
use crate::sessions::{SESSION_LIFE, TOKEN_LIFE, TOKENS_MAX, TOKENS_OF_ONE};
use crate::strict::HEAD_MAX;
use crate::upstream::network::CONNECT;
use crate::upstream::reply::BETWEEN_CHUNKS;
use crate::upstream::{PASSED_ON, PICTURES, Retrying, TEXT};
use crate::{breaker, listener};

/// Name, value, unit, and what it bounds.
pub(super) fn all() -> Value {
    let seconds = |name: &str, time: Duration, about: &str| bound(name, time.as_secs(), "s", about);
    let bytes = |name: &str, size: usize, about: &str| bound(name, size as u64, "bytes", about);
    let number = |name: &str, count: usize, about: &str| bound(name, count as u64, "", about);
    json!([
        number("port", usize::from(listener::DEFAULT_PORT), "where it listens unless told otherwise"),
        number("connections", CONNECTIONS_MAX, "open at once, or what the file limit leaves"),
        bytes("head", HEAD_MAX, "a request's line and headers"),
        seconds("head-time", HEADER_TIMEOUT, "until a request's head is there"),
        bytes("text-body", TEXT_BODY_MAX, "a request with text"),
        bytes("template-body", TEMPLATE_BODY_MAX, "a request with a template"),
        bytes("alt-text-body", alt_text::BODY_MAX, "a request with images"),
        bytes("chat-body", chat_completions::BODY_MAX, "a chat completion's request"),
        bytes("pass-through-body", pass_through::BODY_MAX, "a request to a provider's own API"),
        seconds("body-time", BODY_TIMEOUT, "until a request's body is there"),
        seconds("connect-time", CONNECT, "until a provider's server has taken the connection"),
        seconds("first-byte-time", TEXT.first_byte, "until a provider's reply begins; each try"),
        seconds("first-byte-time-images", PICTURES.first_byte, "the same for images and chat completions"),
        seconds("first-byte-time-pass-through", PASSED_ON.first_byte, "the same for a provider's own API"),
        seconds("chunk-time", BETWEEN_CHUNKS, "between two pieces of a provider's reply"),
        bytes("reply", TEXT.reply_max, "a provider's reply with text"),
        bytes("reply-images", PICTURES.reply_max, "a provider's reply with images"),
        number("retries", Retrying::default().times as usize, "more tries of one provider, where safe"),
        seconds("retry-wait", WAIT_MAX, "the longest `Retry-After` that is waited for"),
        seconds("rest", breaker::REST, "a provider that keeps failing is left alone"),
        seconds("ping", PING, "between comments in a silent stream"),
        seconds("token", TOKEN_LIFE, "a session token can be used"),
        seconds("session", SESSION_LIFE, "a session can be refreshed"),
        number("tokens", TOKENS_MAX, "kept; the oldest go first"),
        number("tokens-of-one", TOKENS_OF_ONE, "kept of one session"),
    ])
}

fn bound(name: &str, value: u64, unit: &str, about: &str) -> Value {
    json!({ "name": name, "value": value, "unit": unit, "about": about })
}
