//! The embedded HTTP proxy: listener, gate, sessions, request path, streaming.
