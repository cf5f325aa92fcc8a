//! A local server that behaves like an AI provider, over plain HTTP or TLS.
