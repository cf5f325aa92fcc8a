//! `OpenAI`'s wire format, after its API description and the recordings in `tests/golden/providers/openai`.

use serde_json::{Value, json};

use super::dialect::{Answer, Ask, TextAsk, Trouble, Wire, json_body, text_of};
use super::reply::Reply;
use super::state::Recorded;

pub(super) struct OpenAi;

const ID: &str = "chatcmpl-Fake0000000000000000000000000";

impl Wire for OpenAi {
    fn key(&self, request: &Recorded) -> Option<String> {
        request.header("authorization")?.strip_prefix("Bearer ").map(str::to_owned)
    }

    fn understand(&self, request: &Recorded) -> Result<Ask, Trouble> {
        match (request.method.as_str(), request.path.as_str()) {
            ("GET", "/v1/models") => Ok(Ask::Models),
            ("POST", "/v1/chat/completions") => chat(&json_body(request)).map(Ask::Text),
            _ => Err(Trouble::NotFound(format!("{} {}", request.method, request.path))),
        }
    }

    fn models(&self) -> Value {
        let model =
            |id: &str| json!({"id": id, "object": "model", "created": 1_790_000_000, "owned_by": "system"});
        json!({"object": "list", "data": [model("gpt-6-luna"), model("gpt-6.1-sol")]})
    }

    fn whole(&self, ask: &TextAsk, answer: &Answer) -> Value {
        json!({
            "id": ID, "object": "chat.completion", "created": 1_790_000_000, "model": ask.model,
            "choices": [{
                "index": 0,
                "message": {
                    "role": "assistant", "content": answer.pieces.concat(), "refusal": null, "annotations": [],
                },
                "logprobs": null,
                "finish_reason": finish_reason(answer),
            }],
            "usage": usage(ask, answer),
            "service_tier": "default",
        })
    }

    fn stream(&self, ask: &TextAsk, answer: &Answer) -> Vec<(String, bool)> {
        let chunk = |choices: Value, usage: Option<Value>| {
            let mut chunk = json!({
                "id": ID, "object": "chat.completion.chunk", "created": 1_790_000_000, "model": ask.model,
                "service_tier": "default", "choices": choices, "obfuscation": "C63r",
            });
            if ask.usage {
                chunk["usage"] = usage.unwrap_or_default();
            }
            format!("data: {chunk}\n\n")
        };
        let choice = |delta: Value, reason: Option<&str>| json!([{"index": 0, "delta": delta, "logprobs": null, "finish_reason": reason}]);
        let first = json!({"role": "assistant", "content": "", "refusal": null});
        let mut events = vec![(chunk(choice(first, None), None), false)];
        for piece in &answer.pieces {
            events.push((chunk(choice(json!({"content": piece}), None), None), true));
        }
        events.push((chunk(choice(json!({}), Some(finish_reason(answer))), None), false));
        if ask.usage {
            events.push((chunk(json!([]), Some(usage(ask, answer))), false));
        }
        events.push(("data: [DONE]\n\n".to_owned(), false));
        events
    }

    fn stream_error(&self) -> String {
        let error = json!({"error": {
            "message": "The server had an error while processing your request. Sorry about that!",
            "type": "server_error", "param": null, "code": null,
        }});
        format!("data: {error}\n\n")
    }

    fn complain(&self, trouble: &Trouble) -> Reply {
        let (status, kind, code, message) = complaint(trouble);
        let body = json!({"error": {"message": message, "type": kind, "param": null, "code": code}});
        let reply = Reply::json(status, &body);
        match trouble {
            Trouble::RateLimited(Some(seconds)) => reply.with("retry-after", &seconds.to_string()),
            _ => reply,
        }
    }

    fn headers(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("x-request-id", "req_fake000000000000000000000000"),
            ("openai-organization", "org-fake0000000000000000"),
            ("openai-processing-ms", "12"),
            ("openai-version", "2020-10-01"),
            ("x-ratelimit-limit-requests", "5000"),
            ("x-ratelimit-remaining-requests", "4999"),
            ("x-ratelimit-reset-requests", "12ms"),
            ("set-cookie", "__cf_bm=fake; path=/; HttpOnly; Secure; SameSite=None"),
            ("server", "cloudflare"),
        ]
    }
}

/// Refuses what reasoning models refuse (recorded: `error-400-reasoning-*.json`).
fn chat(body: &Value) -> Result<TextAsk, Trouble> {
    for unsupported in ["max_tokens", "temperature"] {
        if body.get(unsupported).is_some() {
            return Err(Trouble::Parameter(unsupported));
        }
    }
    let model = body["model"].as_str().ok_or(Trouble::Parameter("model"))?;
    let messages =
        body["messages"].as_array().filter(|all| !all.is_empty()).ok_or(Trouble::Parameter("messages"))?;
    let texts = messages.iter().map(|message| (message["role"].as_str(), text_of(&message["content"])));
    let texts: Vec<_> = texts.collect();
    Ok(TextAsk {
        model: model.to_owned(),
        prompt: texts
            .iter()
            .rfind(|(role, _)| *role == Some("user"))
            .map(|(_, text)| text.clone())
            .unwrap_or_default(),
        characters: texts.iter().map(|(_, text)| text.chars().count()).sum(),
        streamed: body["stream"] == true,
        usage: body["stream_options"]["include_usage"] == true,
    })
}

fn finish_reason(answer: &Answer) -> &'static str {
    if answer.filtered { "content_filter" } else { "stop" }
}

fn usage(ask: &TextAsk, answer: &Answer) -> Value {
    let (prompt, completion) = (ask.prompt_tokens(), answer.tokens());
    json!({
        "prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
    })
}

fn complaint(trouble: &Trouble) -> (u16, &'static str, Option<&'static str>, String) {
    const BAD: &str = "invalid_request_error";
    match trouble {
        Trouble::Unauthorized(key) => {
            let told = format!(
                "Incorrect API key provided: {}. You can find your API key at https://platform.openai.com/account/api-keys.",
                echoed(key)
            );
            (401, BAD, Some("invalid_api_key"), told)
        }
        Trouble::PermissionDenied => {
            let told = "You have insufficient permissions for this operation. Missing scopes: model.request.";
            (401, BAD, None, told.to_owned())
        }
        Trouble::RateLimited(_) => {
            (429, "requests", Some("rate_limit_exceeded"), "Rate limit reached.".to_owned())
        }
        Trouble::QuotaExhausted => {
            let told = "You exceeded your current quota, please check your plan and billing details.";
            (429, "insufficient_quota", Some("insufficient_quota"), told.to_owned())
        }
        Trouble::Server(status) => {
            let overloaded = matches!(status, 503 | 529);
            let (kind, code) = if overloaded {
                ("service_unavailable_error", Some("slow_down"))
            } else {
                ("server_error", None)
            };
            (*status, kind, code, "The server had an error while processing your request.".to_owned())
        }
        Trouble::ModelNotFound => {
            let told = "The model does not exist or you do not have access to it.";
            (404, BAD, Some("model_not_found"), told.to_owned())
        }
        Trouble::NotFound(what) => (404, BAD, None, format!("Invalid URL ({what})")),
        Trouble::Parameter(name) => {
            (400, BAD, Some("unsupported_parameter"), format!("Unsupported or missing parameter: '{name}'."))
        }
    }
}

/// Long keys come back masked in the middle, short ones whole (continuedev/continue issues 12660 and 9634).
fn echoed(key: &str) -> String {
    let characters: Vec<char> = key.chars().collect();
    if characters.len() < 20 {
        return key.to_owned();
    }
    let (head, tail) = (&characters[..8], &characters[characters.len() - 4..]);
    let mask = "*".repeat(characters.len() - 12);
    format!("{}{mask}{}", String::from_iter(head), String::from_iter(tail))
}
