//! Golden files, conversations and a plain way to write down events, for the adapters' tests.

// Each test file is a crate of its own and uses a part of this; its allowances hold here too.
#![allow(dead_code, unreachable_pub)]

use std::fs;
use std::path::{Path, PathBuf};

use domain::addons::ai_integration::{Block, WritingRequest};
use domain::writing::{Conversation, Speaker, Task, Turn};
use domain::{BaseUrl, ProviderKind, ProviderOptions};
use providers::{Adapter, StreamReader, Target, UpstreamRequest, UpstreamWriting, Way, WritingEvent};

pub const UPSTREAM_KINDS: [&str; 2] = ["openai", "anthropic"];

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

pub fn request(kind: &str, model: Option<&str>, block: Block, streamed: bool) -> UpstreamRequest {
    let base_url = BaseUrl::parse(adapter(kind).descriptor().base_url).unwrap();
    let model = model.map(|id| id.to_owned().try_into().unwrap());
    let options = ProviderOptions::default();
    let target = Target { base_url: &base_url, model: model.as_ref(), options: &options };
    upstream(kind).request(&target, &long_conversation(block), streamed)
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
