//! Faults as they are switched on: who may ask for one by header, how long one lasts, and that nothing of it stays behind.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::support::*;

async fn testing(bench: &Bench, on: bool) {
    let id = bench.application.application.id;
    let view: Value =
        call(&bench.console, "application_testing", json!({ "application": id, "testing": on })).await;
    assert_eq!(view["testing"], on);
}

/// Asks for a title with these values of the header.
async fn asking(bench: &Bench, token: &str, faults: &[&str]) -> Reply {
    let bearer = format!("Bearer {token}");
    let mut headers = vec![("Origin", ORIGIN), ("Authorization", bearer.as_str())];
    headers.extend(faults.iter().map(|fault| ("X-Addon-Console-Fault", *fault)));
    bench.post("/v1/ai/text", &headers, &body("Hello")).await
}

async fn set(bench: &Bench, fault: &str, times: Option<u32>) -> Value {
    let mut request = json!({ "provider": bench.provider["id"], "fault": fault });
    if let Some(times) = times {
        request["times"] = json!(times);
    }
    call(&bench.console, "fault_set", request).await
}

async fn provider(bench: &Bench) -> Value {
    let id = bench.application.application.id;
    let all: Value = call(&bench.console, "provider_list", json!({ "application": id })).await;
    all["items"][0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn invariant_5_a_fault_by_header_is_for_testing_applications_only() {
    let bench = Bench::openai().await;
    let token = bench.token().await;
    for fault in ["key-rejected", "no-such-fault", ""] {
        let refused = asking(&bench, &token, &[fault]).await;
        assert_eq!(
            (refused.status, refused.cause().as_str()),
            (403, "fault-not-allowed"),
            "{}",
            refused.body
        );
    }
    assert_eq!(bench.upstream.counts().requests, 0, "refused before anybody is asked");
    testing(&bench, true).await;
    // Marking it cost nobody their session.
    assert_eq!(asking(&bench, &token, &["key-rejected"]).await.cause(), "key-rejected");
    let twice: &[&str] = &["key-rejected", "overloaded"];
    for unknown in [&["no-such-fault"], &[""], &["Key-Rejected"], twice] {
        let refused = asking(&bench, &token, unknown).await;
        assert_eq!((refused.status, refused.cause().as_str()), (400, "fault-unknown"), "{}", refused.body);
    }
    // One that OpenAI cannot have: nothing is played, and nobody is asked either.
    assert_eq!(asking(&bench, &token, &["deployment-unknown"]).await.cause(), "fault-unknown");
    assert_eq!(bench.upstream.counts().requests, 0);
    assert_eq!(asking(&bench, &token, &[]).await.status, 200, "without the header nothing is provoked");
    assert_eq!(bench.upstream.counts().requests, 1);
    testing(&bench, false).await;
    assert_eq!(asking(&bench, &token, &["key-rejected"]).await.cause(), "fault-not-allowed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_session_says_which_faults_there_are_to_testing_applications() {
    let bench = Bench::openai().await;
    let token = bench.token().await;
    let bearer = format!("Bearer {token}");
    let headers = [("Origin", ORIGIN), ("Authorization", bearer.as_str())];
    let before = bench.get("/v1/session", &headers).await.json();
    assert!(before.get("faults").is_none() && before["application"]["environment"] == "development");
    testing(&bench, true).await;
    let after = bench.get("/v1/session", &headers).await.json();
    assert_eq!(after["application"]["environment"], "testing");
    let ids: Vec<&str> =
        after["faults"].as_array().unwrap().iter().map(|fault| fault["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&"key-rejected") && !ids.contains(&"deployment-unknown"), "{ids:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_at_a_provider_lasts_until_it_is_cleared() {
    let bench = Bench::openai().await;
    let on = set(&bench, "quota-exhausted", None).await;
    assert_eq!((&on["fault"]["fault"], &on["fault"]["left"]), (&json!("quota-exhausted"), &Value::Null));
    for _ in 0..3 {
        assert_eq!(bench.write("Hello", false).await.cause(), "quota-exhausted");
    }
    assert_eq!(bench.upstream.counts().requests, 0);
    let row = &bench.activity().await[0];
    assert_eq!((&row["fault"], &row["cause"]), (&json!("quota-exhausted"), &json!("quota-exhausted")));
    let off: Value = call(&bench.console, "fault_clear", json!({ "provider": bench.provider["id"] })).await;
    assert_eq!(off["fault"], Value::Null);
    assert_eq!(bench.write("Hello", false).await.status, 200);
    assert_eq!(bench.activity().await[0]["fault"], Value::Null);
    let audit: Value = call(&bench.console, "audit_list", json!({ "limit": 10 })).await;
    let acts: Vec<&Value> = audit["items"].as_array().unwrap().iter().map(|entry| &entry["act"]).collect();
    assert_eq!(acts[..2], [&json!("fault-cleared"), &json!("fault-set")], "{audit}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_for_some_calls_is_met_by_so_many_at_once() {
    const TIMES: u32 = 5;
    let bench = Arc::new(Bench::openai().await);
    set(&bench, "key-rejected", Some(TIMES)).await;
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let bench = Arc::clone(&bench);
            tokio::spawn(async move { bench.write("Hello", false).await.status })
        })
        .collect();
    let mut failed = 0;
    for call in calls {
        failed += u32::from(call.await.unwrap() == 502);
    }
    assert_eq!(failed, TIMES);
    let counted = async {
        while !provider(&bench).await["fault"].is_null() {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), counted).await.expect("it ends by itself");
    // Chosen again, it lasts for so many again.
    let on = set(&bench, "key-rejected", Some(2)).await;
    assert_eq!(on["fault"]["left"], 2);
    let statuses = [
        bench.write("Hello", false).await.status,
        bench.write("Hello", false).await.status,
        bench.write("Hello", false).await.status,
    ];
    assert_eq!(statuses, [502, 502, 200]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_provoked_is_refused() {
    let bench = Bench::openai().await;
    let id = &bench.provider["id"];
    for (request, code) in [
        (json!({ "provider": id, "fault": "no-such-fault" }), "not-found"),
        (json!({ "provider": id, "fault": "deployment-unknown" }), "invalid-input"),
        (json!({ "provider": id, "fault": "overloaded", "times": 0 }), "invalid-input"),
        (json!({ "provider": id, "fault": "overloaded", "times": 1001 }), "invalid-input"),
        (json!({ "provider": "00000000-0000-4000-8000-000000000000", "fault": "overloaded" }), "not-found"),
    ] {
        let error = bench.console.call("fault_set", request.clone()).await.unwrap_err();
        assert_eq!(json!(error.code), code, "{request}");
    }
    assert_eq!(provider(&bench).await["fault"], Value::Null);
    assert_eq!(bench.write("Hello", false).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_in_its_place_answers_when_a_provoked_failure_passes() {
    let bench = Bench::openai().await;
    let (second, _) = bench.provider("openai", "Second", &bench.upstream.base_url(), json!({})).await;
    bench.addon("ai-alt-text", &[]).await;
    let id = bench.application.application.id;
    let update =
        json!({ "application": id, "handle": "ai-integration", "providers": [bench.provider["id"], second] });
    let _: Value = call(&bench.console, "addon_update", update).await;
    // The second one asks with a key of its own, which this upstream refuses: who was asked shows.
    set(&bench, "service-unavailable", None).await;
    assert_eq!(bench.write("Hello", false).await.cause(), "key-rejected");
    assert_eq!(bench.upstream.counts().requests, 1);
    let row = &bench.activity().await[0];
    assert_eq!((&row["provider"], &row["attempts"]), (&second, &json!(4)));
    assert_eq!(row["fault"], "service-unavailable", "a row says that a failure was provoked on its way");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_providers_own_api_fails_in_its_own_words_and_nobody_is_asked() {
    let bench = Bench::openai().await;
    testing(&bench, true).await;
    let bearer = format!("Bearer {}", bench.token().await);
    let ask = async |fault: &str| {
        let headers = [("Authorization", bearer.as_str()), ("X-Addon-Console-Fault", fault)];
        let body =
            json!({ "model": "m", "messages": [{ "role": "user", "content": "Hello" }], "stream": true });
        bench.post("/providers/Account/chat/completions", &headers, &body).await
    };
    let refused = ask("key-rejected").await;
    assert_eq!(refused.status, 401, "as OpenAI says it: {}", refused.body);
    assert_eq!(refused.json()["error"]["code"], "invalid_api_key");
    let row = &bench.activity().await[0];
    assert_eq!((&row["fault"], &row["route"]), (&json!("key-rejected"), &json!("pass-through")));
    let whole = ask("slow-drip").await;
    assert!(whole.whole && whole.body.ends_with("data: [DONE]\n\n"), "{}", whole.body);
    let cut = ask("cut-stream").await;
    assert!(!cut.whole && cut.body.contains("data: ") && !cut.body.contains("[DONE]"), "{}", cut.body);
    assert_eq!(bench.activity().await[0]["cause"], "stream-cut");
    assert_eq!(bench.upstream.counts().requests, 0);
}
