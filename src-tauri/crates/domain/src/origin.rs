//! A browser origin, as a host app's page sends it in the `Origin` header. Compared byte by byte, never parsed there.

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::InvalidValue;

/// Scheme, host and port in canonical form: `https://app.example`, `http://localhost:3000`.
///
/// `null` (a sandboxed frame, a file) is not an origin and cannot be made into one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Origin(String);

impl Origin {
    /// Reads what a person typed; a trailing slash is forgiven, a path, wildcard, user or query is not.
    pub fn parse(text: &str) -> Result<Self, InvalidValue> {
        let bad = |rule| InvalidValue { what: "origin", rule };
        let url = Url::parse(text.trim())
            .map_err(|_| bad("must look like https://app.example or http://localhost:3000"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(bad("must begin with http:// or https://"));
        }
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(bad("is only scheme, host and port, without a path"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(bad("must not hold a user name or password"));
        }
        match url.host() {
            Some(Host::Domain(name)) if name.contains('*') => {
                Err(bad("must be exact: wildcards are not allowed"))
            }
            Some(_) => Ok(Self(url.origin().ascii_serialization())),
            None => Err(bad("needs a host")),
        }
    }

    /// The canonical text, equal to what browsers send.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Origin {
    type Error = InvalidValue;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Origin> for String {
    fn from(origin: Origin) -> Self {
        origin.0
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_form_is_what_a_browser_sends() {
        for (typed, canonical) in [
            ("https://App.Example", "https://app.example"),
            ("https://app.example:443/", "https://app.example"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("http://[::1]:3000", "http://[::1]:3000"),
            ("https://bücher.example", "https://xn--bcher-kva.example"),
        ] {
            assert_eq!(Origin::parse(typed).map(String::from).as_deref(), Ok(canonical), "{typed}");
        }
    }

    #[test]
    fn what_is_no_exact_web_origin_is_refused() {
        for typed in [
            "null",
            "*",
            "",
            "https://*.example",
            "file:///x",
            "https://app.example/path",
            "app.example",
            "https://user@app.example",
            "https://app.example?x",
            "https://app.example#x",
            "data:text/html,x",
        ] {
            assert!(Origin::parse(typed).is_err(), "{typed}");
        }
    }
}
