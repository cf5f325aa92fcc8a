//! What the AddOns' routes make of a body: whether it is taken, against rules stated a second time on the plain JSON.

use domain::addons::ai_agent::ChatRequest;
use domain::addons::ai_alt_text::AltTextRequest;
use domain::addons::ai_image_generation::ImageRequest;
use domain::addons::ai_integration::WritingRequest;
use domain::addons::ai_translation::TranslateRequest;
use domain::addons::digest::DigestRequest;
use domain::addons::metadata::MetadataRequest;
use domain::writing::{Conversation, Speaker};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A route's reader: `None`: not a body of this route; else whether its rules take it.
type Reader = fn(&[u8]) -> Option<bool>;
/// What a body that is taken has at least.
type Rule = fn(&Value) -> bool;

fn read<T: DeserializeOwned>(bytes: &[u8], rules: impl Fn(&T) -> bool) -> Option<bool> {
    serde_json::from_slice(bytes).ok().map(|body| rules(&body))
}

/// A conversation that can be sent: something is asked, and the end user speaks last.
fn asks(conversation: &Conversation) -> bool {
    let last = conversation.turns.last();
    assert!(last.is_some_and(|turn| turn.speaker == Speaker::EndUser && !turn.text.trim().is_empty()));
    let tag = conversation.language.as_deref().unwrap_or("en");
    assert!(tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "said to a model: {tag:?}");
    true
}

fn outline() -> String {
    "Title: Sale".to_owned()
}

fn length(value: &Value) -> usize {
    value.as_str().map_or(0, |text| text.chars().count())
}

fn items(value: &Value) -> usize {
    value.as_array().map_or(0, Vec::len)
}

fn within(value: &Value, least: f64, most: f64) -> bool {
    value.is_null() || value.as_f64().is_some_and(|number| (least..=most).contains(&number))
}

pub(super) const ROUTES: [(&str, Reader, Rule); 7] = [
    (
        "text",
        |bytes| read(bytes, |body: &WritingRequest| body.conversation().is_ok_and(|asked| asks(&asked))),
        |body| {
            let asked = body["prompt"].as_str().is_some_and(|prompt| !prompt.trim().is_empty());
            asked && length(&body["prompt"]) <= 8_000 && items(&body["history"]) <= 20
        },
    ),
    (
        "chat",
        |bytes| read(bytes, |body: &ChatRequest| body.conversation(None).is_ok_and(|asked| asks(&asked))),
        |body| (1..=100).contains(&items(&body["messages"])) && length(&body["systemPrompt"]) <= 20_000,
    ),
    (
        "alt-text",
        |bytes| read(bytes, |body: &AltTextRequest| body.check().is_ok()),
        |body| {
            let short = |image: &Value| length(&image["moduleId"]).max(length(&image["itemId"])) <= 200;
            (1..=50).contains(&items(&body["images"]))
                && body["images"].as_array().is_some_and(|all| all.iter().all(short))
        },
    ),
    (
        "images",
        |bytes| read(bytes, |body: &ImageRequest| body.check().is_ok()),
        |body| {
            (1..=10_000).contains(&length(&body["prompt"]))
                && within(&body["count"], 1.0, 4.0)
                && within(&body["steps"], 10.0, 50.0)
                && within(&body["cfgScale"], -0.001, 35.001)
                && within(&body["seed"], 0.0, 4_294_967_294.0)
                && length(&body["folderName"]) <= 80
        },
    ),
    (
        "metadata",
        |bytes| {
            read(bytes, |body: &MetadataRequest| body.conversation(outline()).is_ok_and(|asked| asks(&asked)))
        },
        |body| length(&body["options"]["instructions"]) <= 2_000,
    ),
    (
        "digest",
        |bytes| {
            read(bytes, |body: &DigestRequest| {
                let (summary, sms) = (body.summary(outline()), body.sms(outline()));
                assert_eq!(summary.is_ok(), sms.is_ok(), "one rule for both");
                summary.is_ok_and(|asked| asks(&asked)) && sms.is_ok_and(|asked| asks(&asked))
            })
        },
        |body| length(&body["options"]["instructions"]) <= 2_000,
    ),
    (
        "translate",
        |bytes| read(bytes, |_: &TranslateRequest| true),
        |body| {
            let texts = &body["texts"];
            texts.is_null() || texts.as_array().is_some_and(|all| all.iter().all(Value::is_string))
        },
    ),
];

/// Any bytes at each route. What is taken keeps the route's rules, and written otherwise it is the same request.
pub(super) fn holds(bytes: &[u8]) {
    // A body may hold what no program has to read, nested without end, say, where its route does not look.
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else {
        for (_, reader, _) in &ROUTES {
            reader(bytes);
        }
        return;
    };
    let (Ok(dense), Ok(wide)) = (serde_json::to_vec(&value), serde_json::to_vec_pretty(&value)) else {
        return;
    };
    for (route, reader, rule) in &ROUTES {
        let verdict = reader(bytes);
        // A name that comes twice is refused; written again it comes once.
        if verdict.is_some() {
            assert_eq!(verdict, reader(&dense), "{route}: another request when written densely");
        }
        assert_eq!(reader(&dense), reader(&wide), "{route}: another request when written wide");
        assert!(verdict != Some(true) || rule(&value), "{route} took {value}");
    }
}
