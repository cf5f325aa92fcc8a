//! What every provider's adapter offers, in no provider's dialect. Holds no rule of any one provider.

use domain::addons::Capability;
use domain::writing::{Conversation, Finish};
use domain::{Cause, TokenUsage};
use serde::Serialize;

use crate::request::{Target, UpstreamRequest};

/// What is fixed about a provider type: what a person must know to add one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Descriptor {
    /// The word it is stored under ([`domain::ProviderKind`]).
    pub kind: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// Whether it answers only with a key.
    pub needs_key: bool,
    /// Where its server is unless the developer says otherwise. A [`domain::BaseUrl`] in every case; that of a
    /// local one names no server.
    pub base_url: &'static str,
    /// Models worth offering; any other id may be typed.
    pub models: &'static [&'static str],
    /// The model asked when the developer chose none.
    pub default_model: Option<&'static str>,
    /// What it can do.
    pub capabilities: &'static [Capability],
    /// How its keys look, as the end of a sentence ("begins with sk-"). A hint, never a rule: prefixes change.
    pub key_hint: &'static str,
    /// Where to get a key.
    pub key_url: &'static str,
    /// Whether it answers on this machine, without any server.
    pub local: bool,
}

/// A provider type.
pub trait Adapter: Send + Sync {
    /// What is fixed about it.
    fn descriptor(&self) -> &'static Descriptor;

    /// How it writes text for a block, if it can.
    fn writing(&self) -> Option<Writer<'_>>;

    /// The cheapest call that proves a key; `None` where there is nothing to ask.
    fn probe(&self, target: &Target<'_>) -> Option<UpstreamRequest>;

    /// Why upstream refused. The body may hold parts of the key: it is matched against known words, and
    /// nothing of it comes out.
    fn read_failure(&self, status: u16, body: &[u8]) -> Cause;
}

/// How a provider writes.
pub enum Writer<'a> {
    /// By asking its server.
    Upstream(&'a dyn UpstreamWriting),
    /// By itself, on this machine.
    Local(&'a dyn LocalWriting),
}

/// Writing by a provider's server.
pub trait UpstreamWriting: Send + Sync {
    /// The request, complete but for the key.
    fn request(&self, target: &Target<'_>, conversation: &Conversation, streamed: bool) -> UpstreamRequest;

    /// Reads the body of a success that was not streamed.
    fn read_reply(&self, body: &[u8]) -> Result<WritingReply, Cause>;

    /// A reader for one streamed success.
    fn stream_reader(&self) -> Box<dyn StreamReader>;
}

/// A whole answer. Personal: no `Debug`, so that it cannot be logged.
pub struct WritingReply {
    /// The text as the model wrote it; empty when it wrote none.
    pub text: String,
    /// What it used, if the provider said so.
    pub usage: Option<TokenUsage>,
    /// Why it stopped.
    pub finish: Finish,
}

/// Reads one streamed body. Memory is bounded whatever arrives.
pub trait StreamReader: Send {
    /// Reads bytes as they come, split anywhere. After `Done` or `Failed` nothing more is said.
    fn push(&mut self, bytes: &[u8], events: &mut Vec<WritingEvent>);

    /// The body ended. Says `Done` if the answer was complete, `Failed(StreamCut)` if no end was seen.
    fn end(&mut self, events: &mut Vec<WritingEvent>);
}

/// What a streamed body says. Personal: no `Debug`, so that it cannot be logged.
pub enum WritingEvent {
    /// More text; never empty.
    Delta(String),
    /// What was used so far; replaces any earlier one.
    Usage(TokenUsage),
    /// The answer is complete. The last event.
    Done(Finish),
    /// It will not be completed. The last event.
    Failed(Cause),
}

/// Writing on this machine.
pub trait LocalWriting: Send + Sync {
    /// The whole answer, equal for equal input. `variation` is the number of answers given before, so that
    /// *Regenerate* gives another text.
    fn answer(&self, conversation: &Conversation, variation: u64) -> LocalReply;
}

/// An answer written on this machine. Personal: no `Debug`, so that it cannot be logged.
pub struct LocalReply {
    /// The text in the pieces a stream would deliver; their concatenation is the answer.
    pub pieces: Vec<String>,
    /// What it would have used.
    pub usage: TokenUsage,
}
