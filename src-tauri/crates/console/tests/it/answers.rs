//! Real prompts travel the whole way: both providers, whole and piece by piece, and the sandbox.

use console::api::*;
use serde_json::{Value, json};
use testkit::leak::scan_bytes;
use testkit::upstream::Dialect;

use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_prompt_travels_and_only_the_provider_sees_the_key() {
    for dialect in [Dialect::OpenAi, Dialect::Anthropic] {
        let bench = Bench::at(dialect, false).await;
        let whole = bench.write("Spring sale", false).await;
        assert_eq!(whole.status, 200, "{}", whole.body);
        assert!(whole.json()["content"].as_str().unwrap().contains("MARKER"));
        assert!(whole.json()["usage"]["total_tokens"].as_u64().unwrap() > 0);
        assert_eq!(whole.json()["usage"]["uid"], "mario-rossi");
        let request = bench.upstream.last_request().unwrap();
        let header = if dialect == Dialect::OpenAi { "authorization" } else { "x-api-key" };
        assert!(request.header(header).unwrap().ends_with(bench.key.key()));
        assert!(!String::from_utf8_lossy(&request.body).contains("mario-rossi"));

        let streamed = bench.write("Spring sale", true).await;
        let events = streamed.events();
        let names: Vec<&str> = events.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!((names[0], names[names.len() - 1]), ("start", "done"), "{names:?}");
        let deltas: String = events
            .iter()
            .filter(|(name, _)| name == "delta")
            .map(|(_, data)| data["text"].as_str().unwrap())
            .collect();
        assert_eq!(events.last().unwrap().1["content"], deltas.trim());
        assert_eq!(events.last().unwrap().1["content"], whole.json()["content"]);
        let said = bench.seen.lock().unwrap().clone();
        assert!(scan_bytes(&said, &bench.key).is_empty(), "a reply holds the key");
        let rows = bench.activity().await;
        assert_eq!(rows.len(), 2);
        assert!(
            rows.iter().all(|row| row["status"] == 200 && row["timings"]["key_open_us"].is_u64()),
            "{rows:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sandbox_answers_without_key_or_vault() {
    let bench = Bench::openai().await;
    bench.console.demo_prepare(Nothing {}).await.unwrap();
    let apps: Items<ApplicationView> = call(&bench.console, "application_list", json!({})).await;
    let demo = apps.items.iter().find(|app| app.name == "Demo").unwrap();
    let link: PreviewLink = call(&bench.console, "preview_link", json!({ "application": demo.id })).await;
    let (base, code) = link.url.split_once("/demo/#code=").unwrap();
    let own = [("Origin", base)];
    let session = bench.post("/demo/session", &own, &json!({ "code": code })).await;
    let bearer = format!("Bearer {}", session.json()["access_token"].as_str().unwrap());
    let page = [("Origin", base), ("Authorization", bearer.as_str())];
    let answer =
        bench.post("/v1/ai/text", &page, &body("Write about our spring sale on running shoes")).await;
    assert_eq!(answer.json()["provider"]["type"], "sandbox");
    assert!(!answer.json()["content"].as_str().unwrap().is_empty());
    assert_eq!(bench.upstream.counts().requests, 0);
    // The code was good once, and the token is good for that page alone.
    assert_eq!(bench.post("/demo/session", &own, &json!({ "code": code })).await.cause(), "demo-code-used");
    let foreign = [("Origin", ORIGIN), ("Authorization", bearer.as_str())];
    assert_eq!(bench.post("/v1/ai/text", &foreign, &body("x")).await.cause(), "origin-not-allowed");
    assert_eq!(bench.post("/v1/ai/text", &page[1..], &body("x")).await.cause(), "origin-not-allowed");
}

#[tokio::test(flavor = "multi_thread")]
async fn preparing_the_demo_twice_changes_nothing() {
    let bench = Bench::openai().await;
    bench.console.demo_prepare(Nothing {}).await.unwrap();
    let before: Value = call(&bench.console, "application_list", json!({})).await;
    bench.console.demo_prepare(Nothing {}).await.unwrap();
    let after: Value = call(&bench.console, "application_list", json!({})).await;
    assert_eq!(before, after);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_tested_before_and_after_it_is_stored() {
    let bench = Bench::openai().await;
    let id = &bench.provider["id"];
    let report: TestReport = call(&bench.console, "provider_test", json!({ "stored": id })).await;
    assert!(report.ok && report.stages.last().unwrap().stage == console::Stage::FirstByte, "{report:?}");
    let wrong = bench.console.key_stage(zeroize::Zeroizing::new(b"sk-wrong-0123456789".to_vec())).unwrap();
    let test = json!({ "replacement": { "provider": id, "key": wrong.id } });
    let report: TestReport = call(&bench.console, "provider_test", test).await;
    assert_eq!((report.ok, report.cause), (false, Some(domain::Cause::KeyRejected)));
    // The stored key is still the good one.
    assert_eq!(bench.write("x", false).await.status, 200);
    let replace = json!({ "provider": id, "key": wrong.id });
    let _: Value = call(&bench.console, "provider_replace_key", replace).await;
    assert_eq!(bench.write("x", false).await.cause(), "key-rejected");
}
