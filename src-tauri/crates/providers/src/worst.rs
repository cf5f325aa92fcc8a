//! What a request by a provider's own API may use at most, read from its body. Changes no byte of it.
//!
//! No byte-level tokenizer makes more tokens than there are bytes, so the body's length bounds what it sends. What it
//! only refers to (a picture's address, an earlier answer, a file, a search) is not in it: a picture has a bound of its
//! own, anything else has none.

use serde_json::{Map, Value};

use crate::adapter::Metered;
use crate::meter::characters;

/// No provider known counts more for one picture: gpt-4o-mini takes 48,169 for the largest.
pub const PICTURE_TOKENS: u64 = 50_000;
/// What a provider adds by itself around messages and tools (Anthropic: up to 735 for tools).
const FRAME: u64 = 64;
const TOOLS: u64 = 1_024;

/// At most this.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Worst {
    /// Tokens sent.
    pub input: u64,
    /// Tokens answered; `None`: the request names no maximum.
    pub output: Option<u64>,
    /// How many answers are asked for at once; `output` counts them all.
    pub choices: u64,
    /// Images.
    pub images: u64,
    /// Characters.
    pub characters: u64,
    /// The request refers to things whose size it does not tell.
    pub unbounded: bool,
    /// The answer is fetched later, by another call.
    pub later: bool,
    /// The model asked for.
    pub model: Option<String>,
}

impl Worst {
    /// Of a request with this body to this path.
    #[must_use]
    pub fn of(metered: Metered, path: &str, body: &[u8]) -> Self {
        let json = serde_json::from_slice::<Value>(body).ok();
        let model = json.as_ref().and_then(|json| json.get("model")?.as_str()).map(str::to_owned);
        let number = |name: &str| json.as_ref().and_then(|json| json.get(name)?.as_u64());
        let length = body.len() as u64;
        let most = Self { model, choices: 1, ..Self::default() };
        match metered {
            Metered::Nothing => Self { output: Some(0), ..most },
            Metered::Images => {
                let images = number("n").or(number("samples")).unwrap_or(1).max(1);
                Self { images, output: Some(0), ..most }
            }
            Metered::Characters => {
                let characters = characters(body).unwrap_or(length);
                Self { characters, output: Some(0), ..most }
            }
            Metered::Tokens => {
                let choices = number("n").max(number("best_of")).unwrap_or(1).max(1);
                let named = ["max_completion_tokens", "max_tokens", "max_output_tokens"];
                let named = named.into_iter().filter_map(number).max();
                let output = if path.ends_with("embeddings") { Some(0) } else { named };
                let mut seen = Seen::default();
                match json {
                    Some(json) => seen.look(&json),
                    None => seen.unbounded = true,
                }
                Self {
                    input: length.saturating_add(FRAME).saturating_add(seen.extra),
                    output: output.map(|output| output.saturating_mul(choices)),
                    choices,
                    unbounded: seen.unbounded,
                    later: seen.later,
                    ..most
                }
            }
        }
    }
}

#[derive(Default)]
struct Seen {
    extra: u64,
    unbounded: bool,
    later: bool,
}

/// Fields that stand for text kept at the provider.
const REFERENCES: [&str; 6] =
    ["previous_response_id", "conversation", "file_id", "container", "mcp_servers", "web_search_options"];

impl Seen {
    fn look(&mut self, body: &Value) {
        let Some(fields) = body.as_object() else { return self.unbounded = true };
        let given = |name: &str| fields.get(name).is_some_and(|value| !value.is_null());
        self.later = fields.get("background").and_then(Value::as_bool).unwrap_or_default();
        // A prompt kept at the provider; the old completions' prompt is text.
        self.unbounded = fields.get("prompt").is_some_and(Value::is_object);
        if given("tools") || given("functions") {
            self.extra = TOOLS;
        }
        // What a provider's own tools bring in (a search, a file) is read by the model too.
        for tool in fields.get("tools").and_then(Value::as_array).into_iter().flatten() {
            let kind = tool.get("type").and_then(Value::as_str).unwrap_or("custom");
            self.unbounded |= !matches!(kind, "function" | "custom");
        }
        self.walk(body);
    }

    fn walk(&mut self, value: &Value) {
        match value {
            Value::Array(all) => all.iter().for_each(|one| self.walk(one)),
            Value::Object(fields) => {
                self.part(fields);
                fields.values().for_each(|one| self.walk(one));
            }
            _ => {}
        }
    }

    fn part(&mut self, fields: &Map<String, Value>) {
        match fields.get("type").and_then(Value::as_str).unwrap_or_default() {
            "image_url" | "input_image" | "image" => self.extra = self.extra.saturating_add(PICTURE_TOKENS),
            // Pages of a document are shown to the model as pictures.
            "file" | "input_file" | "document" | "item_reference" | "container_upload" => {
                self.unbounded = true
            }
            _ => {}
        }
        let refers = |name: &&str| fields.get(*name).is_some_and(|value| !value.is_null());
        self.unbounded |= REFERENCES.iter().any(refers);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(body: &str) -> Worst {
        Worst::of(Metered::Tokens, "chat/completions", body.as_bytes())
    }

    #[test]
    fn a_bodys_length_and_its_named_maximum_bound_it() {
        let body = r#"{"model":"m","max_tokens":40,"n":3,"messages":[{"role":"user","content":"Hi"}]}"#;
        let worst = tokens(body);
        assert_eq!((worst.input, worst.output), (body.len() as u64 + FRAME, Some(120)));
        assert_eq!((worst.unbounded, worst.model.as_deref()), (false, Some("m")));
        assert_eq!(tokens(r#"{"messages":[]}"#).output, None);
        let embed = Worst::of(Metered::Tokens, "embeddings", br#"{"input":"x"}"#);
        assert_eq!(embed.output, Some(0));
        // The larger of two is what a lenient server may take.
        assert_eq!(tokens(r#"{"max_tokens":1,"max_completion_tokens":9}"#).output, Some(9));
    }

    #[test]
    fn what_is_only_referred_to_is_not_bounded_by_the_body() {
        for body in [
            r#"{"previous_response_id":"r"}"#,
            r#"{"prompt":{"id":"p"}}"#,
            r#"{"tools":[{"type":"web_search"}]}"#,
            r#"{"input":[{"content":[{"type":"input_file","file_url":"x"}]}]}"#,
            r#"{"messages":[{"content":[{"type":"document","source":{"type":"url"}}]}]}"#,
            "not json",
            "[]",
        ] {
            assert!(tokens(body).unbounded, "{body}");
        }
        let picture =
            tokens(r#"{"messages":[{"content":[{"type":"image_url","image_url":{"url":"http://x"}}]}]}"#);
        assert!(picture.input > PICTURE_TOKENS && !picture.unbounded);
        let tools = tokens(r#"{"tools":[{"type":"function","function":{}}],"previous_response_id":null}"#);
        assert!(!tools.unbounded && tools.input > TOOLS);
        assert!(tokens(r#"{"background":true}"#).later);
    }

    #[test]
    fn images_and_characters_are_counted_as_asked() {
        assert_eq!(Worst::of(Metered::Images, "images/generations", br#"{"n":4}"#).images, 4);
        assert_eq!(Worst::of(Metered::Images, "generate/core", b"--multipart").images, 1);
        let text = r#"{"text":["Ciào","x"]}"#;
        assert_eq!(Worst::of(Metered::Characters, "v2/translate", text.as_bytes()).characters, 5);
        assert_eq!(Worst::of(Metered::Nothing, "models", b"").input, 0);
    }
}
