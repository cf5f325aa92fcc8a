//! `multipart/form-data` of plain fields, which Stability asks for even without a file. Sends no file.
//!
//! By hand, because the HTTP client's own form can be sent but not looked at, and requests here are values.

use bytes::Bytes;
use http::HeaderValue;
use sha2::{Digest as _, Sha256};

/// A form being written.
pub(super) struct Form {
    boundary: String,
    body: Vec<u8>,
}

impl Form {
    /// An empty form. `seed` is any text of the request: equal requests are equal to the byte, and nobody who writes
    /// a prompt can know its hash beforehand and put the boundary into it.
    pub(super) fn new(seed: &str) -> Self {
        let hash = Sha256::digest(seed.as_bytes());
        let hex: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        Self { boundary: format!("addon-console-{hex}"), body: Vec::new() }
    }

    /// Adds a field. Names are ours, so they need no escaping.
    pub(super) fn field(&mut self, name: &str, value: &str) -> &mut Self {
        let head = format!("--{}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n", self.boundary);
        self.body.extend_from_slice(head.as_bytes());
        self.body.extend_from_slice(value.as_bytes());
        self.body.extend_from_slice(b"\r\n");
        self
    }

    /// The content type and the whole body.
    pub(super) fn finish(mut self) -> (HeaderValue, Bytes) {
        self.body.extend_from_slice(format!("--{}--\r\n", self.boundary).as_bytes());
        let kind = HeaderValue::from_str(&format!("multipart/form-data; boundary={}", self.boundary));
        (kind.unwrap_or(HeaderValue::from_static("multipart/form-data")), self.body.into())
    }
}
