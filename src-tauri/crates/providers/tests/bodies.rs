//! Bodies of requests, for every capability: what they were yesterday, and what the providers' own descriptions
//! allow. Addresses and headers are `requests.rs`'s.

// Helpers of tests are tests too; clippy sees only the functions marked so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::schema::Schema;
use common::{Setup, check_golden, golden, long_conversation, seeing_conversation, upstream};
use domain::addons::ai_image_generation::{ImageRequest, STYLES};
use domain::addons::ai_integration::Block;
use domain::writing::Conversation;
use providers::{TranslationOrder, UpstreamRequest, Way};
use serde_json::{Value, json};

const CHAT: &str = "CreateChatCompletionRequest";
const OPENAI: &str = "openai/openapi.trimmed.json";

/// The descriptions a writer's body must fit. Compatible servers are held to OpenAI's.
fn writing_schemas(kind: &str) -> Vec<Schema> {
    match kind {
        "anthropic" => vec![Schema::named("anthropic/openapi.trimmed.json", "CreateMessageParams")],
        // One body for both surfaces.
        "azure-openai" => vec![
            Schema::named("azure-openai/openai-v1.trimmed.json", "AzureCreateChatCompletionRequest"),
            Schema::named(
                "azure-openai/inference-2025-03-01-preview.trimmed.json",
                "createChatCompletionRequest",
            ),
        ],
        _ => vec![Schema::named(OPENAI, CHAT)],
    }
}

fn check(schemas: &[Schema], body: &[u8], what: &str) {
    let mut body: Value = serde_json::from_slice(body).unwrap();
    for (nth, schema) in schemas.iter().enumerate() {
        if nth == 1 {
            // Azure's dated surface, where the path names the deployment, ignores the model; its official client
            // sends it too.
            assert!(body.as_object_mut().unwrap().remove("model").is_some());
        }
        assert_eq!(schema.complaints(&body), Vec::<String>::new(), "{what}: {body}");
    }
}

/// Compares a JSON body, to the byte, with `requests/NAME.json`.
fn check_file(kind: &str, name: &str, request: &UpstreamRequest) {
    let text = String::from_utf8(request.body.to_vec()).unwrap();
    check_golden(&golden(&format!("{kind}/requests/{name}.json")), &(text + "\n"));
}

fn write(kind: &str, model: Option<&str>, conversation: &Conversation, streamed: bool) -> UpstreamRequest {
    upstream(kind).request(&Setup::of(kind, model, &[]).target(), conversation, streamed)
}

#[test]
fn writing_and_seeing() {
    for kind in common::UPSTREAM_KINDS {
        let schemas = writing_schemas(kind);
        for block in [Block::Title, Block::Paragraph, Block::List, Block::Button] {
            for streamed in [false, true] {
                check(&schemas, &write(kind, Some("m"), &long_conversation(block), streamed).body, kind);
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
            check(&schemas, &request.body, kind);
            check_file(kind, file, &request);
        }
    }
}

#[test]
fn openais_other_apis() {
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
    let images = [Schema::named(OPENAI, "CreateImageRequest")];
    for (file, order) in orders() {
        for ratio in ["1:1", "4:3", "3:2", "16:9"] {
            let request = draw("openai", None, &with(&order, "aspectRatio", json!(ratio)), 0);
            check(&images, &request.body, ratio);
        }
        check_file("openai", &format!("image-{file}"), &draw("openai", None, &order, 0));
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
    check(&[Schema::named(OPENAI, CHAT)], client.to_string().as_bytes(), "what the client sends");
    let setup = Setup::of("anthropic", None, &[]);
    let dialect = common::adapter("anthropic").chat_dialect().unwrap();
    let request = dialect.request(&setup.target(), client).unwrap();
    check(&writing_schemas("anthropic"), &request.body, "tools");
    check_file("anthropic", "chat-tools", &request);
}

/// The least and the most an order for a picture says.
fn orders() -> [(&'static str, Value); 2] {
    let full = json!({
        "prompt": "a red boat è", "negativePrompt": "people", "aspectRatio": "4:3", "style": "neon-punk", "cfgScale": 20.0,
        "steps": 30, "seed": 4_294_967_294_u32,
    });
    [("plain", json!({"prompt": "a red boat"})), ("full", full)]
}

fn with(order: &Value, field: &str, value: Value) -> Value {
    let mut order = order.clone();
    order[field] = value;
    order
}

fn draw(kind: &str, model: Option<&str>, order: &Value, nth: u32) -> UpstreamRequest {
    let order: ImageRequest = serde_json::from_value(order.clone()).unwrap();
    order.check().unwrap();
    let Some(Way::Upstream(drawing)) = common::adapter(kind).drawing() else { panic!("{kind} draws") };
    drawing.request(&Setup::of(kind, model, &[]).target(), &order, nth)
}

#[test]
fn stabilitys_v1() {
    const SDXL: Option<&str> = Some("stable-diffusion-xl-1024-v1-0");
    let schema = [Schema::named("stability/openapi-v1.trimmed.json", "TextToImageRequestBody")];
    for (file, order) in orders() {
        let request = draw("stability", SDXL, &order, 1);
        check(&schema, &request.body, file);
        check_file("stability", &format!("sdxl-{file}"), &request);
        // The longest prompts an AddOn may send; v1 takes less than v2beta.
        let long = with(
            &with(&order, "prompt", json!("è".repeat(10_000))),
            "negativePrompt",
            json!("é".repeat(2_001)),
        );
        check(&schema, &draw("stability", SDXL, &long, 0).body, "long");
        for style in STYLES {
            check(&schema, &draw("stability", SDXL, &with(&order, "style", json!(style)), 0).body, style);
        }
    }
    for ratio in ["1:1", "4:3", "3:2", "16:9"] {
        let order = with(&orders()[0].1, "aspectRatio", json!(ratio));
        let body: Value = serde_json::from_slice(&draw("stability", SDXL, &order, 0).body).unwrap();
        // In the description's words only.
        assert!(body["width"].as_u64().unwrap() * body["height"].as_u64().unwrap() <= 1_048_576, "{ratio}");
    }
}

#[test]
fn deepls_translation() {
    let place = "/paths/~1v2~1translate/post/requestBody/content/application~1json/schema";
    let schema = [Schema::at("deepl/openapi.trimmed.json", place)];
    let Some(Way::Upstream(translating)) = common::adapter("deepl").translating() else {
        panic!("it translates")
    };
    let texts = ["<p>Ciào {{name}}</p>", "<span translate=\"no\">x</span>"].map(str::to_owned);
    for (file, source, target, options) in [
        ("plain", None, "de", &[][..]),
        ("full", Some("it-IT"), "en-gb", &[("formality", "prefer_more")][..]),
    ] {
        let setup = Setup::of("deepl", None, options);
        let order = TranslationOrder { source, target, texts: &texts };
        assert_eq!(translating.check(&order), Ok(()));
        let request = translating.request(&setup.target(), &order);
        assert_eq!(request.url.as_str(), "https://api.deepl.com/v2/translate");
        check(&schema, &request.body, file);
        check_file("deepl", file, &request);
    }
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
            writing_schemas("azure-openai").remove(0),
            json!({"model": "m", "messages": messages}),
            json!({"model": "m", "messages": "x"}),
        ),
        (
            writing_schemas("azure-openai").remove(1),
            json!({"messages": messages}),
            json!({"messages": messages, "max_tokens_": 1}),
        ),
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
