//! Real templates: every text is found, translations go beside their source, and nothing else changes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use domain::template::{LanguageTag, Markup, Template, protect};
use serde_json::{Value, json};

const GOLDEN: &[(&str, usize)] = &[
    ("email-seven-images-no-alt", 19),
    ("email-mergetags-no-alt", 13),
    ("email-multilang-en-fr-it", 29),
    ("email-table-no-alt", 1),
    ("email-translated-es-docs-example", 4),
];

fn golden(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/templates/{name}.json"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn tag() -> LanguageTag {
    LanguageTag::try_from("de-DE".to_owned()).unwrap()
}

/// Takes one language's translations out again, and objects that are empty after that.
fn without(value: &mut Value, language: &str, had: &Value) {
    match value {
        Value::Object(fields) => {
            if let Some(all) = fields.get_mut("translations").and_then(Value::as_object_mut) {
                all.remove(language);
                if all.is_empty() && had.get("translations").is_none() {
                    fields.remove("translations");
                }
            }
            for (name, inner) in fields.iter_mut() {
                without(inner, language, had.get(name).unwrap_or(&Value::Null));
            }
        }
        Value::Array(items) => {
            for (nth, inner) in items.iter_mut().enumerate() {
                without(inner, language, had.get(nth).unwrap_or(&Value::Null));
            }
        }
        _ => {}
    }
}

#[test]
fn real_templates_come_back_whole() {
    for (name, _) in GOLDEN {
        let before = golden(name);
        let mut template = Template::parse(before.clone()).unwrap();
        let fields = template.fields();
        let texts: Vec<String> = fields
            .iter()
            .map(|field| {
                let protected = protect(&field.text, field.markup);
                protected.restore(protected.html()).expect("an untouched translation")
            })
            .collect();
        for (field, text) in fields.iter().zip(&texts) {
            assert_eq!(&field.text, text, "{name}: merge tags and tags come back to the byte");
        }
        let count = template.write_translations(&tag(), texts).unwrap();
        assert_eq!(count, fields.len());
        let mut after = template.into_value();
        if count > 0 {
            assert!(after.to_string().contains("\"de-DE\""), "{name}");
        }
        without(&mut after, "de-DE", &before);
        // As text: the order of keys is kept too.
        assert_eq!(after.to_string(), before.to_string(), "{name}");
    }
}

#[test]
fn every_text_of_a_real_template_is_found() {
    for (name, count) in GOLDEN {
        assert_eq!(Template::parse(golden(name)).unwrap().fields().len(), *count, "{name}");
    }
    let merge = Template::parse(golden("email-mergetags-no-alt")).unwrap();
    assert!(merge.fields().iter().any(|field| field.text.contains("data-bee-type=\"mergetag\"")));
    assert!(merge.outline().contains("Button: "), "{}", merge.outline());
}

#[test]
fn every_kind_of_text_has_its_place() {
    let module = |kind: &str, descriptor: Value| json!({ "type": format!("mailup-bee-newsletter-modules-{kind}"), "uuid": kind, "descriptor": descriptor });
    let modules = json!([
        module("heading", json!({ "heading": { "text": "A" } })),
        module("paragraph", json!({ "paragraph": { "html": "<p>B</p>" } })),
        module("list", json!({ "list": { "html": "<ul><li>C</li></ul>" } })),
        module("button", json!({ "button": { "label": "<p>D</p>", "href": "x" } })),
        module("image", json!({ "image": { "alt": "E", "src": "x" } })),
        module("video", json!({ "video": { "thumbAlt": "F" } })),
        module("icons", json!({ "iconsList": { "icons": [{ "text": "G", "alt": "H", "title": "I" }] } })),
        module("menu", json!({ "menuItemsList": { "items": [{ "text": "J", "link": { "title": "K" } }] } })),
        module("text", json!({ "text": { "html": "<p>legacy</p>" } })),
        module("empty", json!({})),
        module("form", json!([])),
        module("image", json!({ "image": { "alt": " " } })),
        module("heading", json!({ "heading": { "text": "<span>\u{200b}</span>" } })),
    ]);
    let page = json!({ "page": { "head": { "meta": { "subject": "S", "preheader": "P", "title": "T", "description": "D" } },
        "rows": [{ "columns": [{ "modules": modules }] }] } });
    let mut template = Template::parse(page).unwrap();
    let fields = template.fields();
    assert_eq!(fields.len(), 15);
    assert_eq!(fields.iter().filter(|field| field.markup == Markup::Html).count(), 4);
    let texts = fields.iter().map(|field| format!("{}!", field.text)).collect();
    template.write_translations(&tag(), texts).unwrap();
    let value = template.into_value();
    let descriptor = |nth: usize| format!("/page/rows/0/columns/0/modules/{nth}/descriptor");
    for (place, text) in [
        ("/page/head/meta/translations/de-DE/subject".to_owned(), "S!"),
        (format!("{}/heading/translations/de-DE/text", descriptor(0)), "A!"),
        (format!("{}/paragraph/translations/de-DE/html", descriptor(1)), "<p>B</p>!"),
        (format!("{}/button/translations/de-DE/label", descriptor(3)), "<p>D</p>!"),
        (format!("{}/image/translations/de-DE/alt", descriptor(4)), "E!"),
        (format!("{}/video/translations/de-DE/thumbAlt", descriptor(5)), "F!"),
        (format!("{}/iconsList/icons/0/translations/de-DE/title", descriptor(6)), "I!"),
        (format!("{}/menuItemsList/items/0/translations/de-DE/text", descriptor(7)), "J!"),
        (format!("{}/menuItemsList/items/0/link/translations/de-DE/title", descriptor(7)), "K!"),
    ] {
        assert_eq!(value.pointer(&place), Some(&json!(text)), "{place}");
    }
}

#[test]
fn what_is_no_template_is_refused_and_odd_ones_are_read() {
    for bad in [json!(null), json!([]), json!({}), json!({ "page": [] }), json!({ "page": { "rows": {} } })] {
        assert!(Template::parse(bad).is_err());
    }
    let mut odd = Template::parse(json!({ "rows": [{ "type": "newsletter-modules-heading",
        "descriptor": { "heading": { "text": "A", "translations": [] } } }] }))
    .unwrap();
    assert!(odd.write_translations(&tag(), vec![]).is_err());
    odd.write_translations(&tag(), vec!["B".to_owned()]).unwrap();
    assert_eq!(
        odd.into_value().pointer("/rows/0/descriptor/heading/translations/de-DE/text"),
        Some(&json!("B"))
    );
}
