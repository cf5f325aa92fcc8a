//! Invariant 6: honest errors. Each way the upstream can fail has its status, number and word; nothing is lost.

use serde_json::json;
use testkit::upstream::{Behaviour, Dialect, Options, Upstream};

use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn invariant_6_each_upstream_failure_has_its_own_word() {
    let bench = Bench::openai().await;
    let table = [
        (Behaviour::Unauthorized, 502, "key-rejected"),
        (Behaviour::PermissionDenied, 502, "permission-denied"),
        (Behaviour::RateLimited { retry_after: Some(7) }, 429, "rate-limited"),
        (Behaviour::QuotaExhausted, 429, "quota-exhausted"),
        (Behaviour::ServerError(500), 502, "upstream-error"),
        (Behaviour::ServerError(503), 503, "upstream-overloaded"),
        (Behaviour::ModelNotFound, 502, "model-unknown"),
        (Behaviour::ContentFiltered, 502, "content-filtered"),
        (Behaviour::Redirect, 502, "upstream-redirect"),
        (Behaviour::BrokenJson, 502, "reply-invalid"),
        (Behaviour::EmptyAnswer, 502, "reply-invalid"),
        (Behaviour::CutStream(0), 502, "stream-cut"),
    ];
    for (behaviour, status, cause) in table {
        let shown = format!("{behaviour:?}");
        bench.upstream.set_behaviour(behaviour);
        let reply = bench.write("Hello", false).await;
        assert_eq!((reply.status, reply.cause().as_str()), (status, cause), "{shown}: {}", reply.body);
        assert_eq!(reply.json()["code"], 9900, "{shown}");
        assert_eq!(reply.json()["status_code"], status, "{shown}");
        assert!(reply.head.contains("x-addon-console-error: upstream"), "{shown}");
        assert_eq!(bench.activity().await[0]["cause"], cause, "{shown}");
    }
    bench.upstream.set_behaviour(Behaviour::RateLimited { retry_after: Some(7) });
    let reply = bench.write("Hello", false).await;
    assert!(reply.head.contains("retry-after: 7"));
    assert_eq!(reply.json()["detail"]["retryAfter"], 7);
    // After every failure the next call simply works.
    bench.upstream.set_behaviour(Behaviour::Ok);
    assert_eq!(bench.write("Hello", false).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn invariant_6_a_stream_that_fails_ends_in_a_well_formed_event() {
    for dialect in [Dialect::OpenAi, Dialect::Anthropic] {
        let bench = Bench::at(dialect, false).await;
        let table = [
            (Behaviour::CutStream(2), "stream-cut"),
            (Behaviour::EndEarly(2), "stream-cut"),
            (Behaviour::ContentFiltered, "content-filtered"),
        ];
        for (behaviour, cause) in table {
            bench.upstream.set_behaviour(behaviour);
            let reply = bench.write("Tell me a long story about it", true).await;
            let (name, data) = reply.events().pop().unwrap_or_default();
            let said = if reply.status == 200 {
                (name == "error").then(|| data["cause"].clone())
            } else {
                Some(json!(reply.cause()))
            };
            assert_eq!(said, Some(json!(cause)), "{:?} {}", dialect, reply.body);
            assert_eq!(bench.activity().await[0]["cause"], cause);
        }
        bench.upstream.set_behaviour(Behaviour::FailStream(2));
        let reply = bench.write("Tell me a long story about it", true).await;
        assert_eq!(reply.events().pop().unwrap().0, "error", "{}", reply.body);
        bench.upstream.set_behaviour(Behaviour::SplitUtf8);
        let reply = bench.write("Hello", true).await;
        assert!(reply.events().pop().unwrap().1["content"].as_str().unwrap().contains("è — 🙂"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upstream_that_is_down_or_not_trusted_says_so() {
    let bench = Bench::at(Dialect::OpenAi, true).await;
    // The test CA is not one this machine trusts.
    let reply = bench.write("Hello", false).await;
    assert_eq!((reply.status, reply.cause().as_str()), (502, "tls-unknown-ca"), "{}", reply.body);
    assert_eq!(bench.upstream.counts().requests, 0);

    let mut bench = Bench::openai().await;
    // Another upstream takes the field; the provider's own address has nobody any more.
    bench.upstream = Upstream::start(Dialect::OpenAi, Options::default()).await;
    let reply = bench.write("Hello", false).await;
    assert_eq!((reply.status, reply.cause().as_str()), (502, "connection-refused"), "{}", reply.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_or_disabled_addon_calls_nobody() {
    let bench = Bench::openai().await;
    let id = bench.application.application.id;
    let addon = json!({ "application": id, "handle": "ai-integration" });
    let set = |field: &str, value: serde_json::Value| {
        let mut update = addon.clone();
        update[field] = value;
        update
    };
    let off: serde_json::Value = call(&bench.console, "addon_update", set("enabled", json!(false))).await;
    assert_eq!(off["state"], "off");
    let reply = bench.write("Hello", false).await;
    assert_eq!(
        (reply.status, reply.json()["code"].as_u64(), reply.cause().as_str()),
        (403, Some(1705), "addon-disabled")
    );
    let _: serde_json::Value = call(&bench.console, "addon_update", set("enabled", json!(true))).await;
    let _: serde_json::Value = call(&bench.console, "addon_update", set("providers", json!([]))).await;
    let reply = bench.write("Hello", false).await;
    assert_eq!((reply.status, reply.cause().as_str()), (503, "no-provider"));
    let _: serde_json::Value = call(&bench.console, "addon_remove", addon.clone()).await;
    let reply = bench.write("Hello", false).await;
    assert_eq!((reply.status, reply.cause().as_str()), (404, "addon-unknown"));
    assert_eq!(bench.upstream.counts().requests, 0);
}
