//! Where a provider's server is. Typed by the developer only, never taken from a request.

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::InvalidValue;

/// An `http` or `https` URL without user, query or fragment, and without a trailing slash.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct BaseUrl(Url);

impl BaseUrl {
    /// Reads what a person typed or an adapter declares.
    pub fn parse(text: &str) -> Result<Self, InvalidValue> {
        let bad = |rule| InvalidValue { what: "base URL", rule };
        let mut url =
            Url::parse(text.trim()).map_err(|_| bad("must look like https://api.example.com/v1"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(bad("must begin with https:// or http://"));
        }
        if url.host().is_none() {
            return Err(bad("needs a host"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(bad("must not hold a user name or password"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(bad("must not hold a query or fragment"));
        }
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self(url))
    }

    /// Scheme, host and port, always with the port: `https://api.openai.com:443`. Keys are sealed to it.
    #[must_use]
    pub fn upstream_origin(&self) -> String {
        let port = self.0.port_or_known_default().unwrap_or_default();
        format!("{}://{}:{port}", self.0.scheme(), self.0.host_str().unwrap_or_default())
    }

    /// Whether the URL names this machine itself. A DNS name that happens to resolve to it does not count.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        }
    }

    /// Whether calls travel without TLS.
    #[must_use]
    pub fn is_plain_http(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// Its own path, segment by segment.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        self.0.path_segments().into_iter().flatten().filter(|segment| !segment.is_empty())
    }

    /// This URL with `segments` appended, each escaped as one path segment.
    #[must_use]
    pub fn join<S: AsRef<str>>(&self, segments: &[S]) -> Url {
        let mut url = self.0.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments.iter().map(AsRef::as_ref));
        }
        url
    }
}

impl TryFrom<String> for BaseUrl {
    type Error = InvalidValue;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<BaseUrl> for String {
    fn from(url: BaseUrl) -> Self {
        url.to_string()
    }
}

impl std::fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origin_always_names_its_port() {
        for (typed, origin) in [
            ("https://api.openai.com/v1", "https://api.openai.com:443"),
            ("https://API.openai.com:443/v1/", "https://api.openai.com:443"),
            ("http://127.0.0.1:4110/v1", "http://127.0.0.1:4110"),
            ("https://[::1]:9/", "https://[::1]:9"),
        ] {
            assert_eq!(BaseUrl::parse(typed).unwrap().upstream_origin(), origin);
        }
    }

    #[test]
    fn segments_cannot_climb_or_change_host() {
        let base = BaseUrl::parse("https://api.example/v1/").unwrap();
        assert_eq!(base.join(&["chat", "completions"]).as_str(), "https://api.example/v1/chat/completions");
        assert_eq!(base.join(&["a/b", "https://evil"]).host_str(), Some("api.example"));
        assert_eq!(base.join(&["..", "x"]).as_str(), "https://api.example/v1/x");
    }

    #[test]
    fn hostile_urls_are_refused() {
        for typed in ["", "api.openai.com", "ftp://x", "https://k@x/", "https://x/?key=1", "https://x/#f"] {
            assert!(BaseUrl::parse(typed).is_err(), "{typed}");
        }
    }
}
