//! OpenAI's chat completions in front of Anthropic's Messages API: requests, tools and replies translated both ways.
//! The streamed reply is `chat_stream.rs`'s. Knows no address and no key.
//!
//! What Anthropic has no word for is refused by name, but for sampling parameters: since version 2026-10-21 they are
//! answered by 400, and every OpenAI client sends them unasked.

use domain::Cause;
use serde_json::{Map, Value, json};

use crate::adapter::NotSupported;

/// When the client names no limit; Anthropic wants one.
const MAX_TOKENS: u64 = 8_192;

/// Anthropic's body for OpenAI's.
pub(super) fn request(body: &Value) -> Result<Value, NotSupported> {
    refuse(body)?;
    let mut system = Vec::new();
    let mut messages = Vec::new();
    for message in body.get("messages").and_then(Value::as_array).into_iter().flatten() {
        match message.get("role").and_then(Value::as_str).unwrap_or_default() {
            "system" | "developer" => system.push(plain_text(message.get("content"))),
            "tool" => push(&mut messages, "user", vec![tool_result(message)]),
            "assistant" => push(&mut messages, "assistant", assistant(message)),
            _ => push(&mut messages, "user", blocks(message.get("content"))?),
        }
    }
    let limit = ["max_completion_tokens", "max_tokens"].iter().find_map(|name| body.get(*name)?.as_u64());
    let mut out = Map::new();
    out.insert("model".to_owned(), body.get("model").cloned().unwrap_or_default());
    out.insert("max_tokens".to_owned(), limit.unwrap_or(MAX_TOKENS).into());
    if !system.is_empty() {
        out.insert("system".to_owned(), system.join("\n\n").into());
    }
    out.insert("messages".to_owned(), messages.into());
    if let Some(stop) = stop_sequences(body.get("stop")) {
        out.insert("stop_sequences".to_owned(), stop);
    }
    tools(body, &mut out);
    if body.get("stream").and_then(Value::as_bool).unwrap_or_default() {
        out.insert("stream".to_owned(), true.into());
    }
    Ok(out.into())
}

fn refuse(body: &Value) -> Result<(), NotSupported> {
    let no = |field, rule| Err(NotSupported { field, rule });
    if body.get("n").and_then(Value::as_u64).is_some_and(|n| n > 1) {
        return no("n", "may be 1 only");
    }
    if body.get("logprobs").and_then(Value::as_bool).unwrap_or_default() {
        return no("logprobs", "is not available");
    }
    let format = body.pointer("/response_format/type").and_then(Value::as_str);
    if format.is_some_and(|kind| kind != "text") {
        return no("response_format", "may be text only; ask for JSON in the prompt, or use a tool");
    }
    if body.get("messages").and_then(Value::as_array).is_none_or(Vec::is_empty) {
        return no("messages", "needs at least one message");
    }
    Ok(())
}

/// Anthropic wants turns of one speaker as one message.
fn push(messages: &mut Vec<Value>, role: &str, mut blocks: Vec<Value>) {
    let last = messages.last_mut().filter(|last| last.get("role").is_some_and(|known| known == role));
    if let Some(content) = last.and_then(|last| last.get_mut("content")).and_then(Value::as_array_mut) {
        content.append(&mut blocks);
    } else if !blocks.is_empty() {
        messages.push(json!({ "role": role, "content": blocks }));
    }
}

fn plain_text(content: Option<&Value>) -> String {
    match content {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(parts)) => {
            let texts = parts.iter().filter_map(|part| part.get("text").and_then(Value::as_str));
            texts.collect::<Vec<_>>().join("\n")
        }
        _ => String::new(),
    }
}

fn text(text: &str) -> Option<Value> {
    // Blank texts are answered by 400.
    (!text.trim().is_empty()).then(|| json!({ "type": "text", "text": text }))
}

fn blocks(content: Option<&Value>) -> Result<Vec<Value>, NotSupported> {
    let Some(Value::Array(parts)) = content else {
        return Ok(text(&plain_text(content)).into_iter().collect());
    };
    let mut out = Vec::new();
    for part in parts {
        match part.get("type").and_then(Value::as_str) {
            Some("text") => out.extend(part.get("text").and_then(Value::as_str).and_then(text)),
            Some("image_url") => out.push(image(part)),
            _ => return Err(NotSupported { field: "messages", rule: "may hold text and images only" }),
        }
    }
    Ok(out)
}

fn image(part: &Value) -> Value {
    let url = part.pointer("/image_url/url").and_then(Value::as_str).unwrap_or_default();
    let inline = url.strip_prefix("data:").and_then(|rest| rest.split_once(";base64,"));
    let source = match inline {
        Some((kind, data)) => json!({ "type": "base64", "media_type": kind, "data": data }),
        None => json!({ "type": "url", "url": url }),
    };
    json!({ "type": "image", "source": source })
}

fn tool_result(message: &Value) -> Value {
    json!({
        "type": "tool_result",
        "tool_use_id": message.get("tool_call_id").cloned().unwrap_or_default(),
        "content": plain_text(message.get("content")),
    })
}

fn assistant(message: &Value) -> Vec<Value> {
    let mut out: Vec<Value> = text(&plain_text(message.get("content"))).into_iter().collect();
    for call in message.get("tool_calls").and_then(Value::as_array).into_iter().flatten() {
        let arguments = call.pointer("/function/arguments").and_then(Value::as_str).unwrap_or_default();
        let input: Value = serde_json::from_str(arguments).unwrap_or_else(|_| json!({}));
        out.push(json!({
            "type": "tool_use",
            "id": call.get("id").cloned().unwrap_or_default(),
            "name": call.pointer("/function/name").cloned().unwrap_or_default(),
            "input": input,
        }));
    }
    out
}

fn stop_sequences(stop: Option<&Value>) -> Option<Value> {
    match stop? {
        Value::String(one) => Some(json!([one])),
        Value::Array(all) if !all.is_empty() => Some(Value::Array(all.clone())),
        _ => None,
    }
}

fn tools(body: &Value, out: &mut Map<String, Value>) {
    let Some(tools) = body.get("tools").and_then(Value::as_array).filter(|tools| !tools.is_empty()) else {
        return;
    };
    let tools: Vec<Value> = tools
        .iter()
        .filter_map(|tool| tool.get("function"))
        .map(|function| {
            let mut tool = json!({
                "name": function.get("name").cloned().unwrap_or_default(),
                "input_schema": function.get("parameters").cloned().unwrap_or_else(|| json!({ "type": "object" })),
            });
            if let Some(description) = function.get("description") {
                tool["description"] = description.clone();
            }
            tool
        })
        .collect();
    out.insert("tools".to_owned(), tools.into());
    let mut choice = match body.get("tool_choice") {
        Some(Value::String(word)) if word == "none" => json!({ "type": "none" }),
        Some(Value::String(word)) if word == "required" => json!({ "type": "any" }),
        Some(Value::Object(named)) => {
            json!({ "type": "tool", "name": named.get("function").and_then(|f| f.get("name")).cloned().unwrap_or_default() })
        }
        _ => json!({ "type": "auto" }),
    };
    if body.get("parallel_tool_calls") == Some(&Value::Bool(false)) && choice["type"] != "none" {
        choice["disable_parallel_tool_use"] = true.into();
    }
    out.insert("tool_choice".to_owned(), choice);
}

/// OpenAI's word for why Anthropic stopped.
pub(super) fn finish_reason(stop: &str) -> &'static str {
    match stop {
        "max_tokens" | "model_context_window_exceeded" => "length",
        "tool_use" => "tool_calls",
        "refusal" => "content_filter",
        _ => "stop",
    }
}

/// OpenAI's usage object for Anthropic's counts so far.
pub(super) fn usage(counts: &Value) -> Value {
    let number = |name: &str| counts.get(name).and_then(Value::as_u64).unwrap_or_default();
    let cached = number("cache_read_input_tokens");
    let prompt =
        number("input_tokens").saturating_add(number("cache_creation_input_tokens")).saturating_add(cached);
    let completion = number("output_tokens");
    json!({
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt.saturating_add(completion),
        "prompt_tokens_details": { "cached_tokens": cached },
    })
}

/// OpenAI's reply for Anthropic's.
pub(super) fn reply(body: &[u8]) -> Result<Vec<u8>, Cause> {
    let message: Value = serde_json::from_slice(body).map_err(|_| Cause::ReplyInvalid)?;
    let content = message.get("content").and_then(Value::as_array).ok_or(Cause::ReplyInvalid)?;
    let said: String = content.iter().filter_map(|block| block.get("text").and_then(Value::as_str)).collect();
    let calls: Vec<Value> = content
        .iter()
        .filter(|block| block.get("type").is_some_and(|kind| kind == "tool_use"))
        .map(|block| {
            let input = block.get("input").cloned().unwrap_or_else(|| json!({}));
            json!({
                "id": block.get("id"),
                "type": "function",
                "function": { "name": block.get("name"), "arguments": input.to_string() },
            })
        })
        .collect();
    let stop = message.get("stop_reason").and_then(Value::as_str).unwrap_or_default();
    let mut answer = json!({ "role": "assistant", "content": said, "refusal": null });
    if said.is_empty() && !calls.is_empty() {
        answer["content"] = Value::Null;
    }
    if !calls.is_empty() {
        answer["tool_calls"] = calls.into();
    }
    let reply = json!({
        "id": message.get("id"),
        "object": "chat.completion",
        // Anthropic gives no time, and a pure reader has no clock.
        "created": 0,
        "model": message.get("model"),
        "choices": [{ "index": 0, "message": answer, "logprobs": null, "finish_reason": finish_reason(stop) }],
        "usage": usage(message.get("usage").unwrap_or(&Value::Null)),
    });
    serde_json::to_vec(&reply).map_err(|_| Cause::ReplyInvalid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conversation_with_tools_is_translated() {
        let body = json!({
            "model": "claude-haiku-5-5", "temperature": 0.2, "max_tokens": 50, "stop": "END",
            "messages": [
                { "role": "system", "content": "Be brief." },
                { "role": "user", "content": [
                    { "type": "text", "text": "Weather?" },
                    { "type": "image_url", "image_url": { "url": "data:image/png;base64,AA==" } },
                ] },
                { "role": "assistant", "content": null, "tool_calls": [
                    { "id": "c1", "type": "function", "function": { "name": "weather", "arguments": "{\"city\":\"Rome\"}" } },
                ] },
                { "role": "tool", "tool_call_id": "c1", "content": "Sunny" },
                { "role": "user", "content": "And tomorrow?" },
            ],
            "tools": [{ "type": "function", "function": { "name": "weather", "description": "d", "parameters": { "type": "object" } } }],
            "tool_choice": "required",
        });
        let out = request(&body).unwrap();
        assert_eq!(
            out,
            json!({
                "model": "claude-haiku-5-5", "max_tokens": 50, "system": "Be brief.",
                "messages": [
                    { "role": "user", "content": [
                        { "type": "text", "text": "Weather?" },
                        { "type": "image", "source": { "type": "base64", "media_type": "image/png", "data": "AA==" } },
                    ] },
                    { "role": "assistant", "content": [
                        { "type": "tool_use", "id": "c1", "name": "weather", "input": { "city": "Rome" } },
                    ] },
                    { "role": "user", "content": [
                        { "type": "tool_result", "tool_use_id": "c1", "content": "Sunny" },
                        { "type": "text", "text": "And tomorrow?" },
                    ] },
                ],
                "stop_sequences": ["END"],
                "tools": [{ "name": "weather", "input_schema": { "type": "object" }, "description": "d" }],
                "tool_choice": { "type": "any" },
            })
        );
    }

    #[test]
    fn what_has_no_word_is_refused_by_name() {
        let with = |field: &str, value: Value| {
            let mut body = json!({ "messages": [{ "role": "user", "content": "x" }] });
            body[field] = value;
            request(&body).unwrap_err().field
        };
        assert_eq!(with("n", json!(2)), "n");
        assert_eq!(with("response_format", json!({ "type": "json_object" })), "response_format");
        assert_eq!(with("messages", json!([])), "messages");
        assert_eq!(
            with("messages", json!([{ "role": "user", "content": [{ "type": "input_audio" }] }])),
            "messages"
        );
    }
}
