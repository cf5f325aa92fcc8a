//! Retries, fallback and breaker: what is tried again, where the next provider is asked, and that nothing else is.

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use testkit::scripted::{Asked, Said, Scripted};
use testkit::upstream::Behaviour;

use crate::support::*;

/// A chat completion, or a failure.
fn chat(status: u16) -> Said {
    match status {
        200 => Said::json(
            200,
            &json!({ "choices": [{ "message": { "content": "From the second" }, "finish_reason": "stop" }],
                     "usage": { "prompt_tokens": 1, "completion_tokens": 2 } }),
        ),
        status => Said::json(status, &json!({ "error": { "message": "no", "type": "x", "code": null } })),
    }
}

/// A bench whose writing assistant asks a scripted provider first, and a good one second.
async fn pair(script: impl Fn(&Asked) -> Said + Send + Sync + 'static) -> (Bench, Scripted) {
    let bench = Bench::openai().await;
    let first = Scripted::start(None, script).await;
    let (id, _) = bench.provider("openai", "First", &first.url(), json!({})).await;
    let second = bench.provider["id"].clone();
    bench.addon("ai-integration", &[&id, &second]).await;
    (bench, first)
}

#[tokio::test(flavor = "multi_thread")]
async fn passing_failures_are_tried_again_and_then_asked_of_the_next_provider() {
    // Status, upstream requests, whether the second provider answers.
    for (status, tries, second) in [
        (502, 3, true),
        (503, 3, true),
        (529, 3, true),
        (429, 3, true),
        // A server that failed may have done half of it: asked elsewhere, not again.
        (500, 1, true),
        (400, 1, false),
        (401, 1, false),
        (403, 1, false),
        (404, 1, false),
    ] {
        let (bench, first) = pair(move |_| chat(status)).await;
        let reply = bench.write("Hello", false).await;
        assert_eq!(first.asked().len(), tries, "{status}");
        assert_eq!(reply.status == 200, second, "{status}: {}", reply.body);
        let row = &bench.activity().await[0];
        assert_eq!(row["attempts"], tries + usize::from(second), "{status}");
        let asked = if second { &bench.provider["id"] } else { &row["provider"] };
        assert_eq!(&row["provider"], asked, "the row names who answered");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn upstreams_own_word_on_trying_again_is_heard() {
    for (headers, tries) in [
        (vec![("x-should-retry", "false")], 1),
        (vec![("retry-after", "3600")], 1),
        (vec![("retry-after-ms", "1")], 3),
        (vec![("retry-after", "0")], 3),
    ] {
        let shown = format!("{headers:?}");
        let (bench, first) =
            pair(move |_| headers.iter().fold(chat(429), |said, (name, value)| said.with(name, value))).await;
        assert_eq!(bench.write("Hello", false).await.status, 200, "{shown}");
        assert_eq!(first.asked().len(), tries, "{shown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_try_that_works_is_the_answer() {
    let (bench, first) = pair(|asked| chat(if asked.nth == 0 { 503 } else { 200 })).await;
    let reply = bench.write("Hello", false).await;
    assert_eq!(reply.json()["content"], "From the second", "{}", reply.body);
    assert_eq!(first.asked().len(), 2);
    // The same request to the byte, key and all.
    assert_eq!(first.asked()[0].body, first.asked()[1].body);
    assert_eq!(first.asked()[0].header("authorization"), first.asked()[1].header("authorization"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exhausted_quota_is_not_tried_again_though_it_is_a_429() {
    let bench = Bench::openai().await;
    bench.upstream.set_behaviour(Behaviour::QuotaExhausted);
    assert_eq!(bench.write("Hello", false).await.cause(), "quota-exhausted");
    assert_eq!(bench.upstream.counts().requests, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_fall_back_before_their_first_byte() {
    let (bench, first) = pair(|_| chat(503)).await;
    let reply = bench.write("Hello", true).await;
    let (name, _) = reply.events().pop().unwrap();
    assert_eq!((name.as_str(), first.asked().len()), ("done", 3), "{}", reply.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_keeps_failing_stands_back_for_a_while() {
    let status = Arc::new(AtomicU16::new(500));
    let shared = Arc::clone(&status);
    let (bench, first) = pair(move |_| chat(shared.load(Ordering::SeqCst))).await;
    for _ in 0..5 {
        assert_eq!(bench.write("Hello", false).await.status, 200);
    }
    assert_eq!(first.asked().len(), 5);
    bench.write("Hello", false).await;
    assert_eq!(first.asked().len(), 5, "not asked while it stands back");
    bench.clock.advance(Duration::from_secs(31));
    status.store(200, Ordering::SeqCst);
    let reply = bench.write("Hello", false).await;
    assert_eq!(reply.json()["content"], "From the second", "one call proves it well again");
    bench.write("Hello", false).await;
    assert_eq!(first.asked().len(), 7, "and it is the first again");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_nobody_else_to_ask_a_resting_provider_is_asked_all_the_same() {
    let bench = Bench::openai().await;
    bench.upstream.set_behaviour(Behaviour::ServerError(500));
    for _ in 0..7 {
        assert_eq!(bench.write("Hello", false).await.cause(), "upstream-error");
    }
    assert_eq!(bench.upstream.counts().requests, 7);
    bench.upstream.set_behaviour(Behaviour::Ok);
    assert_eq!(bench.write("Hello", false).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_two_writing_assistants_exclude_each_other() {
    let bench = Bench::openai().await;
    let id = bench.application.application.id;
    let custom = json!({ "application": id, "handle": "custom-ai-integration" });
    let _: Value = call(&bench.console, "addon_install", custom).await;
    let on = |handle: &str, on: bool| json!({ "application": id, "handle": handle, "enabled": on });
    let refused = bench.console.call("addon_update", on("custom-ai-integration", true)).await.unwrap_err();
    assert_eq!(serde_json::to_value(refused.code).unwrap(), "excluded");
    assert!(refused.message.contains("AI Writing Assistant"), "{}", refused.message);
    let _: Value = call(&bench.console, "addon_update", on("ai-integration", false)).await;
    let _: Value = call(&bench.console, "addon_update", on("custom-ai-integration", true)).await;
    let refused = bench.console.call("addon_update", on("ai-integration", true)).await.unwrap_err();
    assert_eq!(serde_json::to_value(refused.code).unwrap(), "excluded");
}
