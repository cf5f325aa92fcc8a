//! Recorded streams give the events written beside them, however they are split; and every way a stream can fail
//! is told as what it is.

// Helpers of tests are tests too; clippy sees only the functions marked so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::fs;

use common::{check_golden, read, reader_of, recordings, written};
use domain::writing::Finish;
use providers::WritingEvent;

#[test]
fn recorded_streams_give_the_same_events_however_they_are_split() {
    for (kind, file) in recordings() {
        let kind = reader_of(kind, &file);
        let body = fs::read(&file).unwrap();
        let whole = read(kind, &[&body]);
        check_golden(&file.with_extension("events.txt"), &(whole.join("\n") + "\n"));
        for at in 0..body.len() {
            let (left, right) = body.split_at(at);
            assert_eq!(read(kind, &[left, right]), whole, "{} split at {at}", file.display());
        }
        let bytes: Vec<&[u8]> = body.chunks(1).collect();
        assert_eq!(read(kind, &bytes), whole, "{} byte by byte", file.display());
    }
}

#[test]
fn a_stream_cut_anywhere_is_never_taken_for_a_complete_one() {
    for (kind, file) in recordings() {
        let kind = reader_of(kind, &file);
        let body = fs::read(&file).unwrap();
        let whole = read(kind, &[&body]);
        // A recording that fails after its reason to finish has been complete in between.
        if whole.last().is_some_and(|last| last.starts_with("failed")) {
            continue;
        }
        let text = |events: &[String]| events.iter().filter(|event| event.starts_with("delta")).count();
        for at in 0..body.len() {
            let cut = read(kind, &[&body[..at]]);
            let (last, others) = cut.split_last().unwrap();
            assert!(last.starts_with("done") || last.starts_with("failed"), "{last}");
            assert!(!others.iter().any(|event| event.starts_with("done") || event.starts_with("failed")));
            if last.starts_with("done") {
                let complete = (text(&whole), whole.last().unwrap());
                assert_eq!((text(&cut), last), complete, "{at} {}", file.display());
            }
        }
    }
}

#[test]
fn failures_in_mid_stream_are_told_by_their_cause() {
    let openai = |error: &str| {
        format!("data: {{\"choices\":[{{\"delta\":{{\"content\":\"Hi\"}}}}]}}\n\ndata: {error}\n\n")
    };
    let anthropic = |error: &str| {
        format!(
            "data: {{\"type\":\"content_block_delta\",\"delta\":{{\"text\":\"Hi\"}}}}\n\nevent: error\ndata: {error}\n\n"
        )
    };
    for (kind, body, cause) in [
        (
            "openai",
            openai(r#"{"error":{"type":"server_error","code":null,"message":"x"}}"#),
            "upstream-error",
        ),
        ("openai", openai(r#"{"error":{"type":"requests","code":"rate_limit_exceeded"}}"#), "rate-limited"),
        ("openai", openai(r#"{"error":{"code":503,"message":"x"}}"#), "upstream-overloaded"),
        ("openai", openai(r#"{"error":{}}"#), "upstream-error"),
        // Azure's numbers are strings; compatible servers have words of their own in mid-stream too.
        ("azure-openai", openai(r#"{"error":{"code":"429","message":"x"}}"#), "rate-limited"),
        ("azure-openai", openai(r#"{"error":{"code":"content_filter","message":"x"}}"#), "content-filtered"),
        (
            "openai-compatible",
            openai(r#"{"error":"the request exceeds the available context size"}"#),
            "context-too-long",
        ),
        ("openai", openai("{\"broken\": "), "reply-invalid"),
        ("openai", openai("[1]"), "reply-invalid"),
        (
            "anthropic",
            anthropic(r#"{"type":"error","error":{"type":"overloaded_error"}}"#),
            "upstream-overloaded",
        ),
        ("anthropic", anthropic(r#"{"type":"error","error":{"type":"api_error"}}"#), "upstream-error"),
        ("anthropic", anthropic(r#"{"type":"error"}"#), "upstream-error"),
        ("anthropic", anthropic(r#"{"no":"type"}"#), "reply-invalid"),
    ] {
        let after = format!("{body}data: [DONE]\n\ndata: {{\"type\":\"message_stop\"}}\n\n");
        assert_eq!(read(kind, &[after.as_bytes()]), ["delta \"Hi\"", &format!("failed {cause}")], "{body}");
    }
}

#[test]
fn bodies_that_are_no_stream_fail() {
    for kind in common::UPSTREAM_KINDS {
        for body in ["", ": ping\n\n"] {
            assert_eq!(read(kind, &[body.as_bytes()]), ["failed stream-cut"], "{body}");
        }
        // No line of it is one that events have: it was never a stream, so nothing was cut off.
        for body in ["<!doctype html><title>Sign in</title>", "{\"choices\":[]}"] {
            assert_eq!(read(kind, &[body.as_bytes()]), ["failed reply-invalid"], "{body}");
        }
        let mut reader = common::upstream(kind).stream_reader();
        let mut events = Vec::new();
        for _ in 0..100 {
            reader.push(&[b'x'; 64 * 1024], &mut events);
        }
        reader.end(&mut events);
        assert_eq!(
            events.iter().map(written).collect::<Vec<_>>(),
            ["failed reply-invalid"],
            "an endless line"
        );
    }
}

#[test]
fn openai_streams_end_at_done_or_after_a_reason_to_finish() {
    let chunk =
        |rest: &str| format!("data: {{\"choices\":[{{\"delta\":{{\"content\":\"Hi\"}}{rest}}}]}}\n\n");
    let done = "data: [DONE]\n\n";
    for (body, last) in [
        (chunk(r#","finish_reason":"stop""#), "done Complete"),
        (chunk(r#","finish_reason":"length""#) + done, "done Length"),
        (chunk(r#","finish_reason":"content_filter""#) + done, "done Filtered"),
        (chunk(r#","finish_reason":"""#), "failed stream-cut"),
        (chunk("") + "data: [DONE]", "done Complete"),
        (chunk(""), "failed stream-cut"),
        (
            r#"data: {"choices":[{"delta":{"refusal":"No."},"finish_reason":"stop"}]}"#.to_owned(),
            "done Filtered",
        ),
    ] {
        assert_eq!(read("openai", &[body.as_bytes()]).last().unwrap(), last, "{body}");
    }
    // Azure's first chunk has no choices, some servers send null, Perplexity repeats the message beside the delta.
    let odd = concat!(
        "data: {\"choices\":[],\"object\":\"\"}\n\ndata: {\"choices\":null}\n\ndata: {\"choices\":[{\"finish_reason\":null}]}\n\n",
        "data: {\"choices\":[{\"delta\":{\"content\":\"b\"},\"message\":{\"content\":\"ab\"}}]}\n\ndata:[DONE] \n\n",
    );
    assert_eq!(read("openai", &[odd.as_bytes()]), ["delta \"b\"", "done Complete"]);
}

#[test]
fn anthropic_usage_is_cumulative_and_counts_the_cache() {
    let body = concat!(
        "data: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":10,\"cache_creation_input_tokens\":20,",
        "\"cache_read_input_tokens\":30,\"output_tokens\":1}}}\n\n",
        "data: {\"type\":\"unheard_of\",\"x\":1}\n\n",
        "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"max_tokens\"},\"usage\":{\"output_tokens\":7}}\n\n",
        "data: {\"type\":\"message_stop\"}\n\n",
    );
    assert_eq!(
        read("anthropic", &[body.as_bytes()]),
        ["usage 60 + 1 = 61", "usage 60 + 7 = 67", "done Length"]
    );
}

#[test]
fn nothing_follows_the_end() {
    let mut reader = common::upstream("openai").stream_reader();
    let mut events = Vec::new();
    reader.push(b"data: [DONE]\n\n", &mut events);
    reader.push(b"data: {\"choices\":[{\"delta\":{\"content\":\"late\"}}]}\n\n", &mut events);
    reader.end(&mut events);
    reader.end(&mut events);
    assert!(matches!(events.as_slice(), [WritingEvent::Done(Finish::Complete)]));
}
