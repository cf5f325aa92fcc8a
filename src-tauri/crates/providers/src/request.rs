//! A request to a provider's server, complete but for the key. Knows no provider and sends nothing.

use bytes::Bytes;
use domain::writing::Task;
use domain::{BaseUrl, Model, Provider, ProviderOptions};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderName, HeaderValue, Method};
use serde::Serialize;
use url::Url;
use zeroize::Zeroizing;

use crate::chat_completions::answer_limit;

/// Whom to ask, and for what model.
pub struct Target<'a> {
    /// Where the provider's server is.
    pub base_url: &'a BaseUrl,
    /// The chosen model; `None` lets the adapter's default stand.
    pub model: Option<&'a Model>,
    /// What else the provider's type asks for.
    pub options: &'a ProviderOptions,
    /// The longest answer a limit allows, in tokens; `None`: as long as the task asks for.
    pub output_max: Option<u32>,
}

impl<'a> Target<'a> {
    /// What a configured provider says.
    #[must_use]
    pub fn of(provider: &'a Provider) -> Self {
        let model = provider.model.as_ref();
        Self { base_url: &provider.base_url, model, options: &provider.options, output_max: None }
    }

    /// The same, with answers no longer than this.
    #[must_use]
    pub fn at_most(self, output_max: Option<u32>) -> Self {
        Self { output_max, ..self }
    }

    /// Tokens an answer to this task may take.
    pub(crate) fn answer_limit(&self, task: &Task) -> u32 {
        answer_limit(task).min(self.output_max.unwrap_or(u32::MAX))
    }

    /// The id of the model to ask.
    pub(crate) fn model_or<'m>(&'m self, default: &'m str) -> &'m str {
        self.model.map_or(default, Model::as_str)
    }
}

/// A request to a provider's server. Its body is personal: no `Debug`, so that it cannot be logged.
#[derive(Clone)]
pub struct UpstreamRequest {
    /// The method.
    pub method: Method,
    /// The whole URL; always below the target's base URL.
    pub url: Url,
    /// Headers, without the one that carries the key.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// Where the key goes.
    pub auth: Auth,
    /// The body; empty for a GET.
    pub body: Bytes,
}

impl UpstreamRequest {
    /// A GET for JSON.
    pub(crate) fn get(url: Url, auth: Auth) -> Self {
        let headers = vec![(ACCEPT, HeaderValue::from_static("application/json"))];
        Self { method: Method::GET, url, headers, auth, body: Bytes::new() }
    }

    /// A POST of `body` as JSON, answered by JSON or, when streamed, by server-sent events.
    pub(crate) fn post<T: Serialize>(url: Url, auth: Auth, body: &T, streamed: bool) -> Self {
        let accepted = if streamed { "text/event-stream" } else { "application/json" };
        let headers = vec![
            (CONTENT_TYPE, HeaderValue::from_static("application/json")),
            (ACCEPT, HeaderValue::from_static(accepted)),
        ];
        // Bodies are made of strings, numbers and switches, which always serialise; an empty body would be
        // refused by upstream, not misread.
        let body = serde_json::to_vec(body).unwrap_or_default().into();
        Self { method: Method::POST, url, headers, auth, body }
    }

    /// A POST of `body` as it is, answered by JSON.
    pub(crate) fn post_bytes(url: Url, auth: Auth, content_type: HeaderValue, body: Bytes) -> Self {
        let headers =
            vec![(CONTENT_TYPE, content_type), (ACCEPT, HeaderValue::from_static("application/json"))];
        Self { method: Method::POST, url, headers, auth, body }
    }

    /// The same with one more header.
    #[must_use]
    pub(crate) fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }
}

/// Where a provider wants its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Auth {
    /// `Authorization: Bearer KEY`.
    Bearer,
    /// `Authorization: SCHEME KEY`; the scheme ends in a space.
    Scheme(&'static str),
    /// The bare key in a header of the provider's own.
    Header(HeaderName),
}

impl Auth {
    /// The header that carries `key`, marked sensitive; `None` if the key cannot stand in a header.
    ///
    /// The value's memory is wiped when its last holder lets go of it, and no other copy is made here.
    #[must_use]
    pub fn header(&self, key: &str) -> Option<(HeaderName, HeaderValue)> {
        // Only visible ASCII: a blank would be trimmed or would end the key on the way.
        if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return None;
        }
        let (name, scheme) = match self {
            Self::Bearer => (AUTHORIZATION, "Bearer "),
            Self::Scheme(scheme) => (AUTHORIZATION, *scheme),
            Self::Header(name) => (name.clone(), ""),
        };
        // Sized before it is filled, so that growing leaves no copy behind.
        let mut buffer = Zeroizing::new(Vec::with_capacity(scheme.len() + key.len()));
        buffer.extend_from_slice(scheme.as_bytes());
        buffer.extend_from_slice(key.as_bytes());
        // `from_owner` and `from_maybe_shared` both take the buffer over instead of copying it.
        let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(buffer)).ok()?;
        value.set_sensitive(true);
        Some((name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_goes_where_the_provider_wants_it_and_is_sensitive() {
        let (name, value) = Auth::Bearer.header("sk-1").unwrap();
        assert_eq!((name, value.to_str().unwrap()), (AUTHORIZATION, "Bearer sk-1"));
        let own = HeaderName::from_static("x-api-key");
        let (name, value) = Auth::Header(own.clone()).header("sk-1").unwrap();
        assert_eq!((name, value.to_str().unwrap()), (own, "sk-1"));
        assert!(value.is_sensitive());
        assert!(!format!("{value:?}").contains("sk-1"));
    }

    #[test]
    fn a_key_that_cannot_stand_in_a_header_is_refused() {
        for bad in ["", "a b", "a\r\nHost: evil", "a\0", "clé", " a", "a\t"] {
            assert!(Auth::Bearer.header(bad).is_none(), "{bad:?}");
        }
    }
}
