//! Whole replies and error bodies, recorded and made up.

// Helpers of tests are tests too; clippy sees only the functions marked so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::fs;

use common::{adapter, golden, golden_files, upstream};
use domain::Cause;
use domain::writing::Finish;
use serde_json::json;

#[test]
fn recorded_replies_are_read() {
    let openai = fs::read(golden("openai/replies/chat-text.json")).unwrap();
    let reply = upstream("openai").read_reply(&openai).ok().unwrap();
    assert!(
        reply.text.starts_with("**Holiday Name:** Galaxy Day") && reply.text.ends_with("beyond our world.")
    );
    assert_eq!((reply.usage.unwrap().total_tokens, reply.finish), (379, Finish::Complete));
    let anthropic = fs::read(golden("anthropic/replies/message-text.json")).unwrap();
    let reply = upstream("anthropic").read_reply(&anthropic).ok().unwrap();
    assert!(reply.text.starts_with("Hello! I'm doing well"));
    assert_eq!((reply.usage.unwrap().total_tokens, reply.finish), (41, Finish::Complete));
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
    let late = json!({"error": {"code": 429, "message": "x"}, "choices": []}).to_string();
    assert_eq!(upstream("openai").read_reply(late.as_bytes()).err(), Some(Cause::RateLimited));
}

fn openai(kind: &str, code: serde_json::Value, message: &str) -> String {
    json!({"error": {"message": message, "type": kind, "param": null, "code": code}}).to_string()
}

#[test]
fn openai_failures() {
    const BAD: &str = "invalid_request_error";
    let scopes = "You have insufficient permissions for this operation. Missing scopes: model.request.";
    let echo = "Incorrect API key provided: sk jj. You can find your API key at https://platform.openai.com.";
    for (status, body, cause) in [
        (401, openai(BAD, json!("invalid_api_key"), echo), Cause::KeyRejected),
        (401, openai(BAD, json!(null), "You must be a member of an organization"), Cause::KeyRejected),
        (401, openai(BAD, json!(null), scopes), Cause::PermissionDenied),
        (403, openai(BAD, json!(null), scopes), Cause::PermissionDenied),
        (
            403,
            openai("request_forbidden", json!("unsupported_country_region_territory"), ""),
            Cause::PermissionDenied,
        ),
        (404, openai(BAD, json!("model_not_found"), ""), Cause::ModelUnknown),
        (404, openai(BAD, json!(null), ""), Cause::ModelUnknown),
        (404, "<html>nginx</html>".to_owned(), Cause::ReplyInvalid),
        (429, openai("requests", json!("rate_limit_exceeded"), ""), Cause::RateLimited),
        (429, openai("insufficient_quota", json!("insufficient_quota"), ""), Cause::QuotaExhausted),
        (429, openai("insufficient_quota", json!("credit_balance_exhausted"), ""), Cause::QuotaExhausted),
        (429, String::new(), Cause::RateLimited),
        (402, String::new(), Cause::QuotaExhausted),
        (400, openai(BAD, json!("content_policy_violation"), ""), Cause::ContentFiltered),
        (400, openai(BAD, json!("content_filter"), ""), Cause::ContentFiltered),
        (500, openai("server_error", json!(null), ""), Cause::UpstreamError),
        (503, openai("service_unavailable_error", json!("slow_down"), ""), Cause::UpstreamOverloaded),
        (503, "overloaded".to_owned(), Cause::UpstreamOverloaded),
        (502, "<html>".to_owned(), Cause::UpstreamError),
        (307, String::new(), Cause::UpstreamRedirect),
        (302, openai(BAD, json!("invalid_api_key"), ""), Cause::UpstreamRedirect),
        (418, String::new(), Cause::UpstreamRejected),
        (999, String::new(), Cause::ReplyInvalid),
        (100, String::new(), Cause::ReplyInvalid),
    ] {
        assert_eq!(adapter("openai").read_failure(status, body.as_bytes()), cause, "{status} {body}");
    }
}

#[test]
fn anthropic_failures() {
    let body = |kind: &str, message: &str| {
        json!({"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_1"})
            .to_string()
    };
    let credit = "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing.";
    for (status, body, cause) in [
        (401, body("authentication_error", "invalid x-api-key"), Cause::KeyRejected),
        (402, body("billing_error", ""), Cause::QuotaExhausted),
        (400, body("invalid_request_error", credit), Cause::QuotaExhausted),
        (
            400,
            body("invalid_request_error", "You have reached your specified API usage limits."),
            Cause::QuotaExhausted,
        ),
        (400, body("invalid_request_error", "max_tokens: Field required"), Cause::UpstreamRejected),
        (403, body("permission_error", ""), Cause::PermissionDenied),
        (404, body("not_found_error", "model: claude-does-not-exist"), Cause::ModelUnknown),
        (413, body("request_too_large", ""), Cause::UpstreamRejected),
        (429, body("rate_limit_error", ""), Cause::RateLimited),
        // The tier's spending cap; the wording is that of the 400 above, no recording was found.
        (429, body("rate_limit_error", "You have reached your API usage limits."), Cause::QuotaExhausted),
        (500, body("api_error", ""), Cause::UpstreamError),
        (504, body("timeout_error", ""), Cause::UpstreamError),
        (529, body("overloaded_error", "Overloaded"), Cause::UpstreamOverloaded),
        (529, String::new(), Cause::UpstreamOverloaded),
        (301, String::new(), Cause::UpstreamRedirect),
    ] {
        assert_eq!(adapter("anthropic").read_failure(status, body.as_bytes()), cause, "{status} {body}");
    }
}

#[test]
fn recorded_errors_are_read() {
    for (kind, name, cause) in [
        ("openai", "error-400-invalid-temperature", Cause::UpstreamRejected),
        ("openai", "error-400-reasoning-max-tokens", Cause::UpstreamRejected),
        ("openai", "error-400-reasoning-temperature", Cause::UpstreamRejected),
        ("openai", "error-429-insufficient-quota", Cause::QuotaExhausted),
        ("anthropic", "error-400-invalid-request", Cause::UpstreamRejected),
        ("anthropic", "error-404-model-not-found", Cause::ModelUnknown),
    ] {
        let status = name[6..9].parse().unwrap();
        let body = fs::read(golden(&format!("{kind}/errors/{name}.json"))).unwrap();
        assert_eq!(adapter(kind).read_failure(status, &body), cause, "{name}");
    }
    let files =
        golden_files("openai/errors", ".json").len() + golden_files("anthropic/errors", ".json").len();
    assert_eq!(files, 6, "each recorded error is in the table");
}

#[test]
fn invariant_1_nothing_of_a_key_comes_out_of_an_error() {
    // What comes out is a cause: one of a fixed set of words, whatever the body says.
    let key = "sk-proj-canary0123456789";
    for kind in ["openai", "anthropic", "sandbox"] {
        for status in [200, 302, 400, 401, 403, 404, 429, 500, 529] {
            for body in [
                openai(key, json!(key), key),
                json!({"error": key}).to_string(),
                json!({"error": {"type": "invalid_request_error", "code": "invalid_api_key", "message": key}}).to_string(),
                key.to_owned(),
            ] {
                let cause = adapter(kind).read_failure(status, body.as_bytes());
                let told = format!("{cause:?} {} {}", cause.word(), cause.message());
                assert!(key.as_bytes().windows(8).all(|part| !told.contains(std::str::from_utf8(part).unwrap())));
            }
        }
    }
}
