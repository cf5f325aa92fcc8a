//! The sandbox in OpenAI's dialect: whole, or as chunks. Asks nobody.

use domain::addons::ai_integration::Block;
use domain::writing::{Conversation, Speaker, Task, Turn};
use domain::{CallPhase, Cause};
use http::Response;
use http::header::{CONTENT_TYPE, HeaderValue};
use providers::{LocalReply, Way};
use serde_json::{Value, json};

use super::fail;
use crate::body::{Body, channel, json_reply};
use crate::call::Call;
use crate::refusal::Refusal;
use crate::routes::addon::Begun;
use crate::routes::writing::stream::Output;
use crate::snapshot::ProviderEntry;

const MODEL: &str = "sandbox";

pub(super) fn answer(begun: Begun, entry: &ProviderEntry, body: &Value) -> Result<Response<Body>, Refusal> {
    let Begun { mut call, .. } = begun;
    let (Some(Way::Local(writer)), Some(conversation)) = (entry.adapter.writing(), conversation(body)) else {
        return Err(fail(call, Cause::BodyInvalid.into()));
    };
    call.reached(CallPhase::Sent);
    let variation = (conversation.turns.len() / 2) as u64;
    let reply = writer.answer(&conversation, variation).at_most(call.output_max());
    call.reached(CallPhase::FirstByte);
    call.used(Some(reply.usage), true);
    if body.get("stream").and_then(Value::as_bool).unwrap_or_default() {
        return Ok(streamed(reply, call, body));
    }
    let message = json!({ "role": "assistant", "content": reply.pieces.concat(), "refusal": null });
    let whole = json_reply(&json!({
        "id": "chatcmpl-sandbox",
        "object": "chat.completion",
        "created": 0,
        "model": MODEL,
        "choices": [{ "index": 0, "message": message, "logprobs": null, "finish_reason": "stop" }],
        "usage": reply.usage,
    }))?;
    call.succeeded();
    Ok(whole)
}

/// The messages as a conversation; `None` if there is no question.
fn conversation(body: &Value) -> Option<Conversation> {
    let mut turns = Vec::new();
    let mut instructions = String::new();
    for message in body.get("messages")?.as_array()? {
        let text = match message.get("content") {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Array(parts)) => {
                parts.iter().filter_map(|part| part.get("text").and_then(Value::as_str)).collect()
            }
            _ => continue,
        };
        match message.get("role").and_then(Value::as_str) {
            Some("system" | "developer") => instructions.push_str(&text),
            Some("assistant") => turns.push(Turn { speaker: Speaker::Model, text }),
            _ => turns.push(Turn { speaker: Speaker::EndUser, text }),
        }
    }
    turns.last().filter(|turn| turn.speaker == Speaker::EndUser)?;
    let task = Task::Block(Block::Paragraph);
    Some(Conversation { instructions, content: None, language: None, turns, picture: None, task })
}

fn streamed(reply: LocalReply, call: Call, body: &Value) -> Response<Body> {
    let wants_usage =
        body.pointer("/stream_options/include_usage").and_then(Value::as_bool).unwrap_or_default();
    let (pieces, out) = channel();
    tokio::spawn(async move {
        let output = Output(pieces);
        let chunk = |choices: Value| json!({ "id": "chatcmpl-sandbox", "object": "chat.completion.chunk", "created": 0, "model": MODEL, "choices": choices });
        let delta = |delta: Value, finish: Value| {
            format!("data: {}\n\n", chunk(json!([{ "index": 0, "delta": delta, "finish_reason": finish }])))
        };
        let mut events = vec![delta(json!({ "role": "assistant", "content": "" }), Value::Null)];
        events.extend(reply.pieces.iter().map(|piece| delta(json!({ "content": piece }), Value::Null)));
        events.push(delta(json!({}), "stop".into()));
        if wants_usage {
            let mut last = chunk(json!([]));
            last["usage"] = json!(reply.usage);
            events.push(format!("data: {last}\n\n"));
        }
        events.push("data: [DONE]\n\n".to_owned());
        for event in events {
            // The call's record is handed in as it is dropped.
            let Ok(()) = output.send(event).await else { return };
        }
        call.succeeded();
    });
    let mut response = Response::new(out);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    response
}
