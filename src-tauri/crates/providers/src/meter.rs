//! Reads from a copy of the traffic what a call by a provider's own API used. Changes no byte, keeps few.

use domain::TokenUsage;
use serde::Deserialize;
use serde_json::Value;

use crate::adapter::Metered;
use crate::sse::Scanner;
use crate::worst::Worst;

/// A JSON reply beyond this is not counted: only pictures are so large, and a picture counts as one.
const JSON_MAX: usize = 4 * 1024 * 1024;

/// What a call used, as far as it can be told.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    /// Tokens.
    pub tokens: Option<TokenUsage>,
    /// Images.
    pub images: Option<u64>,
    /// Characters.
    pub characters: Option<u64>,
}

/// Counts one call.
pub struct Meter {
    of: Metered,
    /// Characters of the request's texts, or the images it asks for, should the reply not say.
    asked: Option<u64>,
    reading: Reading,
    counts: Counts,
}

enum Reading {
    Events(Scanner),
    Json(Vec<u8>),
    /// Too large, not JSON, or unreadable: no more of it is kept.
    Over,
}

/// Counts so far; absent ones are unchanged by a later event.
#[derive(Default)]
struct Counts {
    prompt: Option<u64>,
    cached: u64,
    completion: Option<u64>,
}

/// A `usage` in every dialect's names.
#[derive(Deserialize)]
struct Said {
    prompt_tokens: Option<u64>,
    input_tokens: Option<u64>,
    completion_tokens: Option<u64>,
    output_tokens: Option<u64>,
    cache_creation_input_tokens: Option<u64>,
    cache_read_input_tokens: Option<u64>,
}

impl Meter {
    /// A meter for one call. `request` is its body, `content_type` that of the reply.
    #[must_use]
    pub fn start(of: Metered, request: &[u8], content_type: &str) -> Self {
        let reading = match of {
            Metered::Nothing => Reading::Over,
            _ if content_type.starts_with("text/event-stream") => Reading::Events(Scanner::default()),
            _ if content_type.contains("json") => Reading::Json(Vec::new()),
            _ => Reading::Over,
        };
        let asked = match of {
            Metered::Characters => characters(request),
            Metered::Images => Some(Worst::of(of, "", request).images),
            Metered::Tokens | Metered::Nothing => None,
        };
        Self { of, asked, reading, counts: Counts::default() }
    }

    /// Reads bytes as they pass, split anywhere.
    pub fn push(&mut self, bytes: &[u8]) {
        let Self { reading, counts, .. } = self;
        let over = match reading {
            Reading::Events(scanner) => scanner.push(bytes, &mut |data| counts.read(data)).is_err(),
            Reading::Json(whole) => {
                whole.extend_from_slice(bytes);
                whole.len() > JSON_MAX
            }
            Reading::Over => false,
        };
        if over {
            *reading = Reading::Over;
        }
    }

    /// What was used by now. Says the same again when asked again.
    #[must_use]
    pub fn used(&mut self) -> Used {
        let whole = match &mut self.reading {
            Reading::Events(scanner) => {
                scanner.end(&mut |data| self.counts.read(data));
                None
            }
            Reading::Json(bytes) if self.of == Metered::Tokens => {
                self.counts.read_json(bytes);
                None
            }
            Reading::Json(bytes) => serde_json::from_slice::<Value>(bytes).ok(),
            Reading::Over => None,
        };
        match self.of {
            Metered::Nothing => Used::default(),
            Metered::Tokens => Used { tokens: self.counts.tokens(), ..Used::default() },
            Metered::Characters => {
                Used { characters: whole.as_ref().and_then(billed).or(self.asked), ..Used::default() }
            }
            Metered::Images => {
                let asked = self.asked.unwrap_or(1);
                Used { images: Some(whole.as_ref().map_or(asked, pictures)), ..Used::default() }
            }
        }
    }
}

impl Counts {
    fn read(&mut self, data: &[u8]) {
        // Most events say nothing of usage; looking is cheaper than parsing.
        if memchr::memmem::find(data, b"\"usage\"").is_some() {
            self.read_json(data);
        }
    }

    /// A whole event or reply. Of an answer only the usage is built; the rest is skipped over.
    fn read_json(&mut self, data: &[u8]) {
        #[derive(Deserialize)]
        struct Places {
            usage: Option<Said>,
            response: Option<Place>,
            message: Option<Place>,
        }
        #[derive(Deserialize)]
        struct Place {
            usage: Option<Said>,
        }
        match serde_json::from_slice::<Places>(data) {
            Ok(Places { usage, response, message }) => {
                let inner = [response, message].map(|place| place.and_then(|place| place.usage));
                [usage].into_iter().chain(inner).flatten().for_each(|usage| self.take_usage(&usage));
            }
            // `message` may as well be a text, and any of it in some other form than usual.
            Err(_) => {
                if let Ok(whole) = serde_json::from_slice::<Value>(data) {
                    self.take(&whole);
                }
            }
        }
    }

    /// Every dialect's names: chat completions at the top, responses and messages one level down.
    fn take(&mut self, value: &Value) {
        for place in ["/usage", "/response/usage", "/message/usage"] {
            let usage = value.pointer(place).filter(|usage| usage.is_object());
            if let Some(usage) = usage {
                let number = |name: &str| usage.get(name).and_then(Value::as_u64);
                self.take_usage(&Said {
                    prompt_tokens: number("prompt_tokens"),
                    input_tokens: number("input_tokens"),
                    completion_tokens: number("completion_tokens"),
                    output_tokens: number("output_tokens"),
                    cache_creation_input_tokens: number("cache_creation_input_tokens"),
                    cache_read_input_tokens: number("cache_read_input_tokens"),
                });
            }
        }
    }

    fn take_usage(&mut self, said: &Said) {
        self.prompt = said.prompt_tokens.or(said.input_tokens).or(self.prompt);
        self.completion = said.completion_tokens.or(said.output_tokens).or(self.completion);
        // Anthropic leaves out of `input_tokens` what its cache took or gave; OpenAI's count does not.
        let cache = [said.cache_creation_input_tokens, said.cache_read_input_tokens];
        if cache.iter().any(Option::is_some) {
            self.cached = cache.into_iter().flatten().fold(0, u64::saturating_add);
        }
    }

    fn tokens(&self) -> Option<TokenUsage> {
        if self.prompt.is_none() && self.completion.is_none() {
            return None;
        }
        let prompt = self.prompt.unwrap_or_default().saturating_add(self.cached);
        Some(TokenUsage::of(prompt, self.completion.unwrap_or_default()))
    }
}

/// Code points of a DeepL request's texts, sent as JSON or as a form.
pub(crate) fn characters(request: &[u8]) -> Option<u64> {
    let count = |text: &str| text.chars().count() as u64;
    if let Ok(body) = serde_json::from_slice::<Value>(request) {
        return match body.get("text")? {
            Value::String(text) => Some(count(text)),
            Value::Array(texts) => Some(texts.iter().filter_map(Value::as_str).map(count).sum()),
            _ => None,
        };
    }
    let form = url::form_urlencoded::parse(request);
    Some(form.filter(|(name, _)| name == "text").map(|(_, text)| count(&text)).sum())
}

fn billed(reply: &Value) -> Option<u64> {
    let all = reply.get("translations")?.as_array()?;
    all.iter().map(|one| one.get("billed_characters").and_then(Value::as_u64)).sum()
}

fn pictures(reply: &Value) -> u64 {
    let list = ["data", "artifacts"].iter().find_map(|name| reply.get(*name)?.as_array());
    list.map_or(1, |list| list.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(of: Metered, request: &str, kind: &str, reply: &str) -> Used {
        let mut meter = Meter::start(of, request.as_bytes(), kind);
        for byte in reply.as_bytes() {
            meter.push(&[*byte]);
        }
        let once = meter.used();
        assert_eq!(once, meter.used());
        once
    }

    #[test]
    fn every_dialects_tokens_are_found() {
        let json = "application/json";
        let events = "text/event-stream; charset=utf-8";
        for (kind, reply) in [
            (json, r#"{"usage":{"prompt_tokens":3,"completion_tokens":4}}"#),
            (json, r#"{"usage":{"input_tokens":1,"cache_read_input_tokens":2,"output_tokens":4}}"#),
            (
                events,
                "data: {\"usage\":null}\n\ndata: {\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}\n\ndata: [DONE]\n\n",
            ),
            (
                events,
                "data: {\"message\":{\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}}\n\ndata: {\"usage\":{\"output_tokens\":4}}\n\n",
            ),
            (
                json,
                r#"{"usage":{"prompt_tokens":3,"input_tokens":"?","completion_tokens":4},"message":"Hi"}"#,
            ),
            (events, "data: {\"response\":{\"usage\":{\"input_tokens\":3,\"output_tokens\":4}}}"),
        ] {
            assert_eq!(used(Metered::Tokens, "", kind, reply).tokens, Some(TokenUsage::of(3, 4)), "{reply}");
        }
        assert_eq!(used(Metered::Tokens, "", json, r#"{"id":"x"}"#).tokens, None);
    }

    #[test]
    fn characters_are_the_replys_else_the_requests() {
        let json = "application/json";
        let asked = r#"{"text":["Ciào","x"],"target_lang":"DE"}"#;
        assert_eq!(
            used(Metered::Characters, asked, json, r#"{"translations":[{"text":"y"},{"text":"z"}]}"#)
                .characters,
            Some(5)
        );
        let billed =
            r#"{"translations":[{"text":"y","billed_characters":9},{"text":"z","billed_characters":2}]}"#;
        assert_eq!(used(Metered::Characters, asked, json, billed).characters, Some(11));
        assert_eq!(
            used(Metered::Characters, "text=a%20b&text=c&target_lang=DE", json, "{}").characters,
            Some(4)
        );
    }

    #[test]
    fn pictures_are_counted() {
        assert_eq!(used(Metered::Images, "", "application/json", r#"{"data":[{},{}]}"#).images, Some(2));
        assert_eq!(used(Metered::Images, "", "image/png", "....").images, Some(1));
    }
}
