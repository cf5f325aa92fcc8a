//! JSON bodies of requests that ask for no text: pictures and translations. As `bodies.rs`: golden, and held to the
//! providers' own descriptions.

// Helpers of tests are tests too; clippy sees only the functions marked so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::Setup;
use common::schema::{Schema, check, check_file};
use domain::addons::ai_image_generation::{ImageRequest, STYLES};
use providers::{TranslationOrder, UpstreamRequest, Way};
use serde_json::{Value, json};

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
fn openais_pictures() {
    let images = Schema::named("openai/openapi.trimmed.json", "CreateImageRequest");
    for (file, order) in orders() {
        for ratio in ["1:1", "4:3", "3:2", "16:9"] {
            let request = draw("openai", None, &with(&order, "aspectRatio", json!(ratio)), 0);
            check(&images, &request.body, ratio);
        }
        check_file("openai", &format!("image-{file}"), &draw("openai", None, &order, 0));
    }
}

#[test]
fn stabilitys_v1() {
    const SDXL: Option<&str> = Some("stable-diffusion-xl-1024-v1-0");
    let schema = Schema::named("stability/openapi-v1.trimmed.json", "TextToImageRequestBody");
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
    let schema = Schema::at("deepl/openapi.trimmed.json", place);
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
