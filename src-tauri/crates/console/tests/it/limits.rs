//! Invariant 8: under any concurrency, whatever the route, never more than the limit; and what each call counts for.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use testkit::scripted::{Asked, Said, Scripted};
use testkit::upstream::Behaviour;

use crate::support::*;

/// A provider that takes all it may: as many tokens as there are bytes in the texts, and the longest answer allowed.
fn greedy(asked: &Asked, granted: &AtomicU64) -> Said {
    let body = asked.json();
    let texts = body["messages"].as_array().unwrap().iter();
    let prompt: u64 = texts.map(|message| message["content"].as_str().unwrap().len() as u64).sum();
    let most = body["max_completion_tokens"].as_u64().or(body["max_tokens"].as_u64()).unwrap();
    granted.fetch_add(prompt + most, Ordering::SeqCst);
    let usage = json!({ "prompt_tokens": prompt, "completion_tokens": most });
    if body["stream"] == true {
        let text = json!({ "choices": [{ "delta": { "content": "Words" }, "finish_reason": "stop" }] });
        let count = json!({ "choices": [], "usage": usage });
        let events = format!("data: {text}\n\ndata: {count}\n\ndata: [DONE]\n\n");
        return Said::text(200, "text/event-stream", events);
    }
    let choice = json!({ "message": { "content": "Words" }, "finish_reason": "stop" });
    Said::json(200, &json!({ "choices": [choice], "usage": usage }))
}

fn busy() -> Said {
    Said::json(503, &json!({ "error": { "message": "no", "type": "x" } }))
}

struct Mixed {
    bench: Bench,
    first: Scripted,
    second: Scripted,
    granted: Arc<AtomicU64>,
    token: String,
}

impl Mixed {
    /// The first provider is often overloaded; then it is tried again, and then the second one is asked.
    async fn start() -> Self {
        let bench = Bench::openai().await;
        let granted = Arc::new(AtomicU64::new(0));
        let (one, two) = (Arc::clone(&granted), Arc::clone(&granted));
        let first =
            Scripted::start(None, move |asked| if asked.nth % 3 < 2 { busy() } else { greedy(asked, &one) });
        let first = first.await;
        let second = Scripted::start(None, move |asked| greedy(asked, &two)).await;
        let (one, _) = bench.provider("openai", "First", &first.url(), json!({})).await;
        let (two, _) = bench.provider("openai", "Second", &second.url(), json!({})).await;
        bench.addon("ai-integration", &[&one, &two]).await;
        let token = bench.token().await;
        Self { bench, first, second, granted, token }
    }

    async fn call(&self, nth: usize) -> Reply {
        let bearer = format!("Bearer {}", self.token);
        let mut headers = vec![("Authorization", bearer.as_str())];
        let messages = json!([{ "role": "user", "content": "x".repeat(nth % 37) }]);
        let passed = json!({ "model": "m", "messages": messages, "max_completion_tokens": 20 + nth % 50 });
        let with = |body: &Value, stream: bool| {
            let mut body = body.clone();
            body["stream"] = stream.into();
            if stream && nth.is_multiple_of(2) {
                body["stream_options"] = json!({ "include_usage": true });
            }
            body
        };
        let streamed = nth % 2 == 1;
        match nth % 6 {
            0 | 1 => {
                if streamed {
                    headers.push(("Accept", "text/event-stream"));
                }
                self.bench.post("/v1/ai/text", &headers, &body("Hello")).await
            }
            2 | 3 => {
                let path = "/providers/Second/chat/completions";
                let mut body = with(&passed, streamed);
                body["stream_options"] =
                    if streamed { json!({ "include_usage": true }) } else { Value::Null };
                self.bench.post(path, &headers, &body).await
            }
            _ => self.bench.post("/v1/chat/completions", &headers, &with(&passed, streamed)).await,
        }
    }

    fn asked(&self) -> usize {
        self.first.asked().len() + self.second.asked().len()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn invariant_8_five_hundred_mixed_calls_at_once_never_pass_the_limit() {
    const LIMIT: u64 = 60_000;
    let mixed = Arc::new(Mixed::start().await);
    mixed.bench.limit("tokens", LIMIT, json!({})).await;
    let calls: Vec<_> = (0..500)
        .map(|nth| {
            let mixed = Arc::clone(&mixed);
            tokio::spawn(async move { mixed.call(nth).await })
        })
        .collect();
    let (mut good, mut refused) = ([0; 6], 0);
    for (nth, call) in calls.into_iter().enumerate() {
        let reply = call.await.unwrap();
        match reply.status {
            200 => good[nth % 6] += 1,
            429 => {
                assert_eq!(reply.json()["code"], 1710, "{}", reply.body);
                refused += 1;
            }
            status => assert!(status == 503 && nth % 6 != 2 && nth % 6 != 3, "{status}: {}", reply.body),
        }
    }
    let granted = mixed.granted.load(Ordering::SeqCst);
    assert!(granted <= LIMIT, "{granted} of {LIMIT}");
    assert!(refused > 0 && good.iter().sum::<i32>() > 20, "{good:?}, {refused} refused");
    // With nobody else about, the rest is used up to the last useful token, and then nothing is asked.
    for kind in 0..6 {
        while mixed.call(kind).await.status != 429 {}
    }
    let granted = mixed.granted.load(Ordering::SeqCst);
    assert!(granted <= LIMIT, "{granted} of {LIMIT}");
    let standing = mixed.bench.standing().await;
    assert_eq!(
        (&standing["used"], &standing["held"]),
        (&json!(granted), &json!(0)),
        "streamed, plain, retried alike"
    );
    let asked = mixed.asked();
    for kind in 0..6 {
        let reply = mixed.call(kind).await;
        assert_eq!((reply.status, reply.json()["cause"].as_str()), (429, Some("limit-reached")), "{kind}");
        assert!(!reply.body.contains("openai"), "no provider is named: {}", reply.body);
    }
    assert_eq!(mixed.asked(), asked, "invariant 5: nothing reaches a provider");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_streamed_answer_counts_as_much_as_a_plain_one() {
    let bench = Bench::openai().await;
    bench.limit("tokens", 1_000_000, json!({})).await;
    let bearer = format!("Bearer {}", bench.token().await);
    let mut before = 0;
    let mut counted = Vec::new();
    let chat = |stream: bool| {
        json!({ "model": "gpt-6-luna", "stream": stream, "max_completion_tokens": 500,
                "messages": [{ "role": "user", "content": "The same" }] })
    };
    for stream in [false, true] {
        assert_eq!(bench.write("The same", stream).await.status, 200);
        counted.push(used_since(&bench, &mut before).await);
    }
    for stream in [false, true] {
        let reply = bench.post("/v1/chat/completions", &[("Authorization", &bearer)], &chat(stream)).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        assert!(!stream || !reply.body.contains("\"usage\":{"), "the caller did not ask: {}", reply.body);
        counted.push(used_since(&bench, &mut before).await);
        let mut passed = chat(stream);
        if stream {
            passed["stream_options"] = json!({ "include_usage": true });
        }
        let path = "/providers/Account/chat/completions";
        let reply = bench.post(path, &[("Authorization", &bearer)], &passed).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        counted.push(used_since(&bench, &mut before).await);
    }
    assert!(counted.iter().all(|counted| *counted > 0), "{counted:?}");
    assert_eq!(counted[0], counted[1], "by the AddOn");
    assert!(counted[2..].iter().all(|each| *each == counted[2]), "by OpenAI's API: {counted:?}");
}

pub(crate) async fn used_since(bench: &Bench, before: &mut u64) -> u64 {
    let standing = bench.standing().await;
    assert_eq!(standing["held"], 0, "nothing is held once a call is over");
    let used = standing["used"].as_u64().unwrap();
    used - std::mem::replace(before, used)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_is_free_and_what_is_cut_is_not() {
    let bench = Bench::openai().await;
    bench.limit("tokens", 1_000_000, json!({})).await;
    let mut before = 0;
    for behaviour in [
        Behaviour::Unauthorized,
        Behaviour::ServerError(500),
        Behaviour::RateLimited { retry_after: None },
        Behaviour::QuotaExhausted,
    ] {
        bench.upstream.set_behaviour(behaviour);
        for stream in [false, true] {
            assert_ne!(bench.write("Hello", stream).await.status, 200, "{behaviour:?}");
            assert_eq!(used_since(&bench, &mut before).await, 0, "{behaviour:?}");
        }
    }
    bench.upstream.set_behaviour(Behaviour::CutStream(2));
    let reply = bench.write("Hello", true).await;
    assert_eq!(reply.events().last().unwrap().0, "error");
    let cut = used_since(&bench, &mut before).await;
    assert!(cut > 0 && cut < 3_000, "what was sent and seen, not all that was held: {cut}");
    bench.upstream.set_behaviour(Behaviour::BrokenJson);
    assert_eq!(bench.write("Hello", false).await.status, 502);
    assert!(used_since(&bench, &mut before).await > 0, "it answered, and may bill that");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_who_leaves_has_used_what_was_sent() {
    let bench = Bench::openai().await;
    bench.limit("tokens", 1_000_000, json!({})).await;
    bench.upstream.set_behaviour(Behaviour::Stall(1));
    let bearer = format!("Bearer {}", bench.token().await);
    let headers = [("Authorization", bearer.as_str()), ("Accept", "text/event-stream")];
    let asking = body("Hello");
    let request = bench.post("/v1/ai/text", &headers, &asking);
    tokio::select! {
        _ = request => panic!("it stalls"),
        asked = bench.upstream.wait_for_requests(1) => assert!(asked),
    }
    // The caller is gone; upstream notices, and nothing is held any more.
    assert!(bench.upstream.wait_for_aborts(1).await);
    let mut tries = 0;
    let standing = loop {
        let standing = bench.standing().await;
        if standing["held"] == 0 || tries > 200 {
            break standing;
        }
        tries += 1;
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    };
    assert_eq!(standing["held"], 0);
    assert!(standing["used"].as_u64().unwrap() > 0, "never nothing: {standing}");
}
