//! Golden files, conversations and a plain way to write down events, for the adapters' tests.

// Each test file is a crate of its own and uses a part of this; its allowances hold here too.
#![allow(dead_code, unreachable_pub)]

pub mod schema;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::addons::ai_integration::{Block, WritingRequest};
use domain::writing::{Conversation, Picture, PictureKind, Speaker, Task, Turn};
use domain::{BaseUrl, Model, ProviderKind, ProviderOptions};
use providers::{Adapter, StreamReader, Target, UpstreamRequest, UpstreamWriting, Way, WritingEvent};

/// The providers that write by asking a server.
pub const UPSTREAM_KINDS: [&str; 4] = ["openai", "azure-openai", "anthropic", "openai-compatible"];

/// A picture of one pixel.
pub const PIXEL: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

pub fn golden(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/golden/providers").join(path)
}

/// The files of a folder with this ending, sorted; never none.
pub fn golden_files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(golden(folder)).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries.filter(|path| path.to_str().unwrap().ends_with(ending)).collect();
    files.sort();
    assert!(!files.is_empty(), "{folder} has golden files");
    files
}

/// Compares with a golden file of ours, or writes it when told to.
pub fn check_golden(path: &Path, actual: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(path, actual).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert_eq!(actual, expected, "{}", path.display());
}

pub fn adapter(kind: &str) -> &'static dyn Adapter {
    providers::adapter(&ProviderKind::try_from(kind.to_owned()).unwrap()).unwrap()
}

pub fn upstream(kind: &str) -> &'static dyn UpstreamWriting {
    match adapter(kind).writing() {
        Some(Way::Upstream(writing)) => writing,
        _ => panic!("{kind} writes upstream"),
    }
}

/// A conversation as the proxy makes it of a request's body.
pub fn conversation(json: serde_json::Value) -> Conversation {
    serde_json::from_value::<WritingRequest>(json).unwrap().conversation().unwrap()
}

/// A conversation with two turns of history.
pub fn long_conversation(block: Block) -> Conversation {
    let turn = |speaker, text: &str| Turn { speaker, text: text.to_owned() };
    Conversation {
        instructions: "You write copy. Keep {{name}}.".to_owned(),
        turns: vec![
            turn(Speaker::EndUser, "Write about \"shoes\"\nand è 🙂"),
            turn(Speaker::Model, "Shoes are here."),
            turn(Speaker::EndUser, "Shorter"),
        ],
        content: None,
        language: None,
        picture: None,
        task: Task::Block(block),
    }
}

/// The same with a picture.
pub fn seeing_conversation() -> Conversation {
    let bytes: Arc<[u8]> = STANDARD.decode(PIXEL).unwrap().into();
    let picture = Picture { kind: PictureKind::of(&bytes).unwrap(), bytes };
    Conversation { picture: Some(picture), task: Task::AltText, ..long_conversation(Block::Title) }
}

/// A configured provider.
pub struct Setup {
    pub base_url: BaseUrl,
    pub model: Option<Model>,
    pub options: ProviderOptions,
}

impl Setup {
    /// With its own base URL, or an example where only its owner knows one.
    pub fn of(kind: &str, model: Option<&str>, options: &[(&str, &str)]) -> Self {
        let base_url = match adapter(kind).descriptor().base_url {
            "" => "https://res.example",
            known => known,
        };
        let options = options.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let options = options.collect::<BTreeMap<_, _>>().try_into().unwrap();
        let model = model.map(|id| id.to_owned().try_into().unwrap());
        Self { base_url: BaseUrl::parse(base_url).unwrap(), model, options }
    }

    pub fn target(&self) -> Target<'_> {
        Target {
            base_url: &self.base_url,
            model: self.model.as_ref(),
            options: &self.options,
            output_max: None,
        }
    }
}

pub fn request(kind: &str, model: Option<&str>, block: Block, streamed: bool) -> UpstreamRequest {
    let setup = Setup::of(kind, model, &[]);
    upstream(kind).request(&setup.target(), &long_conversation(block), streamed)
}

pub fn header<'r>(request: &'r UpstreamRequest, name: &str) -> Option<&'r str> {
    let found = request.headers.iter().find(|(known, _)| known.as_str() == name);
    found.map(|(_, value)| value.to_str().unwrap())
}

/// Every recorded stream, with whose server it is.
pub fn recordings() -> Vec<(&'static str, PathBuf)> {
    let of =
        |kind| golden_files(&format!("{kind}/streams"), ".sse").into_iter().map(move |file| (kind, file));
    UPSTREAM_KINDS.into_iter().flat_map(of).collect()
}

/// Who reads a recording: the Responses API is OpenAI's adapter's, whoever's server spoke it.
pub fn reader_of<'k>(kind: &'k str, file: &Path) -> &'k str {
    if file.to_str().unwrap().contains("responses-") { "openai" } else { kind }
}

pub fn written(event: &WritingEvent) -> String {
    match event {
        WritingEvent::Delta(text) => format!("delta {text:?}"),
        WritingEvent::Usage(usage) => {
            format!("usage {} + {} = {}", usage.prompt_tokens, usage.completion_tokens, usage.total_tokens)
        }
        WritingEvent::Done(finish) => format!("done {finish:?}"),
        WritingEvent::Failed(cause) => format!("failed {}", cause.word()),
    }
}

/// Reads a body that comes in these chunks, and ends.
pub fn read(kind: &str, chunks: &[&[u8]]) -> Vec<String> {
    let mut reader: Box<dyn StreamReader> = upstream(kind).stream_reader();
    let mut events = Vec::new();
    for chunk in chunks {
        reader.push(chunk, &mut events);
    }
    reader.end(&mut events);
    events.iter().map(written).collect()
}
