//! What every provider's adapter offers, in no provider's dialect. Holds no rule of any one provider.

use domain::addons::Capability;
use domain::addons::ai_image_generation::ImageRequest;
use domain::writing::{Conversation, Finish, Picture};
use domain::{Cause, TokenUsage};
use http::{HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::faults::Refusals;
use crate::request::{Auth, Target, UpstreamRequest};

/// Whether a provider type answers only with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum KeyRule {
    /// It does.
    Required,
    /// It takes one, and may do without (a server on this machine).
    Optional,
    /// It has none.
    None,
}

/// Something besides name and key that a developer is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Field {
    /// `base-url`, `model`, or the name of one of the provider's options.
    pub name: &'static str,
    /// What it is called at this provider.
    pub label: &'static str,
    /// What to enter, in a sentence.
    pub hint: &'static str,
    /// An example.
    pub placeholder: &'static str,
    /// Whether there must be a value.
    pub required: bool,
}

/// A model worth offering.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ts_rs::TS)]
pub struct ModelChoice {
    /// The provider's id.
    pub id: &'static str,
    /// Why one would choose it ("cheap", "Beefree's choice").
    pub note: &'static str,
    /// US dollars per million tokens, in and out, or per image; dated in `docs/providers.md`.
    pub price: Option<Price>,
}

/// What a model costs, in US dollars. Third-party figures (litellm 1.109.1), not the provider's bill.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Price {
    /// Per million tokens: in, out.
    Tokens(f64, f64),
    /// Per image.
    Image(f64),
    /// Per million characters.
    Characters(f64),
}

/// A model the provider switches off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ts_rs::TS)]
pub struct Retirement {
    /// The provider's id.
    pub model: &'static str,
    /// The last day, as `2027-01-14`.
    pub on: &'static str,
}

/// What is fixed about a provider type: what a person must know to add one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ts_rs::TS)]
pub struct Descriptor {
    /// The word it is stored under ([`domain::ProviderKind`]).
    pub kind: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// Whether it answers only with a key.
    pub key: KeyRule,
    /// Where its server is unless the developer says otherwise; empty where only the developer knows. That of a
    /// local one names no server.
    pub base_url: &'static str,
    /// What else to ask for, in the order of the form.
    pub fields: &'static [Field],
    /// Models worth offering; any other id may be typed.
    pub models: &'static [ModelChoice],
    /// The model asked when the developer chose none.
    pub default_model: Option<&'static str>,
    /// Models that are gone, or soon will be.
    pub retired: &'static [Retirement],
    /// What it can do.
    pub capabilities: &'static [Capability],
    /// How its keys look, as the end of a sentence ("begins with sk-"). A hint, never a rule: prefixes change.
    pub key_hint: &'static str,
    /// The same as a regular expression; empty where keys have no shape of their own.
    pub key_pattern: &'static str,
    /// Where to get a key.
    pub key_url: &'static str,
    /// Whether it answers on this machine, without any server.
    pub local: bool,
}

/// The field that asks for a base URL only its account's owner knows.
pub(crate) const fn base_url_field(
    label: &'static str,
    hint: &'static str,
    placeholder: &'static str,
) -> Field {
    Field { name: "base-url", label, hint, placeholder, required: true }
}

/// The field every provider with a server of its own has.
pub(crate) const BASE_URL: Field = Field {
    name: "base-url",
    label: "Base URL",
    hint: "Leave as it is unless you use another region or a gateway.",
    placeholder: "",
    required: false,
};

/// The field of a provider that offers models.
pub(crate) const MODEL: Field = Field {
    name: "model",
    label: "Model",
    hint: "The model that answers; any id of the provider may be typed.",
    placeholder: "",
    required: false,
};

/// What a pasted address says about a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pasted {
    /// The part that is the base URL.
    pub base_url: String,
    /// The model or deployment, if the address names one.
    pub model: Option<String>,
    /// Options the address names.
    pub options: Vec<(&'static str, String)>,
}

/// What a provider's cheapest reply tells besides that the key is good.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Probed {
    /// The models this key may use, if the reply lists them.
    pub models: Option<Vec<String>>,
    /// Units left, if the reply says so.
    pub left: Option<u64>,
}

/// One method and path of a provider's own API that the proxy passes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassRoute {
    /// `GET`, `POST` or `DELETE`.
    pub method: &'static str,
    /// Below the base URL, without a slash at the front; `*` stands for one segment.
    pub path: &'static str,
    /// What it uses up.
    pub meter: Metered,
}

/// What a call by a provider's own API uses up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metered {
    /// Nothing that is counted.
    Nothing,
    /// Tokens, as the reply says.
    Tokens,
    /// Characters, as the reply says, else those of the request's texts.
    Characters,
    /// Images: those in the reply, or one.
    Images,
}

/// A provider type.
pub trait Adapter: Send + Sync {
    /// What is fixed about it.
    fn descriptor(&self) -> &'static Descriptor;

    /// Where its key goes.
    fn auth(&self) -> Auth;

    /// How it writes text, if it can.
    fn writing(&self) -> Option<Writer<'_>> {
        None
    }

    /// How it describes pictures, if it can.
    fn captioning(&self) -> Option<Captioner<'_>> {
        None
    }

    /// How it makes pictures, if it can.
    fn drawing(&self) -> Option<Drawer<'_>> {
        None
    }

    /// How it translates, if it can.
    fn translating(&self) -> Option<Translator<'_>> {
        None
    }

    /// How it speaks OpenAI's dialect, if it writes.
    fn chat_dialect(&self) -> Option<&dyn ChatDialect> {
        None
    }

    /// The cheapest call that proves a key; `None` where there is nothing to ask.
    fn probe(&self, target: &Target<'_>) -> Option<UpstreamRequest>;

    /// Reads a success of [`Adapter::probe`].
    fn read_probe(&self, _body: &[u8]) -> Probed {
        Probed::default()
    }

    /// Why upstream refused. The body may hold parts of the key: it is matched against known words, and
    /// nothing of it comes out.
    fn read_failure(&self, status: u16, body: &[u8]) -> Cause;

    /// How its server refuses, for failures provoked on purpose.
    fn refusals(&self) -> Refusals {
        &[]
    }

    /// What of its own API the proxy passes on.
    fn pass_routes(&self) -> &'static [PassRoute] {
        &[]
    }

    /// Headers its server needs of every caller, if the caller sent none of that name.
    fn own_headers(&self) -> Vec<(HeaderName, HeaderValue)> {
        Vec::new()
    }

    /// Splits an address copied from the provider's pages; `None` if it is an ordinary base URL.
    fn split_url(&self, _typed: &str) -> Option<Pasted> {
        None
    }

    /// The server a key belongs to, where the key itself tells.
    fn base_url_of_key(&self, _key: &str) -> Option<&'static str> {
        None
    }
}

/// How a provider does something.
pub enum Way<'a, U: ?Sized, L: ?Sized> {
    /// By asking its server.
    Upstream(&'a U),
    /// By itself, on this machine.
    Local(&'a L),
}

/// How a provider writes.
pub type Writer<'a> = Way<'a, dyn UpstreamWriting + 'a, dyn LocalWriting + 'a>;
/// How a provider makes pictures.
pub type Drawer<'a> = Way<'a, dyn UpstreamDrawing + 'a, dyn LocalDrawing + 'a>;
/// How a provider translates.
pub type Translator<'a> = Way<'a, dyn UpstreamTranslating + 'a, dyn LocalTranslating + 'a>;

/// How a provider describes pictures.
pub enum Captioner<'a> {
    /// Its writer is shown the picture.
    ByWriting,
    /// By a service that does nothing else.
    Upstream(&'a dyn UpstreamCaptioning),
    /// By itself, on this machine.
    Local(&'a dyn LocalCaptioning),
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

/// Captioning by a provider's server.
pub trait UpstreamCaptioning: Send + Sync {
    /// The request, complete but for the key.
    fn request(&self, target: &Target<'_>, picture: &Picture) -> UpstreamRequest;

    /// The description, as the provider words it.
    fn read_reply(&self, body: &[u8]) -> Result<String, Cause>;
}

/// Captioning on this machine.
pub trait LocalCaptioning: Send + Sync {
    /// The description, in the language asked for where it can.
    fn caption(&self, picture: &Picture, language: Option<&str>) -> Result<String, Cause>;
}

/// Picture making by a provider's server, one picture a request.
pub trait UpstreamDrawing: Send + Sync {
    /// The request, complete but for the key. `nth` counts the pictures of one order from 0, so that seeds differ.
    fn request(&self, target: &Target<'_>, order: &ImageRequest, nth: u32) -> UpstreamRequest;

    /// The model that draws.
    fn model<'t>(&self, target: &Target<'t>) -> &'t str;

    /// The picture's file.
    fn read_reply(&self, body: &[u8]) -> Result<Vec<u8>, Cause>;
}

/// Picture making on this machine.
pub trait LocalDrawing: Send + Sync {
    /// The picture's file.
    fn draw(&self, order: &ImageRequest, nth: u32) -> Result<Vec<u8>, Cause>;
}

/// Fragments of HTML to be translated. Personal: no `Debug`.
pub struct TranslationOrder<'a> {
    /// The language they are in, if that was said.
    pub source: Option<&'a str>,
    /// The language wanted.
    pub target: &'a str,
    /// The fragments; parts marked `translate="no"` stay as they are.
    pub texts: &'a [String],
}

/// Translations, in the order of the fragments. Personal: no `Debug`.
pub struct Translations {
    /// One for each fragment.
    pub texts: Vec<String>,
    /// Characters the provider bills, if it says so.
    pub billed: Option<u64>,
}

/// Translation by a provider's server.
pub trait UpstreamTranslating: Send + Sync {
    /// The languages it translates into, as this order asks; an error if it does not.
    fn check(&self, order: &TranslationOrder<'_>) -> Result<(), Cause>;

    /// How many of the remaining fragments fit into the next request; at least 1.
    fn batch(&self, remaining: &[String]) -> usize;

    /// The request, complete but for the key.
    fn request(&self, target: &Target<'_>, order: &TranslationOrder<'_>) -> UpstreamRequest;

    /// Reads the body of a success.
    fn read_reply(&self, body: &[u8]) -> Result<Translations, Cause>;
}

/// Translation on this machine.
pub trait LocalTranslating: Send + Sync {
    /// The translations.
    fn translate(&self, order: &TranslationOrder<'_>) -> Translations;
}

/// OpenAI's chat completions, whatever the provider's own dialect is.
pub trait ChatDialect: Send + Sync {
    /// The field that bounds an answer's length, where a request names none.
    fn length_field(&self) -> &'static str {
        "max_completion_tokens"
    }

    /// The provider's request for OpenAI's `body`, whose `model` has been set; complete but for the key.
    fn request(&self, target: &Target<'_>, body: Value) -> Result<UpstreamRequest, NotSupported>;

    /// The success in OpenAI's dialect; `None` if it already is.
    fn translate_reply(&self, _body: &[u8]) -> Result<Option<Vec<u8>>, Cause> {
        Ok(None)
    }

    /// A translator of one streamed success to `_body`; `None` if it already is in OpenAI's dialect.
    fn translate_stream(&self, _body: &Value) -> Option<Box<dyn StreamTranslator>> {
        None
    }
}

/// What of a request a provider's dialect has no word for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotSupported {
    /// The request's field.
    pub field: &'static str,
    /// Why, as the end of a sentence.
    pub rule: &'static str,
}

/// Turns a provider's stream into OpenAI's. Memory is bounded whatever arrives.
pub trait StreamTranslator: Send {
    /// Reads bytes as they come, split anywhere, and appends what is to be sent on.
    fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>);

    /// The body ended: appends what is still due. Says why, if the answer is not complete.
    fn end(&mut self, out: &mut Vec<u8>) -> Result<(), Cause>;
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
