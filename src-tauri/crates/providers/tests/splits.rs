//! Recordings may arrive split anywhere: the events, the usage that is metered and the stream in OpenAI's dialect are
//! the same. What the events are is `streams.rs`'s.

// Helpers of tests are tests too; clippy sees only the functions marked so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{adapter, check_golden, golden_files, read, reader_of, recordings};
use domain::Cause;
use proptest::prelude::*;
use providers::{Meter, Metered};
use serde_json::json;

fn metered(chunks: &[&[u8]]) -> Option<domain::TokenUsage> {
    let mut meter = Meter::start(Metered::Tokens, b"{}", "text/event-stream; charset=utf-8");
    chunks.iter().for_each(|chunk| meter.push(chunk));
    meter.used().tokens
}

/// An Anthropic stream in OpenAI's dialect, and how it ended.
fn translated(chunks: &[&[u8]]) -> (String, Result<(), Cause>) {
    let wish = json!({"stream": true, "stream_options": {"include_usage": true}});
    let mut translator = adapter("anthropic").chat_dialect().unwrap().translate_stream(&wish).unwrap();
    let mut out = Vec::new();
    chunks.iter().for_each(|chunk| translator.push(chunk, &mut out));
    let end = translator.end(&mut out);
    (String::from_utf8(out).unwrap(), end)
}

fn is_anthropic(file: &Path) -> bool {
    file.to_str().unwrap().contains("/anthropic/")
}

#[test]
fn what_is_metered_is_what_the_events_say_wherever_the_stream_is_split() {
    for (kind, file) in recordings() {
        let body = fs::read(&file).unwrap();
        let events = read(reader_of(kind, &file), &[&body]);
        let told = events.iter().rfind(|event| event.starts_with("usage"));
        let counted = metered(&[&body]);
        let count = |usage: domain::TokenUsage| {
            format!("usage {} + {} = {}", usage.prompt_tokens, usage.completion_tokens, usage.total_tokens)
        };
        assert_eq!(counted.map(count).as_ref(), told, "{}", file.display());
        for at in 0..body.len() {
            let (left, right) = body.split_at(at);
            assert_eq!(metered(&[left, right]), counted, "{} split at {at}", file.display());
        }
    }
}

#[test]
fn anthropics_streams_are_translated_wherever_they_are_split() {
    for file in golden_files("anthropic/streams", ".sse") {
        let body = fs::read(&file).unwrap();
        let (whole, end) = translated(&[&body]);
        check_golden(&file.with_extension("chat.txt"), &whole);
        assert_eq!(end, Ok(()), "{}", file.display());
        for at in 0..body.len() {
            let (left, right) = body.split_at(at);
            assert_eq!(translated(&[left, right]).0, whole, "{} split at {at}", file.display());
        }
        // A client of OpenAI's dialect reads what a client of Anthropic's own does, but for counts in between.
        let text = |events: Vec<String>| {
            let last_usage = events.iter().rposition(|event| event.starts_with("usage"));
            let kept = events.into_iter().enumerate();
            let kept = kept.filter(|(nth, event)| !event.starts_with("usage") || Some(*nth) == last_usage);
            kept.map(|(_, event)| event).collect::<Vec<_>>()
        };
        let theirs = text(read("openai", &[whole.as_bytes()]));
        assert_eq!(theirs, text(read("anthropic", &[&body])), "{}", file.display());
    }
}

#[test]
fn a_block_that_begins_with_text_loses_none() {
    let body = concat!(
        "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"Hel\"}}\n\n",
        "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"lo\"}}\n\n",
        "data: {\"type\":\"message_stop\"}\n\n",
    );
    let (whole, _) = translated(&[body.as_bytes()]);
    for events in [read("anthropic", &[body.as_bytes()]), read("openai", &[whole.as_bytes()])] {
        assert_eq!(events[..2], ["delta \"Hel\"", "delta \"lo\""]);
    }
}

#[test]
fn a_failure_in_mid_stream_is_translated() {
    let body = b"event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n";
    let (whole, end) = translated(&[body]);
    assert_eq!(end, Err(Cause::UpstreamOverloaded));
    assert!(whole.contains("\"code\":\"upstream-overloaded\"") && !whole.contains("[DONE]"));
    let (cut, end) = translated(&[b"data: {\"type\":\"ping\"}\n\n"]);
    assert_eq!(end, Err(Cause::StreamCut));
    assert!(cut.contains("stream-cut"));
}

fn any_recording() -> impl Strategy<Value = (&'static str, PathBuf)> {
    prop::sample::select(recordings())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn many_splits_change_nothing((kind, file) in any_recording(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..40)) {
        let body = fs::read(&file).unwrap();
        let mut places: Vec<_> = cuts.iter().map(|cut| cut.index(body.len())).chain([0, body.len()]).collect();
        places.sort_unstable();
        let chunks: Vec<_> = places.windows(2).map(|pair| &body[pair[0]..pair[1]]).collect();
        let reader = reader_of(kind, &file);
        prop_assert_eq!(read(reader, &chunks), read(reader, &[&body]));
        prop_assert_eq!(metered(&chunks), metered(&[&body]));
        if is_anthropic(&file) {
            prop_assert_eq!(translated(&chunks), translated(&[&body]));
        }
    }

    #[test]
    fn a_damaged_stream_ends_once_and_nothing_panics(
        (kind, file) in any_recording(),
        at in any::<prop::sample::Index>(),
        noise in prop::collection::vec(any::<u8>(), 0..24),
    ) {
        let mut body = fs::read(&file).unwrap();
        let at = at.index(body.len());
        let end = (at + noise.len()).min(body.len());
        body.splice(at..end, noise);
        let events = read(reader_of(kind, &file), &[&body]);
        let ends = events.iter().filter(|event| event.starts_with("done") || event.starts_with("failed")).count();
        prop_assert_eq!(ends, 1);
        metered(&[&body]);
        let (whole, _) = translated(&[&body]);
        prop_assert!(whole.matches("[DONE]").count() <= 1);
    }
}
