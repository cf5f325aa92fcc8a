//! One adapter per AI provider: pure request builders, and readers of replies, streams and errors.
//!
//! Nothing here opens a socket, reads a clock, a file or the environment, or ever sees a key: an adapter says
//! only *where* a key goes ([`Auth`]). Everything a provider's server sends is untrusted and read leniently:
//! real replies leave out fields that the providers' own descriptions call required.
//!
//! A new provider is one file, one line in `registry.rs`, and its golden files.

mod adapter;
mod anthropic;
mod azure_openai;
mod azure_vision;
mod chat_completions;
mod deepl;
mod failure;
pub mod faults;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
mod meter;
mod openai;
mod openai_compatible;
mod prices;
mod registry;
mod request;
mod sandbox;
mod sse;
mod stability;
mod stream;
mod without_usage;
mod worst;

pub use adapter::{
    Adapter, Captioner, ChatDialect, Descriptor, Drawer, Field, KeyRule, LocalCaptioning, LocalDrawing,
    LocalReply, LocalTranslating, LocalWriting, Metered, ModelChoice, NotSupported, PassRoute, Pasted, Price,
    Probed, Retirement, StreamReader, StreamTranslator, TranslationOrder, Translations, Translator,
    UpstreamCaptioning, UpstreamDrawing, UpstreamTranslating, UpstreamWriting, Way, Writer, WritingEvent,
    WritingReply,
};
pub use chat_completions::answer_limit;
pub use meter::{Meter, Used};
pub use prices::{PriceList, PricesInvalid};
pub use registry::{adapter, registry};
pub use request::{Auth, Target, UpstreamRequest};
pub use without_usage::WithoutUsage;
pub use worst::{PICTURE_TOKENS, Worst};
