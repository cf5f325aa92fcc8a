//! *Test connection* over HTTP: every labelled failure of every provider ends at its stage with its cause; models are
//! listed, checked and known to be retired.

use serde_json::{Value, json};
use testkit::scripted::{Asked, Said, Scripted};

use crate::support::*;

/// Labelled failures: provider, status, body, cause and source of each.
fn labelled() -> Vec<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/golden/providers/failures.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The stage at which a person would look for the cause.
fn stage(cause: &str) -> &'static str {
    match cause {
        "key-rejected" | "wrong-endpoint" => "auth",
        "model-unknown" | "model-retired" | "deployment-unknown" | "endpoint-unknown" => "model",
        "rate-limited" | "quota-exhausted" => "quota",
        "upstream-error"
        | "upstream-overloaded"
        | "reply-invalid"
        | "upstream-redirect"
        | "context-too-long"
        | "upstream-timeout" => "first-byte",
        _ => "capability",
    }
}

async fn test(bench: &Bench, id: &Value) -> Value {
    call(&bench.console, "provider_test", json!({ "stored": id })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_labelled_failure_ends_at_its_stage_with_its_cause() {
    let bench = Bench::openai().await;
    let all = labelled();
    assert!(all.len() >= 40, "{}", all.len());
    let (mut diagnosed, mut wrong) = (0, Vec::new());
    for (nth, failure) in all.iter().enumerate() {
        let (kind, cause) = (failure["provider"].as_str().unwrap(), failure["cause"].as_str().unwrap());
        let status = u16::try_from(failure["status"].as_u64().unwrap()).unwrap();
        let body = match &failure["body"] {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            object => object.to_string(),
        };
        // No server's last word has such a status.
        if status < 200 {
            continue;
        }
        // Of pictures Stability makes none in a test, and a service that sees refuses the trial's image knowingly.
        if kind == "stability" || (kind == "azure-vision" && cause == "image-rejected") {
            continue;
        }
        let server = Scripted::start(None, move |asked| answer(asked, status, &body)).await;
        let (id, _) = bench.provider(kind, &format!("P {nth}"), &server.url(), json!({ "model": "m" })).await;
        let report = test(&bench, &id).await;
        let shown = format!("{} {}: {report}", failure["provider"], failure["label"]);
        let last = report["stages"].as_array().unwrap().last().unwrap();
        if (&report["cause"], &last["stage"]) != (&json!(cause), &json!(stage(cause))) {
            wrong.push(shown.clone());
        }
        let passed_key =
            report["stages"].as_array().unwrap().iter().any(|s| s["stage"] == "auth" && s["cause"].is_null());
        if matches!(cause, "rate-limited" | "quota-exhausted" | "model-unknown" | "deployment-unknown") {
            assert!(passed_key, "a good key is never called bad: {shown}");
        }
        diagnosed += 1;
    }
    assert!(wrong.is_empty(), "{} of {diagnosed}: {}", wrong.len(), wrong.join("\n"));
    assert!(diagnosed >= 40, "{diagnosed}");
}

/// The cheap question succeeds; the real call fails as labelled.
fn answer(asked: &Asked, status: u16, body: &str) -> Said {
    let cheap = asked.method == http::Method::GET
        || (asked.target.contains("imageanalysis") && asked.body.is_empty());
    match (cheap, asked.target.contains("imageanalysis")) {
        (true, true) if status != 401 => Said::json(
            400,
            &json!({ "error": { "code": "InvalidRequest", "innererror": { "code": "InvalidImageSize" } } }),
        ),
        (true, false) if !matches!(status, 401) => {
            Said::json(200, &json!({ "data": [{ "id": "m" }], "character_count": 1, "character_limit": 9 }))
        }
        _ => Said::text(status, "application/json", body.to_owned()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn models_are_listed_kept_and_known_to_end() {
    let bench = Bench::openai().await;
    let server = Scripted::start(None, |asked| match asked.method {
        http::Method::GET => Said::json(
            200,
            &json!({ "data": [{ "id": "zeta" }, { "id": "gpt-6-luna" }, { "id": "gpt-4o-mini" }] }),
        ),
        _ => Said::json(
            404,
            &json!({ "error": { "message": "does not exist", "type": "x", "code": "model_not_found" } }),
        ),
    })
    .await;
    let (id, _) = bench.provider("openai", "Lister", &server.url(), json!({ "model": "gpt-4o-mini" })).await;
    let list: Value = call(&bench.console, "provider_models", json!({ "stored": id })).await;
    let ids: Vec<&str> =
        list["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!((ids, &list["fetched"]), (vec!["gpt-6-luna", "gpt-4o-mini", "zeta"], &json!(true)));
    assert_eq!(list["items"][1]["retires_on"], "2027-01-14");
    let _: Value = call(&bench.console, "provider_models", json!({ "stored": id })).await;
    assert_eq!(server.asked().len(), 1, "kept for ten minutes");
    bench.clock.advance(std::time::Duration::from_secs(601));
    let _: Value = call(&bench.console, "provider_models", json!({ "stored": id })).await;
    assert_eq!(server.asked().len(), 2);
    // In September 2026 the model is there; a month after its last day the same refusal means something else.
    assert_eq!(test(&bench, &id).await["cause"], "model-unknown");
    bench.clock.advance(std::time::Duration::from_secs(150 * 86_400));
    assert_eq!(test(&bench, &id).await["cause"], "model-retired");
    bench.addon("ai-integration", &[&id]).await;
    assert_eq!(bench.write("Hello", false).await.cause(), "model-retired");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_azure_address_is_split_when_it_is_saved() {
    let bench = Bench::openai().await;
    let server = Scripted::start(None, |_| {
        Said::json(200, &json!({ "choices": [{ "message": { "content": "Hi" }, "finish_reason": "stop" }] }))
    })
    .await;
    let pasted =
        format!("{}/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21", server.url());
    let (id, key) = bench.provider("azure-openai", "Azure", &pasted, json!({})).await;
    let list: Value =
        call(&bench.console, "provider_list", json!({ "application": bench.application.application.id }))
            .await;
    let saved = list["items"].as_array().unwrap().iter().find(|item| item["id"] == id).unwrap();
    assert_eq!(
        (&saved["base_url"], &saved["model"], &saved["options"]["api-version"]),
        (&json!(server.url()), &json!("my-gpt"), &json!("2024-10-21"))
    );
    bench.addon("ai-integration", &[&id]).await;
    assert_eq!(bench.write("Hello", false).await.status, 200);
    let asked = server.asked().pop().unwrap();
    assert_eq!(asked.target, "/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21");
    assert_eq!(asked.header("api-key"), key.key());
    // The v1 surface once the version is taken away.
    let update = json!({ "provider": id, "options": {} });
    let _: Value = call(&bench.console, "provider_update", update).await;
    assert_eq!(bench.write("Hello", false).await.status, 200);
    assert_eq!(server.asked().pop().unwrap().target, "/openai/v1/chat/completions");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_says_too_little_or_too_much_is_refused() {
    let bench = Bench::openai().await;
    let add = |kind: &str, more: Value| {
        let mut add =
            json!({ "application": bench.application.application.id, "name": "Some name", "kind": kind });
        for (field, value) in more.as_object().into_iter().flatten() {
            add[field] = value.clone();
        }
        bench.console.call("provider_add", add)
    };
    let refused = add("openai-compatible", json!({})).await.unwrap_err();
    assert!(refused.message.contains("needs a Model"), "{refused}");
    let refused = add("openai-compatible", json!({ "model": "m", "options": { "api-version": "1" } }))
        .await
        .unwrap_err();
    assert!(refused.message.contains("no option api-version"), "{refused}");
    assert!(add("openai", json!({})).await.unwrap_err().message.contains("needs a key"));
    assert!(add("openai-compatible", json!({ "model": "llama4" })).await.is_ok(), "without a key");
}
