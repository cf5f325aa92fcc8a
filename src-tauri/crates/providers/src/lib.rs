//! One adapter per AI provider: pure request builders, and readers of replies, streams and errors.
//!
//! Nothing here opens a socket, reads a clock, a file or the environment, or ever sees a key: an adapter says
//! only *where* a key goes ([`Auth`]). Everything a provider's server sends is untrusted and read leniently:
//! real replies leave out fields that the providers' own descriptions call required.
//!
//! A new provider is one file, one line in `registry.rs`, and its golden files.

mod adapter;
mod anthropic;
mod chat_completions;
mod failure;
mod openai;
mod registry;
mod request;
mod sandbox;
mod sse;
mod stream;

pub use adapter::{
    Adapter, Descriptor, LocalReply, LocalWriting, StreamReader, UpstreamWriting, Writer, WritingEvent,
    WritingReply,
};
pub use registry::{adapter, registry};
pub use request::{Auth, Target, UpstreamRequest};
