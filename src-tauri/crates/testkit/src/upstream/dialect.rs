//! What a provider's dialect is to the stand-in server. A new one is a file and a line here.

use serde_json::Value;

use super::reply::Reply;
use super::state::Recorded;
use super::{anthropic, openai};

/// Which provider to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `OpenAI`: chat completions.
    OpenAi,
    /// Anthropic: messages.
    Anthropic,
}

impl Dialect {
    pub(super) fn wire(self) -> &'static dyn Wire {
        match self {
            Self::OpenAi => &openai::OpenAi,
            Self::Anthropic => &anthropic::Anthropic,
        }
    }

    /// What a base URL of this provider ends in.
    pub(super) fn base_path(self) -> &'static str {
        match self {
            Self::OpenAi => "/v1",
            Self::Anthropic => "",
        }
    }
}

/// What was asked for.
pub(super) enum Ask {
    /// The list of models.
    Models,
    /// Text.
    Text(TextAsk),
}

/// What was asked for in words.
pub(super) struct TextAsk {
    pub(super) model: String,
    /// The end user's last words.
    pub(super) prompt: String,
    /// Characters of everything that was sent.
    pub(super) characters: usize,
    pub(super) streamed: bool,
    /// Whether a stream is to tell its usage.
    pub(super) usage: bool,
}

impl TextAsk {
    pub(super) fn prompt_tokens(&self) -> usize {
        self.characters / 4 + 1
    }
}

/// What is answered.
pub(super) struct Answer {
    /// In the pieces a stream delivers.
    pub(super) pieces: Vec<String>,
    /// Whether the model declined at the end.
    pub(super) filtered: bool,
}

impl Answer {
    pub(super) fn tokens(&self) -> usize {
        self.pieces.len()
    }
}

/// What is wrong.
pub(super) enum Trouble {
    /// With the key that was sent.
    Unauthorized(String),
    PermissionDenied,
    RateLimited(Option<u32>),
    QuotaExhausted,
    Server(u16),
    ModelNotFound,
    /// There is no such path.
    NotFound(String),
    /// A parameter is missing, or is one the provider no longer takes.
    Parameter(&'static str),
}

/// One provider's wire format.
pub(super) trait Wire: Send + Sync {
    /// The key that was sent, wherever this provider takes it.
    fn key(&self, request: &Recorded) -> Option<String>;
    /// Understands a request, or says what the provider would complain of.
    fn understand(&self, request: &Recorded) -> Result<Ask, Trouble>;
    /// The list of models.
    fn models(&self) -> Value;
    /// A whole answer.
    fn whole(&self, ask: &TextAsk, answer: &Answer) -> Value;
    /// A streamed answer: each event, and whether it is a delta.
    fn stream(&self, ask: &TextAsk, answer: &Answer) -> Vec<(String, bool)>;
    /// The error event of a stream that fails.
    fn stream_error(&self) -> String;
    /// An error reply.
    fn complain(&self, trouble: &Trouble) -> Reply;
    /// Headers of every reply, among them those no caller of the proxy should ever see.
    fn headers(&self) -> &'static [(&'static str, &'static str)];
}

/// The body of a POST as JSON, or null.
pub(super) fn json_body(request: &Recorded) -> Value {
    serde_json::from_slice(&request.body).unwrap_or_default()
}

/// A message's text, whether it is a string or a list of blocks.
pub(super) fn text_of(content: &Value) -> String {
    match content {
        Value::String(text) => text.clone(),
        Value::Array(blocks) => blocks.iter().filter_map(|block| block["text"].as_str()).collect(),
        _ => String::new(),
    }
}
