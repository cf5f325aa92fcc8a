//! A call that ends in an error: Beefree's error body, our stable word, and the header that tells who failed.
//!
//! Never holds a key, a prompt, or a provider's own text.

use bytes::Bytes;
use domain::{Cause, Party, ProviderKind};
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER};
use http::{Response, StatusCode};
use serde_json::{Value, json};

use crate::asking::WAIT_MAX;
use crate::body::{self, Body};

/// Tells whose failure it is: `proxy` or `upstream`.
pub(crate) const WHO_FAILED: HeaderName = HeaderName::from_static("x-addon-console-error");

/// Heard by OpenAI's clients, which try again by themselves.
const SHOULD_RETRY: HeaderName = HeaderName::from_static("x-should-retry");

/// What upstream said, as far as callers may know it.
#[derive(Clone)]
pub(crate) struct FromUpstream {
    pub(crate) provider: ProviderKind,
    pub(crate) status: Option<u16>,
    /// Seconds.
    pub(crate) retry_after: Option<u32>,
}

/// Why there is no answer.
#[derive(Clone)]
pub(crate) struct Refusal {
    pub(crate) cause: Cause,
    /// A number in place of the cause's own, where a route has numbers of its own.
    code: Option<u16>,
    detail: Value,
    pub(crate) upstream: Option<FromUpstream>,
}

impl From<Cause> for Refusal {
    fn from(cause: Cause) -> Self {
        Self { cause, code: None, detail: Value::String(String::new()), upstream: None }
    }
}

impl Refusal {
    /// A refusal that says more; `detail` must not repeat what the caller sent but for an origin or a route.
    pub(crate) fn with_detail(cause: Cause, detail: Value) -> Self {
        Self { cause, code: None, detail, upstream: None }
    }

    /// A refusal that names the provider.
    pub(crate) fn by_upstream(cause: Cause, upstream: FromUpstream) -> Self {
        let mut detail = json!({ "provider": upstream.provider, "upstreamStatus": upstream.status });
        if let Some(seconds) = upstream.retry_after {
            detail["retryAfter"] = seconds.into();
        }
        Self { cause, code: None, detail, upstream: Some(upstream) }
    }

    /// The same with the number Beefree gives it on this route.
    pub(crate) fn numbered(self, code: u16) -> Self {
        Self { code: Some(code), ..self }
    }

    /// The number callers get.
    pub(crate) fn code(&self) -> u16 {
        self.code.unwrap_or(self.cause.code())
    }

    /// The error body, also the data of a stream's last event.
    pub(crate) fn body(&self) -> Value {
        json!({
            "code": self.code(),
            "message": self.cause.message(),
            "detail": self.detail,
            "status_code": self.cause.status(),
            "cause": self.cause,
        })
    }

    /// The whole reply; in OpenAI's shape too, where its clients call.
    pub(crate) fn response_in(&self, openai: bool) -> Response<Body> {
        let mut body = self.body();
        if openai {
            body["error"] = json!({
                "message": self.cause.message(), "type": self.cause.word(), "param": null, "code": self.cause.word(),
            });
        }
        let mut response = Response::new(body::full(Bytes::from(body.to_string())));
        *response.status_mut() =
            StatusCode::from_u16(self.cause.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let who = match self.cause.party() {
            Party::Proxy => "proxy",
            Party::Upstream => "upstream",
        };
        headers.insert(WHO_FAILED, HeaderValue::from_static(who));
        // Clients that try again by themselves would wait for midnight.
        if self.cause == Cause::LimitReached || (openai && !self.may_pass()) {
            headers.insert(SHOULD_RETRY, HeaderValue::from_static("false"));
        }
        // Said in the detail, whoever says it.
        let wait = self.detail.get("retryAfter").and_then(Value::as_u64);
        if let Some(seconds) = wait {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }

    /// Whether a client may do better by trying again: the proxy has tried already, but for long waits and its own rush.
    fn may_pass(&self) -> bool {
        let wait = self.upstream.as_ref().and_then(|upstream| upstream.retry_after);
        self.cause == Cause::Busy || wait.is_some_and(|seconds| u64::from(seconds) > WAIT_MAX.as_secs())
    }

    /// The whole reply.
    pub(crate) fn response(&self) -> Response<Body> {
        self.response_in(false)
    }
}
