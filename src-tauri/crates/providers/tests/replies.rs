//! Whole replies, recorded and made up. Refusals are `failures.rs`'s.

// Helpers of tests are tests too; clippy sees only the functions marked so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::fs;

use common::{adapter, check_golden, golden, golden_files, reader_of, upstream};
use domain::Cause;
use domain::writing::Finish;
use providers::{Meter, Metered};
use serde_json::json;

/// A reply, and what a meter counts of it, as a golden file says it.
fn read(kind: &str, body: &[u8]) -> String {
    let reply = upstream(kind).read_reply(body).ok().unwrap();
    let mut meter = Meter::start(Metered::Tokens, b"{}", "application/json");
    meter.push(body);
    let usage = reply.usage.unwrap();
    assert_eq!(meter.used().tokens, Some(usage), "what is metered is what is read");
    let counts = format!("{} + {} = {}", usage.prompt_tokens, usage.completion_tokens, usage.total_tokens);
    format!("text {:?}\nusage {counts}\ndone {:?}\n", reply.text, reply.finish)
}

#[test]
fn recorded_replies_are_read() {
    for kind in common::UPSTREAM_KINDS {
        for file in golden_files(&format!("{kind}/replies"), ".json") {
            if file.ends_with("images-generation.json") {
                continue;
            }
            let body = fs::read(&file).unwrap();
            check_golden(&file.with_extension("read.txt"), &read(reader_of(kind, &file), &body));
        }
    }
}

#[test]
fn recorded_replies_are_translated_for_clients_of_openais_dialect() {
    let dialect = |kind| adapter(kind).chat_dialect().unwrap();
    let body = fs::read(golden("anthropic/replies/message-text.json")).unwrap();
    let translated = dialect("anthropic").translate_reply(&body).unwrap().unwrap();
    let text = String::from_utf8(translated).unwrap() + "\n";
    check_golden(&golden("anthropic/replies/message-text.chat.txt"), &text);
    assert_eq!(read("openai", text.as_bytes()), read("anthropic", &body));
    for kind in ["openai", "azure-openai", "openai-compatible"] {
        assert!(dialect(kind).translate_reply(&body).unwrap().is_none(), "{kind}: it already is");
    }
    assert_eq!(dialect("anthropic").translate_reply(b"{}").err(), Some(Cause::ReplyInvalid));
}

#[test]
fn every_reason_to_stop_is_translated() {
    let dialect = adapter("anthropic").chat_dialect().unwrap();
    for (theirs, openais) in [
        ("end_turn", "stop"),
        ("stop_sequence", "stop"),
        ("pause_turn", "stop"),
        ("max_tokens", "length"),
        ("model_context_window_exceeded", "length"),
        ("tool_use", "tool_calls"),
        ("refusal", "content_filter"),
    ] {
        let body = json!({"content": [{"type": "text", "text": "a"}], "stop_reason": theirs}).to_string();
        let reply = dialect.translate_reply(body.as_bytes()).unwrap().unwrap();
        let reply: serde_json::Value = serde_json::from_slice(&reply).unwrap();
        assert_eq!(reply["choices"][0]["finish_reason"], openais, "{theirs}");
    }
}

#[test]
fn every_end_of_openais_responses_is_read() {
    let said = |part: serde_json::Value| json!([{"type": "reasoning", "content": [{"text": "hm"}]}, {"type": "message", "content": [part]}]);
    let (text, no) =
        (json!({"type": "output_text", "text": "a"}), json!({"type": "refusal", "refusal": "No."}));
    for (status, details, part, words, finish) in [
        ("completed", json!(null), &text, "a", Finish::Complete),
        ("incomplete", json!({"reason": "max_output_tokens"}), &text, "a", Finish::Length),
        ("incomplete", json!({"reason": "content_filter"}), &text, "a", Finish::Filtered),
        ("completed", json!(null), &no, "", Finish::Filtered),
    ] {
        let response = json!({"object": "response", "status": status, "incomplete_details": details, "output": said(part.clone())});
        let reply = upstream("openai").read_reply(response.to_string().as_bytes()).ok().unwrap();
        assert_eq!((reply.text.as_str(), reply.finish), (words, finish), "{response}");
        let event = json!({"type": format!("response.{status}"), "response": response});
        let stream = format!("event: response.{status}\ndata: {event}\n\n");
        assert_eq!(common::read("openai", &[stream.as_bytes()]), [format!("done {finish:?}")], "{event}");
    }
    let failed = json!({"object": "response", "status": "failed", "error": {"code": "rate_limit_exceeded", "message": "x"}});
    assert_eq!(upstream("openai").read_reply(failed.to_string().as_bytes()).err(), Some(Cause::RateLimited));
    let event = json!({"type": "response.failed", "response": failed});
    assert_eq!(common::read("openai", &[format!("data: {event}\n\n").as_bytes()]), ["failed rate-limited"]);
}

#[test]
fn odd_replies_are_read() {
    for (kind, body, text, finish) in [
        ("openai", json!({"choices": [{"message": {"content": "a"}}]}), "a", Finish::Complete),
        (
            "openai",
            json!({"choices": [{"message": {"content": "a"}, "finish_reason": "length"}]}),
            "a",
            Finish::Length,
        ),
        ("openai", json!({"choices": [{"finish_reason": "content_filter"}]}), "", Finish::Filtered),
        (
            "openai",
            json!({"choices": [{"message": {"content": null, "refusal": "No."}}]}),
            "",
            Finish::Filtered,
        ),
        (
            "anthropic",
            json!({"content": [{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}),
            "ab",
            Finish::Complete,
        ),
        ("anthropic", json!({"content": [], "stop_reason": "refusal"}), "", Finish::Filtered),
        (
            "anthropic",
            json!({"content": [], "stop_reason": "model_context_window_exceeded"}),
            "",
            Finish::Length,
        ),
        ("anthropic", json!({"content": [], "stop_reason": "max_tokens"}), "", Finish::Length),
    ] {
        let reply = upstream(kind).read_reply(body.to_string().as_bytes()).ok().unwrap();
        assert_eq!((reply.text.as_str(), reply.finish), (text, finish), "{body}");
    }
    let cached = json!({"content": [], "usage": {"input_tokens": 1, "cache_read_input_tokens": 2, "cache_creation_input_tokens": 4, "output_tokens": 8}});
    let usage = upstream("anthropic").read_reply(cached.to_string().as_bytes()).ok().unwrap().usage.unwrap();
    assert_eq!((usage.prompt_tokens, usage.completion_tokens, usage.total_tokens), (7, 8, 15));
}

#[test]
fn bodies_that_are_no_reply_are_refused() {
    for kind in common::UPSTREAM_KINDS {
        for body in ["", "<html>", "{}", "[]", "{\"choices\":[]}", "{\"choices\":[{\"message\":", "\u{0}"] {
            assert_eq!(
                upstream(kind).read_reply(body.as_bytes()).err(),
                Some(Cause::ReplyInvalid),
                "{kind} {body}"
            );
        }
    }
    // A wrong address at LM Studio is a 200 (lmstudio-bug-tracker issue 618).
    let lost = json!({"error": "Unexpected endpoint or method. (POST /chat/completions)"}).to_string();
    assert_eq!(upstream("openai-compatible").read_reply(lost.as_bytes()).err(), Some(Cause::EndpointUnknown));
    let late = json!({"error": {"code": 429, "message": "x"}, "choices": []}).to_string();
    assert_eq!(upstream("openai").read_reply(late.as_bytes()).err(), Some(Cause::RateLimited));
}
