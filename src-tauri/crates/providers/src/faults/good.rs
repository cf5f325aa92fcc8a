//! A right answer to whatever was asked, in the dialect it was asked in: what the request's path and body call for. Tells
//! no prompt back but for texts to be translated, which are the answer's own.

use std::ops::Range;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::ACCEPT;
use serde_json::{Value, json};

use crate::request::UpstreamRequest;

/// Every detail a model can be asked for as JSON.
const DETAILS: &str = r#"{"subject":"A right answer — è 🙂","preheader":"Made by the console","title":"A right answer","description":"Made by the console; no provider was asked."}"#;
const WORDS: &str = "A right answer — è 🙂 — made by the console. No provider was asked for these words.";
/// Together larger than any text the proxy takes.
const LONG_PIECES: usize = 80;
const LONG_PIECE: usize = 64 * 1024;
/// Larger than any picture the proxy takes.
const LONG_PICTURE: usize = 41 * 1024 * 1024;

/// How much it says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    Right,
    Empty,
    Long,
}

/// Why it ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Ordinary,
    Length,
    Filtered,
    Unheard,
}

/// What the answer is to be like.
pub(super) struct Shape {
    pub(super) text: Text,
    pub(super) ending: Ending,
    pub(super) usage: bool,
}

/// The answer whole and, where it can be streamed, as events.
pub(super) struct Good {
    pub(super) kind: &'static str,
    pub(super) whole: Vec<u8>,
    pub(super) events: Option<Events>,
}

/// The answer as server-sent events.
pub(super) struct Events {
    pub(super) all: Vec<String>,
    /// Those that hold its words.
    pub(super) words: Range<usize>,
    /// An event that says that the server failed.
    pub(super) failure: String,
}

struct Asked<'r> {
    request: &'r UpstreamRequest,
    body: Value,
    shape: Shape,
}

/// The answer to `request`.
pub(super) fn good(request: &UpstreamRequest, shape: Shape) -> Good {
    let asked = Asked { request, body: serde_json::from_slice(&request.body).unwrap_or_default(), shape };
    let path = request.url.path();
    let ends = |end: &str| path.ends_with(end);
    match () {
        () if ends("/chat/completions") => asked.chat(),
        () if ends("/messages") => asked.messages(),
        () if ends("/responses") => asked.responses(),
        () if ends("/images/generations") => {
            let one = json!({ "b64_json": asked.picture() });
            let data = if asked.shape.text == Text::Empty { json!([]) } else { json!([one]) };
            whole(&json!({ "created": 0, "data": data }))
        }
        () if ends("/text-to-image") => whole(
            &json!({ "artifacts": [{ "base64": asked.picture(), "seed": 0, "finishReason": "SUCCESS" }] }),
        ),
        () if path.contains("/stable-image/") => asked.stable_image(),
        () if ends("imageanalysis:analyze") => asked.analysis(),
        () if ends("/translate") => asked.translation(),
        () => whole(&json!({ "object": "list", "data": [] })),
    }
}

fn whole(body: &Value) -> Good {
    Good { kind: "application/json", whole: body.to_string().into_bytes(), events: None }
}

static PICTURE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    #[expect(clippy::cast_possible_truncation, reason = "below 256")]
    let shade = |x: u32, y: u32| image::Rgb([(x / 2) as u8, 128, (y / 2) as u8]);
    let mut file = std::io::Cursor::new(Vec::new());
    // Writing to memory cannot fail.
    let _ = image::RgbImage::from_fn(512, 512, shade).write_to(&mut file, image::ImageFormat::Png);
    file.into_inner()
});

impl Asked<'_> {
    fn model(&self) -> &str {
        self.body.get("model").and_then(Value::as_str).unwrap_or("fault")
    }

    fn pieces(&self) -> Vec<String> {
        // The one AddOn that reads JSON out of words says so in its instructions.
        let json = memchr::memmem::find(&self.request.body, b"Answer with one JSON object").is_some();
        match self.shape.text {
            Text::Empty => Vec::new(),
            Text::Long => vec!["word ".repeat(LONG_PIECE / 5); LONG_PIECES],
            Text::Right => {
                let text = if json { DETAILS } else { WORDS };
                text.split_inclusive(' ').map(str::to_owned).collect()
            }
        }
    }

    fn picture(&self) -> String {
        match self.shape.text {
            Text::Empty => String::new(),
            Text::Right => STANDARD.encode(&*PICTURE),
            Text::Long => "A".repeat(LONG_PICTURE),
        }
    }

    fn chat(&self) -> Good {
        let reason = match self.shape.ending {
            Ending::Ordinary => "stop",
            Ending::Length => "length",
            Ending::Filtered => "content_filter",
            Ending::Unheard => "unheard_of",
        };
        let usage = json!({ "prompt_tokens": 20, "completion_tokens": 18, "total_tokens": 38 });
        let message = json!({ "role": "assistant", "content": self.pieces().concat(), "refusal": null });
        let mut reply = json!({
            "id": "chatcmpl-fault", "object": "chat.completion", "created": 0, "model": self.model(),
            "choices": [{ "index": 0, "message": message, "logprobs": null, "finish_reason": reason }],
        });
        if self.shape.usage {
            reply["usage"] = usage.clone();
        }
        let chunk = |choices: Value, usage: Value| {
            let chunk = json!({
                "id": "chatcmpl-fault", "object": "chat.completion.chunk", "created": 0, "model": self.model(),
                "choices": choices, "usage": usage,
            });
            format!("data: {chunk}\n\n")
        };
        let delta = |delta: Value, reason: Value| {
            chunk(json!([{ "index": 0, "delta": delta, "finish_reason": reason }]), Value::Null)
        };
        let mut all = vec![delta(json!({ "role": "assistant", "content": "" }), Value::Null)];
        all.extend(self.pieces().into_iter().map(|piece| delta(json!({ "content": piece }), Value::Null)));
        let words = 1..all.len();
        all.push(delta(json!({}), reason.into()));
        let wanted = self.body.pointer("/stream_options/include_usage") == Some(&Value::Bool(true));
        if self.shape.usage && wanted {
            all.push(chunk(json!([]), usage));
        }
        all.push("data: [DONE]\n\n".to_owned());
        let error = json!({ "error": {
            "message": "The server had an error while processing your request. Sorry about that!",
            "type": "server_error", "param": null, "code": null,
        } });
        Good { events: Some(Events { all, words, failure: format!("data: {error}\n\n") }), ..whole(&reply) }
    }

    fn messages(&self) -> Good {
        let reason = match self.shape.ending {
            Ending::Ordinary => "end_turn",
            Ending::Length => "max_tokens",
            Ending::Filtered => "refusal",
            Ending::Unheard => "unheard_of",
        };
        let message = |content: Value, reason: Value, output: u32| {
            let mut message = json!({
                "id": "msg_fault", "type": "message", "role": "assistant", "model": self.model(),
                "content": content, "stop_reason": reason, "stop_sequence": null,
            });
            if self.shape.usage {
                message["usage"] = json!({ "input_tokens": 20, "output_tokens": output });
            }
            message
        };
        let event =
            |data: Value| format!("event: {}\ndata: {data}\n\n", data["type"].as_str().unwrap_or_default());
        let mut all = vec![
            event(json!({ "type": "message_start", "message": message(json!([]), Value::Null, 1) })),
            event(
                json!({ "type": "content_block_start", "index": 0, "content_block": { "type": "text", "text": "" } }),
            ),
            event(json!({ "type": "ping" })),
        ];
        let before = all.len();
        all.extend(self.pieces().into_iter().map(|piece| {
            let delta = json!({ "type": "text_delta", "text": piece });
            event(json!({ "type": "content_block_delta", "index": 0, "delta": delta }))
        }));
        let words = before..all.len();
        all.push(event(json!({ "type": "content_block_stop", "index": 0 })));
        let mut last =
            json!({ "type": "message_delta", "delta": { "stop_reason": reason, "stop_sequence": null } });
        if self.shape.usage {
            last["usage"] = json!({ "output_tokens": 18 });
        }
        all.extend([event(last), event(json!({ "type": "message_stop" }))]);
        let error = json!({ "type": "overloaded_error", "message": "Overloaded" });
        let failure = event(json!({ "type": "error", "error": error }));
        let text = self.pieces().concat();
        let content = if text.is_empty() { json!([]) } else { json!([{ "type": "text", "text": text }]) };
        Good { events: Some(Events { all, words, failure }), ..whole(&message(content, reason.into(), 18)) }
    }

    fn responses(&self) -> Good {
        let (status, details) = match self.shape.ending {
            Ending::Ordinary | Ending::Unheard => ("completed", Value::Null),
            Ending::Length => ("incomplete", json!({ "reason": "max_output_tokens" })),
            Ending::Filtered => ("incomplete", json!({ "reason": "content_filter" })),
        };
        let text = self.pieces().concat();
        let said = json!([{ "type": "output_text", "text": text, "annotations": [] }]);
        let item = json!({
            "type": "message", "id": "msg_fault", "role": "assistant", "status": status, "content": said,
        });
        let mut reply = json!({
            "id": "resp_fault", "object": "response", "created_at": 0, "status": status, "model": self.model(),
            "error": null, "incomplete_details": details, "output": [item],
        });
        if self.shape.usage {
            reply["usage"] = json!({ "input_tokens": 20, "output_tokens": 18, "total_tokens": 38 });
        }
        let event =
            |data: Value| format!("event: {}\ndata: {data}\n\n", data["type"].as_str().unwrap_or_default());
        let begun =
            json!({ "id": "resp_fault", "object": "response", "status": "in_progress", "output": [] });
        let mut all = vec![event(json!({ "type": "response.created", "response": begun }))];
        all.extend(self.pieces().into_iter().map(|piece| {
            event(json!({
                "type": "response.output_text.delta", "item_id": "msg_fault", "output_index": 0,
                "content_index": 0, "delta": piece,
            }))
        }));
        let words = 1..all.len();
        let last = if status == "completed" { "response.completed" } else { "response.incomplete" };
        all.push(event(json!({ "type": last, "response": reply })));
        let error =
            json!({ "type": "server_error", "code": "server_error", "message": "The server failed." });
        let failure = event(json!({ "type": "error", "error": error }));
        Good { events: Some(Events { all, words, failure }), ..whole(&reply) }
    }

    fn stable_image(&self) -> Good {
        let raw = self.request.headers.iter().any(|(name, value)| {
            name == ACCEPT && value.to_str().is_ok_and(|accepted| accepted.starts_with("image/"))
        });
        if raw && self.shape.text == Text::Right {
            return Good { kind: "image/png", whole: PICTURE.clone(), events: None };
        }
        whole(&json!({ "image": self.picture(), "seed": 0, "finish_reason": "SUCCESS" }))
    }

    fn analysis(&self) -> Good {
        let mut reply = json!({ "modelVersion": "2023-10-01", "metadata": { "width": 512, "height": 512 } });
        if self.shape.text != Text::Empty {
            let text = if self.shape.text == Text::Long { self.pieces().concat() } else { WORDS.to_owned() };
            reply["captionResult"] = json!({ "text": text, "confidence": 0.9 });
        }
        whole(&reply)
    }

    fn translation(&self) -> Good {
        let texts = self.body.get("text").and_then(Value::as_array).cloned().unwrap_or_default();
        let translated = texts.iter().filter_map(Value::as_str).map(|text| {
            let more = if self.shape.text == Text::Long {
                self.pieces().concat()
            } else {
                " — è 🙂".to_owned()
            };
            let mut one = json!({ "detected_source_language": "EN", "text": format!("{text}{more}") });
            if self.shape.usage {
                one["billed_characters"] = text.chars().count().into();
            }
            one
        });
        let translated: Vec<Value> =
            if self.shape.text == Text::Empty { Vec::new() } else { translated.collect() };
        whole(&json!({ "translations": translated }))
    }
}
