//! Requests whose body is no JSON: Stability's forms and the pictures Azure Vision is sent, against the providers' own
//! descriptions.

// Helpers of tests are tests too; clippy sees only the functions marked so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::BTreeMap;

use common::schema::{Schema, document};
use common::{Setup, check_golden, golden, header, seeing_conversation};
use domain::addons::ai_image_generation::{ImageRequest, STYLES};
use providers::{Auth, Captioner, UpstreamRequest, Way};
use serde_json::{Map, Value, json};

fn draw(model: Option<&str>, order: Value) -> UpstreamRequest {
    let order: ImageRequest = serde_json::from_value(order).unwrap();
    order.check().unwrap();
    let Some(Way::Upstream(drawing)) = common::adapter("stability").drawing() else { panic!("it draws") };
    drawing.request(&Setup::of("stability", model, &[]).target(), &order, 0)
}

/// The fields of a multipart form (RFC 7578), read strictly.
fn fields(request: &UpstreamRequest) -> Vec<(String, String)> {
    let kind = header(request, "content-type").unwrap();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
    let body = std::str::from_utf8(&request.body).unwrap();
    let (open, close) = (format!("--{boundary}\r\n"), format!("--{boundary}--\r\n"));
    let mut parts = body.strip_suffix(&close).unwrap().split(&open);
    assert_eq!(parts.next(), Some(""), "nothing before the first part");
    let read = |part: &str| {
        let rest = part.strip_prefix("Content-Disposition: form-data; name=\"").unwrap();
        let (name, value) = rest.split_once("\"\r\n\r\n").unwrap();
        (name.to_owned(), value.strip_suffix("\r\n").unwrap().to_owned())
    };
    parts.map(read).collect()
}

/// A form as the schema of its fields sees it: numbers where it says so.
fn typed(schema: &Schema, fields: &[(String, String)]) -> Value {
    let value = |name: &str, text: &str| match schema.type_of(name) {
        Some("number" | "integer") => serde_json::from_str(text).unwrap(),
        _ => Value::from(text),
    };
    let typed: Map<_, _> = fields.iter().map(|(name, text)| (name.clone(), value(name, text))).collect();
    assert_eq!(typed.len(), fields.len(), "no field twice");
    typed.into()
}

#[test]
fn stabilitys_forms() {
    let full = json!({
        "prompt": "a red boat è\r\n--x--", "negativePrompt": "people", "aspectRatio": "4:3", "style": "neon-punk",
        "cfgScale": 20.0, "steps": 30, "seed": 4_294_967_294_u32,
    });
    for (model, endpoint) in [
        (None, "core"),
        (Some("ultra"), "ultra"),
        (Some("sd3.5-large"), "sd3"),
        (Some("sd3.5-large-turbo"), "sd3"),
        (Some("sd3.5-medium"), "sd3"),
    ] {
        let place = format!(
            "/paths/~1v2beta~1stable-image~1generate~1{endpoint}/post/requestBody/content/multipart~1form-data/schema"
        );
        let schema = Schema::at("stability/openapi-v2beta-generate.trimmed.json", &place);
        let complaints = |order: Value| schema.complaints(&typed(&schema, &fields(&draw(model, order))));
        for style in STYLES {
            assert_eq!(complaints(json!({"prompt": "x", "style": style})), Vec::<String>::new());
        }
        for ratio in ["1:1", "4:3", "3:2", "16:9"] {
            assert_eq!(complaints(json!({"prompt": "x", "aspectRatio": ratio})), Vec::<String>::new());
        }
        let long = "è".repeat(10_000);
        assert_eq!(
            complaints(json!({"prompt": long, "negativePrompt": long, "cfgScale": 0.0})),
            Vec::<String>::new()
        );
        let request = draw(model, full.clone());
        assert_eq!(request.url.path(), format!("/v2beta/stable-image/generate/{endpoint}"));
        assert_eq!((request.method.as_str(), &request.auth), ("POST", &Auth::Bearer));
        assert_eq!(header(&request, "accept"), Some("application/json"));
        assert_eq!(complaints(full.clone()), Vec::<String>::new());
        let text =
            fields(&request).iter().map(|(name, value)| format!("{name}={value:?}\n")).collect::<String>();
        check_golden(&golden(&format!("stability/requests/{}.txt", model.unwrap_or("core"))), &text);
        // And the schema does refuse.
        let wrong = json!({"prompt": "x", "aspect_ratio": "4:3"});
        assert!(!schema.complaints(&wrong).is_empty() && !schema.complaints(&json!({})).is_empty());
    }
}

#[test]
fn pictures_of_one_order_have_seeds_of_their_own() {
    let Some(Way::Upstream(drawing)) = common::adapter("stability").drawing() else { panic!("it draws") };
    let setup = Setup::of("stability", None, &[]);
    let order: ImageRequest =
        serde_json::from_value(json!({"prompt": "x", "seed": 4_294_967_294_u32})).unwrap();
    let seed = |nth| {
        let fields: BTreeMap<_, _> =
            fields(&drawing.request(&setup.target(), &order, nth)).into_iter().collect();
        fields["seed"].parse::<u64>().unwrap()
    };
    assert_eq!([0, 1, 2].map(seed), [4_294_967_294, 1, 2]);
}

#[test]
fn azure_visions_pictures() {
    let swagger = document("azure-vision/imageanalysis-2023-10-01.swagger.json");
    let operation = &swagger["paths"]["/imageanalysis:analyze"]["post"];
    let described: BTreeMap<&str, &Value> = operation["parameters"]
        .as_array()
        .unwrap()
        .iter()
        .map(|parameter| match parameter["$ref"].as_str() {
            Some(reference) => swagger.pointer(&reference[1..]).unwrap(),
            None => parameter,
        })
        .map(|parameter| (parameter["name"].as_str().unwrap(), parameter))
        .collect();
    let features = &described["features"]["items"]["enum"];
    let host = swagger["x-ms-parameterized-host"]["hostTemplate"].as_str().unwrap();
    let picture = seeing_conversation().picture.unwrap();
    let Some(Captioner::Upstream(seeing)) = common::adapter("azure-vision").captioning() else {
        panic!("it sees")
    };
    for (typed, asked) in [
        (None, "caption"),
        (Some("read"), "read"),
        (Some("caption,denseCaptions,read"), "caption,denseCaptions,read"),
        // What would change the query is left out.
        (Some("read&language=it#"), "readlanguageit"),
    ] {
        let options = typed.map(|typed| ("features", typed));
        let setup = Setup::of("azure-vision", None, options.as_slice());
        let request = seeing.request(&setup.target(), &picture);
        let place = format!("{}/imageanalysis:analyze", host.replace("{endpoint}", "https://res.example"));
        let (before, query) = request.url.as_str().split_once('?').unwrap();
        assert_eq!(before, place);
        assert_eq!(query, format!("api-version=2023-10-01&features={asked}"));
        let given: BTreeMap<_, _> = request.url.query_pairs().into_owned().collect();
        assert!(given.keys().all(|name| described.contains_key(name.as_str())));
        for (name, parameter) in &described {
            let needed = parameter["required"] == true && parameter["in"] == "query";
            assert!(!needed || given.contains_key(*name), "{name}");
        }
        assert_eq!(given["api-version"], swagger["info"]["version"]);
        let known = asked.split(',').all(|feature| features.as_array().unwrap().contains(&feature.into()));
        assert_eq!(known, asked != "readlanguageit");
        assert_eq!(header(&request, "content-type"), operation["consumes"][0].as_str());
        let security = &swagger["securityDefinitions"]["ApiKeyAuth"];
        let name = security["name"].as_str().unwrap().to_lowercase().parse().unwrap();
        assert_eq!((security["in"].as_str(), request.auth), (Some("header"), Auth::Header(name)));
        assert_eq!(&request.body[..], &picture.bytes[..]);
    }
}
