//! The sandbox: believable text without a key or a network, so that everything can be tried and shown.
//!
//! Deterministic: equal input gives equal text. No randomness, no clock, no model: templates with the topic taken
//! out of the prompt, and the AddOn's suggestions ("Use ALL CAPS") done on the text that is already there.

mod compose;
mod edits;
mod english;
mod guard;
mod italian;
mod language;
mod phrases;
mod plain;
mod topic;

use domain::addons::Capability;
use domain::writing::{Conversation, Speaker, Task};
use domain::{Cause, TokenUsage};

use crate::adapter::{Adapter, Descriptor, KeyRule, LocalReply, LocalWriting, Way, Writer};
use crate::request::{Auth, Target, UpstreamRequest};

/// The adapter.
pub(crate) struct Sandbox;

static DESCRIPTOR: Descriptor = Descriptor {
    kind: "sandbox",
    title: "Sandbox",
    key: KeyRule::None,
    // Nothing is ever sent there; `.invalid` resolves nowhere (RFC 6761), should a mistake try.
    base_url: "https://sandbox.invalid",
    fields: &[],
    models: &[],
    default_model: None,
    retired: &[],
    capabilities: &[Capability::Writing],
    key_hint: "",
    key_pattern: "",
    key_url: "",
    local: true,
};

impl Adapter for Sandbox {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn writing(&self) -> Option<Writer<'_>> {
        Some(Way::Local(self))
    }

    fn auth(&self) -> Auth {
        // Never asked: nothing is sent.
        Auth::Bearer
    }

    fn probe(&self, _: &Target<'_>) -> Option<UpstreamRequest> {
        None
    }

    fn read_failure(&self, _: u16, _: &[u8]) -> Cause {
        // Nothing is ever asked, so nothing can refuse.
        Cause::Internal
    }
}

impl LocalWriting for Sandbox {
    fn answer(&self, conversation: &Conversation, variation: u64) -> LocalReply {
        let said_last = |speaker| conversation.turns.iter().rfind(|turn| turn.speaker == speaker);
        let prompt = said_last(Speaker::EndUser).map_or("", |turn| turn.text.as_str());
        // What the end user saw last is what "make it shorter" is about.
        let present = said_last(Speaker::Model)
            .map(|turn| turn.text.clone())
            .or_else(|| conversation.content.as_deref().and_then(plain::present_content));
        let text = write(conversation, prompt, present, variation);
        let sent = conversation.turns.iter().map(|turn| tokens(&turn.text)).sum::<u64>();
        LocalReply {
            usage: TokenUsage::of(tokens(&conversation.instructions) + sent, tokens(&text)),
            pieces: text.split_inclusive([' ', '\n']).map(str::to_owned).collect(),
        }
    }
}

fn write(conversation: &Conversation, prompt: &str, present: Option<String>, variation: u64) -> String {
    let Task::Block(block) = conversation.task else { return String::new() };
    let edit = edits::Edit::asked_in(prompt);
    let tongue = conversation.language.as_deref().map(language::of_tag).unwrap_or_else(|| {
        // A suggestion is worded in the user interface's language, the text in its own.
        let telling = present.as_deref().filter(|_| edit.is_some()).unwrap_or(prompt);
        language::of(telling)
    });
    let compose = || compose::compose(block, prompt, tongue, variation);
    match edit {
        Some(edit) => edit.apply(present.unwrap_or_else(compose).trim(), block, tongue, variation),
        None => compose(),
    }
}

/// The rule of thumb of both big providers for English: four characters a token.
fn tokens(text: &str) -> u64 {
    (text.chars().count() as u64).div_ceil(4)
}
