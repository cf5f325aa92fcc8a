//! Replies that are no writing: pictures, captions, translations, and what a probe tells besides that the key is good.
//! Bodies are recorded, or the examples of the providers' own descriptions.

// Helpers of tests are tests too; clippy sees only the functions marked so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;
use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use common::schema::document;
use common::{PIXEL, adapter, golden};
use domain::Cause;
use providers::{
    Captioner, Meter, Metered, Probed, TranslationOrder, UpstreamDrawing, UpstreamTranslating, Used, Way,
};
use serde_json::{Value, json};

fn drawing(kind: &str) -> &'static dyn UpstreamDrawing {
    match adapter(kind).drawing() {
        Some(Way::Upstream(drawing)) => drawing,
        _ => panic!("{kind} draws upstream"),
    }
}

fn translating() -> &'static dyn UpstreamTranslating {
    match adapter("deepl").translating() {
        Some(Way::Upstream(translating)) => translating,
        _ => panic!("DeepL translates upstream"),
    }
}

fn used(of: Metered, request: &str, reply: &[u8]) -> Used {
    let mut meter = Meter::start(of, request.as_bytes(), "application/json");
    reply.chunks(7).for_each(|chunk| meter.push(chunk));
    meter.used()
}

#[test]
fn pictures_are_decoded() {
    let recorded = fs::read(golden("openai/replies/images-generation.json")).unwrap();
    let picture = drawing("openai").read_reply(&recorded).unwrap();
    assert!(picture.starts_with(b"\x89PNG\r\n\x1a\n"));
    assert_eq!(used(Metered::Images, "{}", &recorded).images, Some(2));
    let pixel = STANDARD.decode(PIXEL).unwrap();
    for (reply, result) in [
        (json!({"image": PIXEL, "seed": 1, "finish_reason": "SUCCESS"}), Ok(&pixel)),
        // Blurred, and with a 200: shown, as Stability asks.
        (json!({"image": PIXEL, "seed": 1, "finish_reason": "CONTENT_FILTERED"}), Ok(&pixel)),
        (json!({"artifacts": [{"base64": PIXEL, "seed": 1, "finishReason": "SUCCESS"}]}), Ok(&pixel)),
        (json!({"artifacts": [{"base64": PIXEL, "finishReason": "CONTENT_FILTERED"}]}), Ok(&pixel)),
        (json!({"artifacts": [{"base64": PIXEL, "finishReason": "ERROR"}]}), Err(Cause::UpstreamError)),
        (json!({"artifacts": []}), Err(Cause::ReplyInvalid)),
        (json!({"image": "no base64!"}), Err(Cause::ReplyInvalid)),
        (json!([]), Err(Cause::ReplyInvalid)),
    ] {
        let read = drawing("stability").read_reply(reply.to_string().as_bytes());
        assert_eq!(read.as_ref().map_err(|cause| *cause), result, "{reply}");
    }
    // The description's example holds a phrase instead of a picture.
    let described =
        &document("stability/openapi-v1.trimmed.json")["components"]["schemas"]["Image"]["example"];
    assert!(described.is_array());
    let example = json!({"artifacts": described}).to_string();
    assert_eq!(drawing("stability").read_reply(example.as_bytes()), Err(Cause::ReplyInvalid));
    assert_eq!(used(Metered::Images, "{}", example.as_bytes()).images, Some(2));
    for body in ["", "{}", "{\"data\":[]}", "{\"data\":[{\"url\":\"https://x\"}]}"] {
        assert_eq!(drawing("openai").read_reply(body.as_bytes()), Err(Cause::ReplyInvalid), "{body}");
    }
}

#[test]
fn azure_visions_examples_are_read() {
    let Some(Captioner::Upstream(captioning)) = adapter("azure-vision").captioning() else {
        panic!("it sees")
    };
    for name in ["AnalyzeFromUrl_MaximumSet", "AnalyzeFromImageData_MaximumSet"] {
        let example = document(&format!("azure-vision/examples/{name}.json"));
        let mut reply = example["responses"]["200"]["body"].clone();
        let read = |reply: &Value| captioning.read_reply(reply.to_string().as_bytes());
        let caption = reply["captionResult"]["text"].as_str().unwrap().to_owned();
        assert_eq!(read(&reply), Ok(caption), "{name}");
        // As if only these features had been asked for.
        reply.as_object_mut().unwrap().remove("captionResult");
        let whole = reply["denseCaptionsResult"]["values"][0]["text"].as_str().unwrap().to_owned();
        assert_eq!(read(&reply), Ok(whole), "{name}");
        reply.as_object_mut().unwrap().remove("denseCaptionsResult");
        let line = reply["readResult"]["blocks"][0]["lines"][0]["text"].as_str().unwrap();
        assert!(read(&reply).unwrap().starts_with(line), "{name}");
        reply.as_object_mut().unwrap().remove("readResult");
        assert_eq!(read(&reply), Err(Cause::ReplyInvalid), "{name}");
    }
}

#[test]
fn translations_are_read_and_metered() {
    let place = "/paths/~1v2~1translate/post/responses/200/content/application~1json/schema/properties/translations/items/properties";
    let described = document("deepl/openapi.trimmed.json").pointer(place).unwrap().clone();
    let example = |name: &str| described[name]["example"].clone();
    let one = json!({
        "detected_source_language": example("detected_source_language"), "text": example("text"),
        "billed_characters": example("billed_characters"), "tag_handling_version": "v2",
    });
    let reply = json!({"translations": [one, {"text": "Tschüss", "billed_characters": 3}]}).to_string();
    let read = translating().read_reply(reply.as_bytes()).ok().unwrap();
    assert_eq!(
        (read.texts.as_slice(), read.billed),
        (&["Hallo, Welt!".to_owned(), "Tschüss".to_owned()][..], Some(45))
    );
    assert_eq!(used(Metered::Characters, "{}", reply.as_bytes()).characters, Some(45));
    let unbilled =
        json!({"translations": [{"text": "a", "billed_characters": 1}, {"text": "b"}]}).to_string();
    assert_eq!(translating().read_reply(unbilled.as_bytes()).ok().unwrap().billed, None);
    assert_eq!(used(Metered::Characters, r#"{"text":["è🙂"]}"#, unbilled.as_bytes()).characters, Some(2));
    assert!(translating().read_reply(b"{}").is_err());
}

#[test]
fn deepls_own_languages_are_offered() {
    let list = document("deepl/language-list.json");
    let codes =
        |name: &str| list[name].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
    let hidden: BTreeSet<&str> = codes("HideFromV2Endpoint");
    let targets_only: BTreeSet<&str> = codes("TargetOnlyLanguages");
    let check = |source: Option<&str>, target: &str| {
        translating().check(&TranslationOrder { source, target, texts: &[] })
    };
    for language in list["Languages"].as_array().unwrap() {
        let code = language["Code"].as_str().unwrap();
        let known = !hidden.contains(code);
        let result = if known { Ok(()) } else { Err(Cause::LanguageUnsupported) };
        assert_eq!(check(None, code), result, "into {code}");
        if !targets_only.contains(code) {
            assert_eq!(check(Some(code), "de"), result, "from {code}");
        }
    }
}

#[test]
fn probes_tell_models_and_what_is_left() {
    let usage = document("deepl/openapi.trimmed.json");
    let usage = usage
        .pointer("/paths/~1v2~1usage/get/responses/200/content/application~1json/examples")
        .unwrap()
        .clone();
    let balance = document("stability/openapi-v1.trimmed.json");
    let balance = balance["components"]["schemas"]["BalanceResponseBody"]["example"].clone();
    let list = json!({"object": "list", "data": [{"id": "a", "object": "model"}, {"id": "b"}]});
    let models = Some(vec!["a".to_owned(), "b".to_owned()]);
    for (kind, body, told) in [
        ("deepl", usage["free"]["value"].clone(), Probed { models: None, left: Some(1_250_000 - 180_118) }),
        // The limit of an account without one.
        ("deepl", usage["pro"]["value"].clone(), Probed::default()),
        ("stability", balance, Probed { models: None, left: Some(0) }),
        ("stability", json!({"credits": 12.9}), Probed { models: None, left: Some(12) }),
        ("stability", json!({"credits": -3.0}), Probed { models: None, left: Some(0) }),
        ("openai", list.clone(), Probed { models: models.clone(), left: None }),
        ("anthropic", list.clone(), Probed { models: models.clone(), left: None }),
        ("openai-compatible", list.clone(), Probed { models, left: None }),
        // What could be deployed is not what is.
        ("azure-openai", list, Probed::default()),
        ("azure-vision", json!({}), Probed::default()),
        ("openai", json!({"error": "x"}), Probed::default()),
    ] {
        assert_eq!(adapter(kind).read_probe(body.to_string().as_bytes()), told, "{kind} {body}");
    }
}
