//! Real templates through the real routes: translated, given details, summarised, talked about; and they come back whole.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use testkit::scripted::{Said, Scripted};

use crate::support::*;

const TEMPLATES: &[&str] = &[
    "email-seven-images-no-alt",
    "email-mergetags-no-alt",
    "email-multilang-en-fr-it",
    "email-table-no-alt",
    "email-translated-es-docs-example",
];

fn template(name: &str) -> Value {
    let path = format!("{}/../domain/tests/golden/templates/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// Every AddOn on, asked of the sandbox.
async fn sandbox() -> Bench {
    let bench = Bench::openai().await;
    let add =
        json!({ "application": bench.application.application.id, "name": "Sandbox", "kind": "sandbox" });
    let provider: Value = call(&bench.console, "provider_add", add).await;
    for handle in ["ai-integration", "ai-translation", "ai-agent", "ai-alt-text", "ai-image-generation"] {
        bench.addon(handle, &[&provider["id"]]).await;
    }
    bench
}

/// Takes one language out again.
fn without(value: &mut Value, language: &str) {
    match value {
        Value::Object(fields) => {
            if let Some(all) = fields.get_mut("translations").and_then(Value::as_object_mut) {
                all.remove(language);
            }
            if fields.get("translations").is_some_and(|all| all == &json!({})) {
                fields.remove("translations");
            }
            fields.values_mut().for_each(|inner| without(inner, language));
        }
        Value::Array(items) => items.iter_mut().for_each(|inner| without(inner, language)),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn real_templates_are_translated_and_come_back_whole() {
    let bench = sandbox().await;
    // A stand-in for DeepL that shouts, and leaves tags and what is marked alone.
    let requests = std::sync::Arc::new(AtomicUsize::new(0));
    let counted = std::sync::Arc::clone(&requests);
    let deepl = Scripted::start(None, move |asked| {
        counted.fetch_add(1, Ordering::SeqCst);
        let body = asked.json();
        assert_eq!((&body["target_lang"], &body["tag_handling"]), (&json!("DE"), &json!("html")));
        assert!(body["text"].as_array().unwrap().len() <= 50);
        let texts = body["text"].as_array().unwrap().iter();
        let translations: Vec<Value> =
            texts.map(|text| json!({ "text": text, "billed_characters": 10 })).collect();
        Said::json(200, &json!({ "translations": translations }))
    })
    .await;
    let (id, _) = bench.provider("deepl", "DeepL", &deepl.url(), json!({})).await;
    for name in TEMPLATES {
        let before = template(name);
        let ask = json!({ "sourceLanguage": "en-US", "targetLanguage": "de-DE", "template": before });
        let by_sandbox = bench.page("/v1/ai/translate", &ask).await;
        assert_eq!(by_sandbox.status, 200, "{name}: {}", by_sandbox.body);
        bench.addon("ai-translation", &[&id]).await;
        let by_deepl = bench.page("/v1/ai/translate", &ask).await;
        for reply in [&by_sandbox, &by_deepl] {
            let json = reply.json();
            assert!(
                json["translatedFields"].as_u64().unwrap() > 0 && json["skippedFields"] == 0,
                "{name}: {}",
                reply.body
            );
            let mut after = json["template"].clone();
            let mut had = before.clone();
            without(&mut after, "de-DE");
            without(&mut had, "de-DE");
            assert_eq!(after.to_string(), had.to_string(), "{name}: nothing but translations was added");
        }
        let row = &bench.activity().await[0];
        assert_eq!((&row["route"], &row["addon"]), (&json!("translate"), &json!("ai-translation")));
        assert_eq!(row["characters"], by_deepl.json()["billedCharacters"]);
        let sandbox: Value =
            call(&bench.console, "provider_list", json!({ "application": bench.application.application.id }))
                .await;
        let sandbox =
            sandbox["items"].as_array().unwrap().iter().find(|item| item["kind"] == "sandbox").unwrap();
        bench.addon("ai-translation", &[&sandbox["id"]]).await;
    }
    assert!(requests.load(Ordering::SeqCst) >= TEMPLATES.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn translation_errors_carry_beefrees_numbers() {
    let bench = sandbox().await;
    let page = template("email-table-no-alt");
    let refused = json!({ "message": "Quota for this billing period has been exceeded." });
    let deepl = Scripted::start(None, move |_| Said::json(456, &refused)).await;
    let (id, _) = bench.provider("deepl", "DeepL", &deepl.url(), json!({})).await;
    let ask = |source: &str, target: &str, template: Value| json!({ "sourceLanguage": source, "targetLanguage": target, "template": template });
    for (body, status, code, cause) in [
        (json!({ "template": page }), 400, 6100, "body-invalid"),
        (ask("en", "not a tag", page.clone()), 400, 6100, "body-invalid"),
        (ask("en", "it", json!({ "x": 1 })), 400, 6200, "template-invalid"),
    ] {
        let reply = bench.page("/v1/ai/translate", &body).await;
        assert_eq!(
            (reply.status, reply.json()["code"].as_i64(), reply.cause().as_str()),
            (status, Some(code), cause),
            "{}",
            reply.body
        );
    }
    bench.addon("ai-translation", &[&id]).await;
    let reply = bench.page("/v1/ai/translate", &ask("en", "tlh", page.clone())).await;
    assert_eq!((reply.status, reply.json()["code"].as_i64()), (400, Some(6150)), "{}", reply.body);
    assert!(deepl.asked().is_empty());
    let reply = bench.page("/v1/ai/translate", &ask("en", "it", page)).await;
    assert_eq!(
        (reply.status, reply.json()["code"].as_i64(), reply.cause().as_str()),
        (429, Some(6350), "quota-exhausted")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn details_summary_message_and_chat_are_about_the_template() {
    let bench = sandbox().await;
    for name in TEMPLATES {
        let page = template(name);
        let fields = json!(["subject", "preheader", "title", "description"]);
        let reply = bench.page("/v1/ai/metadata", &json!({ "fields": fields, "template": page })).await;
        let details = reply.json();
        for (field, max) in [("subject", 190), ("preheader", 130), ("title", 190), ("description", 190)] {
            let text = details[field].as_str().unwrap_or_default();
            assert!((1..=max).contains(&text.chars().count()), "{name} {field}: {}", reply.body);
        }
        assert!(details["promptId"].is_string() && details["usage"]["uid"] == "mario-rossi");
        let sms = bench.page("/v1/ai/sms", &json!({ "template": page })).await.json();
        assert!((1..=160).contains(&sms["sms"].as_str().unwrap().chars().count()), "{name}");
        let ask = |length: &str| json!({ "template": page, "options": { "length": length } });
        assert!(
            !bench.page("/v1/ai/summary", &ask("concise")).await.json()["summary"]
                .as_str()
                .unwrap()
                .is_empty()
        );
        let chat = json!({ "messages": [{ "id": "1", "role": "user", "parts": [{ "type": "text", "text": "Improve it" }] }], "template": page });
        let reply = bench.page("/v1/agent/chat", &chat).await;
        assert!(reply.head.contains("x-vercel-ai-ui-message-stream: v1"), "{}", reply.head);
        let parts: Vec<Value> = reply
            .body
            .lines()
            .filter_map(|line| serde_json::from_str(line.strip_prefix("data: ")?).ok())
            .collect();
        let kinds: Vec<&str> = parts.iter().map(|part| part["type"].as_str().unwrap()).collect();
        assert_eq!((kinds[0], kinds[1], *kinds.last().unwrap()), ("start", "text-start", "finish"));
        assert!(reply.body.trim_end().ends_with("data: [DONE]"));
    }
    for path in ["/v1/ai/metadata", "/v1/ai/summary", "/v1/ai/sms"] {
        assert_eq!(
            bench.page(path, &json!({ "template": { "rows": [] } })).await.cause(),
            "template-invalid",
            "{path}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_models_details_are_read_out_of_whatever_it_says_around_them() {
    let bench = Bench::openai().await;
    let said = "Sure! Here it is:\n```json\n{\"subject\": \"Spring is here\", \"preheader\": \"Look\"}\n```";
    let server = Scripted::start(None, move |asked| {
        let system = asked.json()["messages"][0]["content"].as_str().unwrap().to_owned();
        let content = if system.contains("humorous") { said } else { "I cannot." };
        Said::json(
            200,
            &json!({ "choices": [{ "message": { "content": content }, "finish_reason": "stop" }] }),
        )
    })
    .await;
    let (id, _) = bench.provider("openai", "Model", &server.url(), json!({})).await;
    bench.addon("ai-integration", &[&id]).await;
    let page = template("email-multilang-en-fr-it");
    let funny = json!({ "template": page, "options": { "toneOfVoice": "Humorous" } });
    let reply = bench.page("/v1/ai/metadata", &funny).await;
    assert_eq!(
        (&reply.json()["subject"], &reply.json()["preheader"]),
        (&json!("Spring is here"), &json!("Look"))
    );
    let dry = bench.page("/v1/ai/metadata", &json!({ "template": page })).await;
    assert_eq!((dry.status, dry.cause().as_str()), (502, "reply-invalid"));
}
