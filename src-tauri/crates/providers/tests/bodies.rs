//! Bodies of requests for text: what they were yesterday, and what the providers' own descriptions allow. Addresses and
//! headers are `requests.rs`'s, other capabilities `bodies_other.rs`'s and `forms.rs`'s.

// Helpers of tests are tests too; clippy sees only the functions marked so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::schema::{Schema, check, check_file};
use common::{Setup, long_conversation, seeing_conversation, upstream};
use domain::addons::ai_integration::Block;
use domain::writing::Conversation;
use providers::UpstreamRequest;
use serde_json::{Value, json};

const CHAT: &str = "CreateChatCompletionRequest";
const OPENAI: &str = "openai/openapi.trimmed.json";

/// The description a writer's body must fit. Compatible servers are held to OpenAI's.
fn writing_schema(kind: &str) -> Schema {
    match kind {
        "anthropic" => Schema::named("anthropic/openapi.trimmed.json", "CreateMessageParams"),
        "azure-openai" => {
            Schema::named("azure-openai/openai-v1.trimmed.json", "AzureCreateChatCompletionRequest")
        }
        _ => Schema::named(OPENAI, CHAT),
    }
}

/// That of Azure's dated surface, which takes the same body.
fn dated_schema() -> Schema {
    Schema::named("azure-openai/inference-2025-03-01-preview.trimmed.json", "createChatCompletionRequest")
}

/// Azure's dated surface, where the path names the deployment, ignores the model; its official client sends it too.
fn check_dated(body: &[u8]) {
    let mut body: Value = serde_json::from_slice(body).unwrap();
    assert!(body.as_object_mut().unwrap().remove("model").is_some());
    check(&dated_schema(), body.to_string().as_bytes(), "dated");
}

fn write(kind: &str, model: Option<&str>, conversation: &Conversation, streamed: bool) -> UpstreamRequest {
    upstream(kind).request(&Setup::of(kind, model, &[]).target(), conversation, streamed)
}

#[test]
fn writing_and_seeing() {
    for kind in common::UPSTREAM_KINDS {
        let schema = writing_schema(kind);
        for block in [Block::Title, Block::Paragraph, Block::List, Block::Button] {
            for streamed in [false, true] {
                check(&schema, &write(kind, Some("m"), &long_conversation(block), streamed).body, kind);
            }
        }
        let default = providers::registry().iter().find(|known| known.descriptor().kind == kind).unwrap();
        let named = default.descriptor().default_model.is_none().then_some("some-model");
        let (long, seeing) = (long_conversation(Block::Title), seeing_conversation());
        for (file, model, conversation, streamed) in [
            ("plain", named, &long, false),
            ("streamed", Some("some-model:1"), &long, true),
            ("vision", named, &seeing, false),
        ] {
            let request = write(kind, model, conversation, streamed);
            check(&schema, &request.body, kind);
            if kind == "azure-openai" {
                check_dated(&request.body);
            }
            check_file(kind, file, &request);
        }
    }
}

#[test]
fn openais_responses_api() {
    let responses = Schema::named(OPENAI, "CreateResponse");
    let message = Schema::named(OPENAI, "EasyInputMessage");
    let (long, seeing) = (long_conversation(Block::Title), seeing_conversation());
    for (file, conversation, streamed) in [
        ("responses", &long, false),
        ("responses-streamed", &long, true),
        ("responses-vision", &seeing, false),
    ] {
        let request = write("openai", Some("gpt-6-pro"), conversation, streamed);
        assert_eq!(request.url.as_str(), "https://api.openai.com/v1/responses");
        let mut body: Value = serde_json::from_slice(&request.body).unwrap();
        // A message of parts fits two of the description's choices, where one and only one is asked for; so messages
        // are held to the one that is meant, and the rest of the body to the whole.
        for said in body["input"].as_array().unwrap() {
            assert_eq!(message.complaints(said), Vec::<String>::new(), "{said}");
        }
        body["input"] = json!("x");
        assert_eq!(responses.complaints(&body), Vec::<String>::new(), "{body}");
        check_file("openai", file, &request);
    }
}

#[test]
fn anthropics_body_for_openais_dialect() {
    let client = json!({
        "model": "claude-haiku-5-5", "temperature": 0.2, "max_completion_tokens": 64, "stop": ["END"], "stream": true,
        "messages": [
            {"role": "developer", "content": "Be brief."},
            {"role": "user", "content": [
                {"type": "text", "text": "Weather here?"},
                {"type": "image_url", "image_url": {"url": format!("data:image/png;base64,{}", common::PIXEL)}},
            ]},
            {"role": "assistant", "content": "I look.", "tool_calls": [
                {"id": "c1", "type": "function", "function": {"name": "weather", "arguments": "{\"city\":\"Rome\"}"}},
            ]},
            {"role": "tool", "tool_call_id": "c1", "content": "Sunny"},
        ],
        "tools": [{"type": "function", "function": {
            "name": "weather", "description": "d", "parameters": {"type": "object", "properties": {}}}}],
        "tool_choice": {"type": "function", "function": {"name": "weather"}}, "parallel_tool_calls": false,
    });
    check(&Schema::named(OPENAI, CHAT), client.to_string().as_bytes(), "what the client sends");
    let setup = Setup::of("anthropic", None, &[]);
    let dialect = common::adapter("anthropic").chat_dialect().unwrap();
    let request = dialect.request(&setup.target(), client).unwrap();
    check(&writing_schema("anthropic"), &request.body, "tools");
    check_file("anthropic", "chat-tools", &request);
}

#[test]
fn the_schemas_do_refuse() {
    let messages = json!([{"role": "user", "content": "x"}]);
    let long = json!([{"text": "x".repeat(2_001)}]);
    let translate = "/paths/~1v2~1translate/post/requestBody/content/application~1json/schema";
    for (schema, good, bad) in [
        (
            Schema::named(OPENAI, CHAT),
            json!({"model": "m", "messages": messages}),
            json!({"messages": messages}),
        ),
        (
            Schema::named(OPENAI, "CreateResponse"),
            json!({"model": "m", "store": false}),
            json!({"store": "no"}),
        ),
        (
            Schema::named(OPENAI, "CreateImageRequest"),
            json!({"prompt": "x"}),
            json!({"prompt": "x", "n": 11}),
        ),
        (
            Schema::named("anthropic/openapi.trimmed.json", "CreateMessageParams"),
            json!({"model": "m", "messages": messages, "max_tokens": 1}),
            json!({"model": "m", "messages": messages}),
        ),
        (
            writing_schema("azure-openai"),
            json!({"model": "m", "messages": messages}),
            json!({"model": "m", "messages": "x"}),
        ),
        (dated_schema(), json!({"messages": messages}), json!({"messages": messages, "max_tokens_": 1})),
        (
            Schema::named("stability/openapi-v1.trimmed.json", "TextToImageRequestBody"),
            json!({"text_prompts": [{"text": "x"}]}),
            json!({"text_prompts": long}),
        ),
        (
            Schema::at("deepl/openapi.trimmed.json", translate),
            json!({"text": ["x"], "target_lang": "DE"}),
            json!({"text": "x", "target_lang": "DE"}),
        ),
    ] {
        assert_eq!(schema.complaints(&good), Vec::<String>::new(), "{good}");
        assert!(!schema.complaints(&bad).is_empty(), "{bad}");
    }
}
