//! Anthropic's stream turned into chat-completion chunks as it comes. Holds one event at a time.

use std::fmt::Write as _;

use domain::Cause;
use serde_json::{Value, json};

use super::chat::{finish_reason, usage};
use crate::adapter::StreamTranslator;
use crate::sse::Scanner;

/// Blocks of one answer that can be tool calls; more is no answer.
const CALLS_MAX: usize = 128;

/// The translator of one stream.
pub(super) struct ChatTranslator {
    scanner: Scanner,
    state: State,
}

/// A tool call that has begun.
struct Call {
    /// Anthropic's number of the block.
    index: u64,
    /// Whether any of its arguments came.
    told: bool,
}

#[derive(Default)]
struct State {
    id: Value,
    model: Value,
    /// Which of Anthropic's blocks is which of OpenAI's tool calls.
    calls: Vec<Call>,
    counts: Value,
    wants_usage: bool,
    over: Option<Result<(), Cause>>,
}

impl ChatTranslator {
    /// A translator for the reply to `body`, OpenAI's request.
    pub(super) fn new(body: &Value) -> Self {
        let wants =
            body.pointer("/stream_options/include_usage").and_then(Value::as_bool).unwrap_or_default();
        let state = State { wants_usage: wants, counts: json!({}), ..State::default() };
        Self { scanner: Scanner::default(), state }
    }
}

impl StreamTranslator for ChatTranslator {
    fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        let Self { scanner, state } = self;
        if scanner.push(bytes, &mut |data| state.read(data, out)).is_err() {
            state.fail(Cause::ReplyInvalid, out);
        }
    }

    fn end(&mut self, out: &mut Vec<u8>) -> Result<(), Cause> {
        let Self { scanner, state } = self;
        scanner.end(&mut |data| state.read(data, out));
        if state.over.is_none() {
            state.fail(Cause::StreamCut, out);
        }
        state.over.unwrap_or(Err(Cause::StreamCut))
    }
}

impl State {
    fn read(&mut self, data: &[u8], out: &mut Vec<u8>) {
        if self.over.is_some() {
            return;
        }
        let Ok(event) = serde_json::from_slice::<Value>(data) else {
            return self.fail(Cause::ReplyInvalid, out);
        };
        match event.get("type").and_then(Value::as_str).unwrap_or_default() {
            "message_start" => {
                let message = event.get("message").cloned().unwrap_or_default();
                self.id = message.get("id").cloned().unwrap_or_default();
                self.model = message.get("model").cloned().unwrap_or_default();
                self.count(message.get("usage"));
                self.chunk(json!({ "role": "assistant", "content": "" }), None, out);
            }
            "content_block_start" => self.begin_block(&event, out),
            "content_block_delta" => self.delta(&event, out),
            "content_block_stop" => self.end_block(&event, out),
            "message_delta" => {
                self.count(event.get("usage"));
                if let Some(stop) = event.pointer("/delta/stop_reason").and_then(Value::as_str) {
                    self.chunk(json!({}), Some(finish_reason(stop)), out);
                }
            }
            "message_stop" => self.finish(out),
            "error" => {
                let error = event.get("error").map(|error| json!({ "error": error })).unwrap_or_default();
                let cause = super::cause_in_stream(error.to_string().as_bytes());
                self.fail(cause, out);
            }
            _ => {}
        }
    }

    fn begin_block(&mut self, event: &Value, out: &mut Vec<u8>) {
        let block = event.get("content_block").unwrap_or(&Value::Null);
        if let Some(text) = block.get("text").and_then(Value::as_str).filter(|text| !text.is_empty()) {
            self.chunk(json!({ "content": text }), None, out);
        }
        if block.get("type").is_none_or(|kind| kind != "tool_use") || self.calls.len() >= CALLS_MAX {
            return;
        }
        let place = self.calls.len();
        let index = event.get("index").and_then(Value::as_u64).unwrap_or_default();
        self.calls.push(Call { index, told: false });
        let call = json!({
            "index": place,
            "id": block.get("id"),
            "type": "function",
            "function": { "name": block.get("name"), "arguments": "" },
        });
        self.chunk(json!({ "tool_calls": [call] }), None, out);
    }

    fn delta(&mut self, event: &Value, out: &mut Vec<u8>) {
        let text = |name: &str| event.pointer(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        if let Some(text) = text("/delta/text") {
            self.chunk(json!({ "content": text }), None, out);
        }
        let index = event.get("index").and_then(Value::as_u64).unwrap_or_default();
        if let Some(piece) = text("/delta/partial_json") {
            self.arguments(index, piece, out);
        }
    }

    /// A tool without arguments: Anthropic sends none, OpenAI's clients expect an object.
    fn end_block(&mut self, event: &Value, out: &mut Vec<u8>) {
        let index = event.get("index").and_then(Value::as_u64).unwrap_or_default();
        if self.calls.iter().any(|call| call.index == index && !call.told) {
            self.arguments(index, "{}", out);
        }
    }

    fn arguments(&mut self, index: u64, piece: &str, out: &mut Vec<u8>) {
        let Some(place) = self.calls.iter().position(|call| call.index == index) else { return };
        if let Some(call) = self.calls.get_mut(place) {
            call.told = true;
        }
        let call = json!({ "index": place, "function": { "arguments": piece } });
        self.chunk(json!({ "tool_calls": [call] }), None, out);
    }

    fn count(&mut self, usage: Option<&Value>) {
        for (name, value) in usage.and_then(Value::as_object).into_iter().flatten() {
            if value.is_u64() {
                self.counts[name.as_str()] = value.clone();
            }
        }
    }

    fn finish(&mut self, out: &mut Vec<u8>) {
        if self.wants_usage {
            let mut chunk = self.frame(json!([]));
            chunk["usage"] = usage(&self.counts);
            write_event(&chunk, out);
        }
        out.extend_from_slice(b"data: [DONE]\n\n");
        self.over = Some(Ok(()));
    }

    /// Without `[DONE]`: OpenAI's clients raise on the error object, and would take `[DONE]` for a good end.
    fn fail(&mut self, cause: Cause, out: &mut Vec<u8>) {
        if self.over.is_none() {
            let error = json!({ "message": cause.message(), "type": "upstream_error", "code": cause.word() });
            write_event(&json!({ "error": error }), out);
            self.over = Some(Err(cause));
        }
    }

    fn frame(&self, choices: Value) -> Value {
        json!({
            "id": self.id,
            "object": "chat.completion.chunk",
            "created": 0,
            "model": self.model,
            "choices": choices,
        })
    }

    fn chunk(&self, delta: Value, finish: Option<&str>, out: &mut Vec<u8>) {
        write_event(&self.frame(json!([{ "index": 0, "delta": delta, "finish_reason": finish }])), out);
    }
}

fn write_event(value: &Value, out: &mut Vec<u8>) {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write!(text, "data: {value}\n\n");
    out.extend_from_slice(text.as_bytes());
}
