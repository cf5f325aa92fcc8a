//! The sandbox: believable answers to every AddOn without a key or a network, so that everything can be tried and shown.
//!
//! Deterministic: equal input gives equal text. No randomness, no clock, no model: templates with the topic taken
//! out of the prompt, and the AddOn's suggestions ("Use ALL CAPS") done on the text that is already there.

mod caption;
mod compose;
mod digest;
mod draw;
mod edits;
mod english;
mod guard;
mod italian;
mod language;
mod phrases;
mod plain;
mod pseudo;
mod topic;

use domain::addons::Capability;
use domain::addons::ai_image_generation::{AspectRatio, ImageRequest};
use domain::addons::ai_integration::Block;
use domain::writing::{Conversation, Picture, Speaker, Task};
use domain::{Cause, TokenUsage};

use crate::adapter::{
    Adapter, Captioner, Descriptor, Drawer, KeyRule, LocalCaptioning, LocalDrawing, LocalReply,
    LocalTranslating, LocalWriting, TranslationOrder, Translations, Translator, Way, Writer,
};
use crate::faults::{self, Refusals};
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
    capabilities: &[
        Capability::Writing,
        Capability::Captioning,
        Capability::Drawing,
        Capability::Translating,
    ],
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

    fn captioning(&self) -> Option<Captioner<'_>> {
        Some(Captioner::Local(self))
    }

    fn drawing(&self) -> Option<Drawer<'_>> {
        Some(Way::Local(self))
    }

    fn translating(&self) -> Option<Translator<'_>> {
        Some(Way::Local(self))
    }

    fn auth(&self) -> Auth {
        // Never asked: nothing is sent.
        Auth::Bearer
    }

    fn probe(&self, _: &Target<'_>) -> Option<UpstreamRequest> {
        None
    }

    fn refusals(&self) -> Refusals {
        faults::OPENAI
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
    let tongue = || conversation.language.as_deref().map_or_else(|| language::of(prompt), language::of_tag);
    let italian = || std::ptr::eq(tongue(), &italian::TONGUE);
    let outline = conversation.content.as_deref().unwrap_or_default();
    match &conversation.task {
        Task::Block(block) => block_text(conversation, *block, prompt, present, variation),
        Task::Metadata { fields, tone } => digest::metadata(outline, fields, *tone, italian(), variation),
        Task::Summary { concise } => digest::summary(outline, *concise, italian()),
        Task::Sms => digest::sms(outline, italian()),
        Task::Chat => digest::chat(prompt, outline, italian(), variation),
        // Asked of `LocalCaptioning`, which sees the picture.
        Task::AltText => String::new(),
    }
}

fn block_text(
    conversation: &Conversation,
    block: Block,
    prompt: &str,
    present: Option<String>,
    variation: u64,
) -> String {
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
impl LocalReply {
    /// The same answer, ended early where it would take more than `most` tokens.
    #[must_use]
    pub fn at_most(mut self, most: Option<u32>) -> Self {
        let Some(most) = most.map(u64::from).filter(|most| self.usage.completion_tokens > *most) else {
            return self;
        };
        let mut text = String::new();
        self.pieces.retain(|piece| {
            text.push_str(piece);
            tokens(&text) <= most
        });
        self.usage = TokenUsage::of(self.usage.prompt_tokens, tokens(&self.pieces.concat()));
        self
    }
}

fn tokens(text: &str) -> u64 {
    (text.chars().count() as u64).div_ceil(4)
}

impl LocalCaptioning for Sandbox {
    fn caption(&self, picture: &Picture, language: Option<&str>) -> Result<String, Cause> {
        let italian = language.is_some_and(|tag| std::ptr::eq(language::of_tag(tag), &italian::TONGUE));
        caption::caption(&picture.bytes, italian).map_err(|caption::Unreadable| Cause::ImageRejected)
    }
}

impl LocalDrawing for Sandbox {
    fn draw(&self, order: &ImageRequest, nth: u32) -> Result<Vec<u8>, Cause> {
        // The sizes of SDXL, which Beefree uses.
        let (width, height) = match order.aspect_ratio {
            AspectRatio::Square => (1024, 1024),
            AspectRatio::FourToThree => (1152, 864),
            AspectRatio::ThreeToTwo => (1216, 811),
            AspectRatio::Wide => (1344, 756),
        };
        let drawing = draw::Drawing {
            prompt: &order.prompt,
            negative: order.negative_prompt.as_deref().unwrap_or_default(),
            style: order.style.as_deref().unwrap_or_default(),
            width,
            height,
            seed: u64::from(order.seed.unwrap_or_default()).wrapping_add(u64::from(nth)),
        };
        draw::draw(&drawing).ok_or(Cause::Internal)
    }
}

impl LocalTranslating for Sandbox {
    fn translate(&self, order: &TranslationOrder<'_>) -> Translations {
        let characters = order.texts.iter().map(|text| text.chars().count() as u64).sum();
        let texts = order.texts.iter().map(|text| pseudo::pseudo(text, order.target)).collect();
        Translations { texts, billed: Some(characters) }
    }
}
