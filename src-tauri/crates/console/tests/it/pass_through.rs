//! A provider's own API through the proxy, by a raw client: tokens in every place, bytes unchanged, keys cut out.

use serde_json::{Value, json};
use testkit::scripted::{Said, Scripted};

use crate::support::*;

async fn get(bench: &Bench, path: &str, header: &str) -> Reply {
    bench.raw(&format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{header}\r\n\r\n", bench.port)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_token_stands_where_each_sdk_puts_its_key_and_is_replaced() {
    let bench = Bench::openai().await;
    let server = Scripted::start(None, |_| Said::json(200, &json!({ "data": [] }))).await;
    let token = bench.token().await;
    for (kind, name, path, sent, arrives) in [
        ("openai", "Open AI", "models", format!("Authorization: Bearer {token}"), "authorization"),
        ("anthropic", "Claude", "v1/models", format!("X-Api-Key: {token}"), "x-api-key"),
        ("anthropic", "Claude 2", "v1/models", format!("Authorization: Bearer {token}"), "x-api-key"),
        ("azure-openai", "Azure", "openai/v1/models", format!("api-key: {token}"), "api-key"),
        ("deepl", "DeepL", "v2/usage", format!("Authorization: DeepL-Auth-Key {token}"), "authorization"),
    ] {
        let (_, key) = bench.provider(kind, name, &server.url(), json!({ "model": "m" })).await;
        let path = format!("/providers/{}/{path}?limit=2&x=%2F", name.replace(' ', "%20"));
        let reply = get(&bench, &path, &sent).await;
        assert_eq!(reply.status, 200, "{name}: {}", reply.body);
        let asked = server.asked().pop().unwrap();
        assert!(asked.header(arrives).ends_with(key.key()), "{name}");
        assert!(asked.target.ends_with("?limit=2&x=%2F"), "{}", asked.target);
        let all = format!("{:?}", asked.headers);
        assert!(!all.contains(&token), "invariant 5: the session token goes nowhere");
        assert_eq!(asked.header("anthropic-version").is_empty(), kind != "anthropic");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_the_providers_table_offers_is_passed_on() {
    let bench = Bench::openai().await;
    let server = Scripted::start(None, |_| Said::json(200, &json!({}))).await;
    bench.provider("openai", "Mine", &format!("{}/v1", server.url()), json!({})).await;
    let token = bench.token().await;
    let auth = format!("Authorization: Bearer {token}");
    for path in [
        "/providers/Mine/files",
        "/providers/Mine/v1/organization/admin_api_keys",
        "/providers/Mine/v1/../../models",
        "/providers/Mine/%2e%2e/models",
        "/providers/Mine/models%2f..%2fx",
        "/providers/Mine//models",
        "/providers/Mine/chat/completions",
        "/providers/Mine",
        "/providers/",
    ] {
        assert_eq!(get(&bench, path, &auth).await.cause(), "path-not-offered", "{path}");
    }
    assert_eq!(get(&bench, "/providers/Nobody/models", &auth).await.cause(), "provider-unknown");
    assert_eq!(get(&bench, "/providers/Mine/models", "").await.cause(), "bearer-missing");
    assert_eq!(
        get(&bench, "/providers/Mine/models", "Authorization: Bearer x").await.cause(),
        "session-over"
    );
    let both = format!("{auth}\r\nx-api-key: {token}");
    assert_eq!(get(&bench, "/providers/Mine/models", &both).await.cause(), "bearer-malformed");
    assert!(server.asked().is_empty(), "invariant 5: nobody was asked");
    // With and without the base URL's own path.
    for path in ["/providers/Mine/models", "/providers/mine/v1/models"] {
        assert_eq!(get(&bench, path, &auth).await.status, 200, "{path}");
        assert_eq!(server.asked().pop().unwrap().target, "/v1/models");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_pass_unchanged_and_usage_is_read_from_a_copy() {
    let events = "data: {\"choices\":[{\"delta\":{\"content\":\"H\u{e9}\"}}]}\n\n: comment\n\ndata: {\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7},\"choices\":[]}\n\ndata: [DONE]\n\n";
    let bench = Bench::openai().await;
    let server = Scripted::start(None, move |_| {
        Said::text(200, "text/event-stream; charset=utf-8", events)
            .with("x-request-id", "req_up")
            .with("x-ratelimit-remaining-tokens", "9")
            .with("openai-organization", "org-secret")
            .with("set-cookie", "a=b")
    })
    .await;
    bench.provider("openai", "Mine", &server.url(), json!({})).await;
    let auth = format!("Bearer {}", bench.token().await);
    let body = json!({ "model": "anything", "stream": true, "odd": [1, 2.50, "\u{e8}"] });
    let headers = [
        ("Authorization", auth.as_str()),
        ("Cookie", "c=d"),
        ("OpenAI-Project", "proj"),
        ("X-Stainless-OS", "x"),
    ];
    let reply = bench.post("/providers/Mine/chat/completions", &headers, &body).await;
    assert_eq!(reply.body, events);
    assert!(
        reply.head.contains("x-request-id: req_up") && reply.head.contains("x-ratelimit-remaining-tokens: 9")
    );
    assert!(reply.head.contains("x-addon-console-call: "));
    assert!(!reply.head.contains("org-secret") && !reply.head.contains("set-cookie"), "{}", reply.head);
    let asked = server.asked().pop().unwrap();
    assert_eq!(asked.body, body.to_string());
    assert_eq!(asked.header("openai-project"), "proj");
    assert!(asked.header("cookie").is_empty() && asked.header("x-stainless-os").is_empty());
    let row = &bench.activity().await[0];
    assert_eq!(row["usage"]["total_tokens"], 12, "{row}");
    assert_eq!(
        (&row["route"], &row["streamed"], &row["addon"]),
        (&json!("pass-through"), &json!(true), &Value::Null)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn invariant_1_a_key_in_an_error_is_cut_out_and_the_rest_passes() {
    let bench = Bench::openai().await;
    let server = Scripted::start(None, |asked| {
        let key = asked.header("authorization").trim_start_matches("Bearer ").to_owned();
        let masked = format!("{}**********{}", &key[..8], &key[key.len() - 4..]);
        let message = format!("Incorrect API key provided: {key}, {masked}.");
        let error = json!({ "error": { "message": message, "type": "invalid_request_error", "code": "invalid_api_key" } });
        Said::json(401, &error).with("retry-after", "3")
    })
    .await;
    let (_, key) = bench.provider("openai", "Mine", &server.url(), json!({})).await;
    let auth = format!("Authorization: Bearer {}", bench.token().await);
    let reply = get(&bench, "/providers/Mine/models", &auth).await;
    assert_eq!((reply.status, &reply.json()["error"]["code"]), (401, &json!("invalid_api_key")));
    assert_eq!(reply.json()["error"]["message"], "Incorrect API key provided: [key], [key].");
    assert!(reply.head.contains("retry-after: 3") && reply.head.contains("x-addon-console-error: upstream"));
    assert!(testkit::leak::scan_bytes(reply.body.as_bytes(), &key).is_empty());
    assert_eq!(server.asked().len(), 1, "the SDK tries again, not the proxy");
    assert_eq!(bench.activity().await[0]["cause"], "key-rejected");
}

#[tokio::test(flavor = "multi_thread")]
async fn openais_dialect_chooses_the_model_and_words_its_errors() {
    let bench = Bench::openai().await;
    let answer = json!({ "id": "c", "object": "chat.completion", "choices": [{ "index": 0,
        "message": { "role": "assistant", "content": "Hi" }, "finish_reason": "stop" }],
        "usage": { "prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3 } });
    let server = Scripted::start(None, move |_| Said::json(200, &answer)).await;
    let (id, _) =
        bench.provider("openai-compatible", "Local", &server.url(), json!({ "model": "llama4" })).await;
    bench.addon("ai-integration", &[&id]).await;
    let auth = format!("Bearer {}", bench.token().await);
    for (asked, sent) in [(json!("default"), "llama4"), (Value::Null, "llama4"), (json!("other"), "other")] {
        let body = json!({ "model": asked, "messages": [{ "role": "user", "content": "Hi" }] });
        let reply = bench.post("/v1/chat/completions", &[("Authorization", &auth)], &body).await;
        assert_eq!(reply.json()["choices"][0]["message"]["content"], "Hi", "{}", reply.body);
        assert_eq!(server.asked().pop().unwrap().json()["model"], sent);
    }
    let models = get(&bench, "/v1/models", &format!("Authorization: {auth}")).await;
    assert_eq!(models.json()["data"][0]["id"], "llama4");
    let refused = get(&bench, "/v1/models", "Authorization: Bearer nobody").await;
    assert_eq!(refused.status, 401);
    assert_eq!(refused.json()["error"]["code"], "session-over");
    assert_eq!(refused.json()["code"], 5101, "and Beefree's shape too");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_stream_arrives_cut() {
    let bench = Bench::openai().await;
    bench.upstream.set_behaviour(testkit::upstream::Behaviour::CutStream(2));
    let auth = format!("Bearer {}", bench.token().await);
    let body = json!({ "model": "gpt-6-luna", "stream": true, "messages": [{ "role": "user", "content": "Tell me" }] });
    let reply = bench.post("/providers/Account/chat/completions", &[("Authorization", &auth)], &body).await;
    assert!(
        reply.head.contains("transfer-encoding: chunked") && reply.body.contains("data: "),
        "{}",
        reply.head
    );
    assert!(!reply.whole, "a part must not look like the whole");
    assert_eq!(bench.activity().await[0]["cause"], "stream-cut");
}
