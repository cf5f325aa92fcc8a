//! Anthropic's wire format, after its API description and the recordings in `tests/golden/providers/anthropic`.

use serde_json::{Value, json};

use super::dialect::{Answer, Ask, TextAsk, Trouble, Wire, json_body, text_of};
use super::reply::Reply;
use super::state::Recorded;

pub(super) struct Anthropic;

const ID: &str = "msg_01Fake00000000000000000";
const REQUEST_ID: &str = "req_011Fake0000000000000000";

impl Wire for Anthropic {
    fn key(&self, request: &Recorded) -> Option<String> {
        // The official SDKs of late 2026 send it as bearer.
        let bearer = || request.header("authorization")?.strip_prefix("Bearer ");
        request.header("x-api-key").or_else(bearer).map(str::to_owned)
    }

    fn understand(&self, request: &Recorded) -> Result<Ask, Trouble> {
        if request.header("anthropic-version").is_none() {
            return Err(Trouble::Parameter("anthropic-version"));
        }
        match (request.method.as_str(), request.path.as_str()) {
            ("GET", "/v1/models") => Ok(Ask::Models),
            ("POST", "/v1/messages") => messages(&json_body(request)).map(Ask::Text),
            _ => Err(Trouble::NotFound(format!("{} {}", request.method, request.path))),
        }
    }

    fn models(&self) -> Value {
        json!({
            "data": [{
                "type": "model", "id": "claude-haiku-5-5", "display_name": "Claude Haiku 5.5",
                "created_at": "2026-08-01T00:00:00Z",
            }],
            "has_more": true, "first_id": "claude-haiku-5-5", "last_id": "claude-haiku-5-5",
        })
    }

    fn whole(&self, ask: &TextAsk, answer: &Answer) -> Value {
        json!({
            "id": ID, "type": "message", "role": "assistant", "model": ask.model,
            "content": [{"type": "text", "text": answer.pieces.concat()}],
            "stop_reason": stop_reason(answer), "stop_sequence": null, "stop_details": null,
            "usage": usage(ask, answer.tokens()),
        })
    }

    fn stream(&self, ask: &TextAsk, answer: &Answer) -> Vec<(String, bool)> {
        let start = json!({"type": "message_start", "message": {
            "id": ID, "type": "message", "role": "assistant", "model": ask.model, "content": [],
            "stop_reason": null, "stop_sequence": null, "usage": usage(ask, 1),
        }});
        let begin =
            json!({"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}});
        let mut events = vec![
            (event("message_start", &start), false),
            (event("content_block_start", &begin), false),
            (event("ping", &json!({"type": "ping"})), false),
        ];
        for piece in &answer.pieces {
            let delta = json!({"type": "text_delta", "text": piece});
            let delta = json!({"type": "content_block_delta", "index": 0, "delta": delta});
            events.push((event("content_block_delta", &delta), true));
        }
        let end = json!({
            "type": "message_delta", "delta": {"stop_reason": stop_reason(answer), "stop_sequence": null},
            "usage": {"output_tokens": answer.tokens()},
        });
        events.extend([
            (event("content_block_stop", &json!({"type": "content_block_stop", "index": 0})), false),
            (event("message_delta", &end), false),
            (event("message_stop", &json!({"type": "message_stop"})), false),
        ]);
        events
    }

    fn stream_error(&self) -> String {
        event(
            "error",
            &json!({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}),
        )
    }

    fn complain(&self, trouble: &Trouble) -> Reply {
        let (status, kind, message) = complaint(trouble);
        let body =
            json!({"type": "error", "error": {"type": kind, "message": message}, "request_id": REQUEST_ID});
        let reply = Reply::json(status, &body);
        match trouble {
            Trouble::RateLimited(Some(seconds)) => reply.with("retry-after", &seconds.to_string()),
            _ => reply,
        }
    }

    fn headers(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("request-id", REQUEST_ID),
            ("anthropic-organization-id", "00000000-0000-4000-8000-00000000fa4e"),
            ("anthropic-ratelimit-requests-limit", "20000"),
            ("anthropic-ratelimit-requests-remaining", "19999"),
            ("anthropic-ratelimit-requests-reset", "2026-11-23T14:28:37Z"),
            ("set-cookie", "__cf_bm=fake; path=/; HttpOnly; Secure; SameSite=None"),
            ("server", "cloudflare"),
        ]
    }
}

/// `event` and `data`, padded with blanks before the last brace as the real server does (recorded).
fn event(name: &str, data: &Value) -> String {
    let data = data.to_string();
    let open = data.strip_suffix('}').unwrap_or(&data);
    format!("event: {name}\ndata: {open}     }}\n\n")
}

fn messages(body: &Value) -> Result<TextAsk, Trouble> {
    // Answered by 400 since version 2026-10-21.
    for gone in ["temperature", "top_p", "top_k"] {
        if body.get(gone).is_some() {
            return Err(Trouble::Parameter(gone));
        }
    }
    if body["max_tokens"].as_u64().is_none() {
        return Err(Trouble::Parameter("max_tokens"));
    }
    let model = body["model"].as_str().ok_or(Trouble::Parameter("model"))?;
    let messages =
        body["messages"].as_array().filter(|all| !all.is_empty()).ok_or(Trouble::Parameter("messages"))?;
    let texts: Vec<_> =
        messages.iter().map(|message| (message["role"].as_str(), text_of(&message["content"]))).collect();
    if texts.iter().any(|(_, text)| text.trim().is_empty()) {
        return Err(Trouble::Parameter("messages"));
    }
    let said = texts.iter().map(|(_, text)| text.chars().count()).sum::<usize>();
    Ok(TextAsk {
        model: model.to_owned(),
        prompt: texts
            .iter()
            .rfind(|(role, _)| *role == Some("user"))
            .map(|(_, text)| text.clone())
            .unwrap_or_default(),
        characters: said + text_of(&body["system"]).chars().count(),
        streamed: body["stream"] == true,
        usage: true,
    })
}

fn stop_reason(answer: &Answer) -> &'static str {
    if answer.filtered { "refusal" } else { "end_turn" }
}

/// A fifth of the prompt counts as read from the cache, so that a reader who forgets the cache is found out.
fn usage(ask: &TextAsk, completion: usize) -> Value {
    let prompt = ask.prompt_tokens();
    let cached = prompt / 5;
    json!({
        "input_tokens": prompt - cached, "cache_creation_input_tokens": 0, "cache_read_input_tokens": cached,
        "output_tokens": completion, "service_tier": "standard",
    })
}

fn complaint(trouble: &Trouble) -> (u16, &'static str, String) {
    match trouble {
        Trouble::Unauthorized(_) => (401, "authentication_error", "invalid x-api-key".to_owned()),
        Trouble::PermissionDenied => (
            403,
            "permission_error",
            "Your API key does not have permission to use this resource.".to_owned(),
        ),
        Trouble::RateLimited(_) => {
            (429, "rate_limit_error", "This request would exceed your rate limit.".to_owned())
        }
        Trouble::QuotaExhausted => {
            let told = "Your credit balance is too low to access the Anthropic API.";
            (400, "invalid_request_error", told.to_owned())
        }
        Trouble::Server(status) => {
            let overloaded = matches!(status, 503 | 529);
            (*status, if overloaded { "overloaded_error" } else { "api_error" }, "Overloaded".to_owned())
        }
        Trouble::ModelNotFound => (404, "not_found_error", "model: claude-does-not-exist".to_owned()),
        Trouble::NotFound(what) => (404, "not_found_error", format!("Not found: {what}")),
        Trouble::Parameter(name) => {
            (400, "invalid_request_error", format!("{name}: Field required or not permitted"))
        }
    }
}
