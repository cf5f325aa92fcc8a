//! Tapes: recorded from a provider once, played without it, without its key and without the people who asked.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use console::api::Code;
use domain::Exchange;
use serde_json::{Value, json};
use testkit::leak::{Canary, scan_bytes};
use testkit::scripted::{Said, Scripted};
use testkit::upstream::Behaviour;
use zeroize::Zeroizing;

use crate::support::*;

const PASSPHRASE: &str = "a passphrase for the file";
const PROMPT: &str = "Write about Giuseppina Canaria";
const UID: &str = "mario-rossi";

impl Bench {
    async fn tapes(&self, name: &str) -> Value {
        let set: Value = call(&self.console, "tape_create", json!({ "name": name })).await;
        set["id"].clone()
    }

    async fn set(&self, id: &Value) -> Value {
        let all: Value = call(&self.console, "tape_list", json!({})).await;
        all["items"].as_array().unwrap().iter().find(|set| set["id"] == *id).unwrap().clone()
    }

    /// Waits until a set holds so many exchanges.
    async fn holds(&self, id: &Value, exchanges: u64) {
        let until = Instant::now() + Duration::from_secs(20);
        while self.set(id).await["exchanges"] != exchanges {
            assert!(Instant::now() < until, "{}", self.set(id).await);
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    async fn tape(&self, command: &str, provider: &Value, set: &Value, fast: bool) -> Value {
        let request = json!({ "provider": provider, "set": set, "fast": fast });
        call(&self.console, command, request).await
    }

    fn passphrase(&self) -> Value {
        let bytes = Zeroizing::new(PASSPHRASE.as_bytes().to_vec());
        json!(self.console.secret_stage(bytes).unwrap().id)
    }

    async fn exported(&self, set: &Value) -> PathBuf {
        let path = self.dir.path().join("demo.aoctapes");
        let to = json!({ "set": set, "path": path, "replace": true, "passphrase": self.passphrase() });
        let _: Value = call(&self.console, "tape_export", to).await;
        path
    }

    async fn imported(&self, path: &std::path::Path, name: &str) -> Result<Value, console::api::ApiError> {
        let from = json!({ "path": path, "passphrase": self.passphrase(), "name": name });
        self.console.call("tape_import", from).await
    }

    /// A provider's own API, with the whole reply.
    async fn responses(&self, token: &str, provider: &str, input: &str) -> Reply {
        let bearer = format!("Bearer {token}");
        let path = format!("/providers/{provider}/responses");
        self.post(&path, &[("Authorization", &bearer)], &json!({ "model": "m", "input": input, "user": UID }))
            .await
    }
}

fn found(dir: &std::path::Path, needle: &[u8]) -> bool {
    std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).any(|path| {
        if path.is_dir() {
            return found(&path, needle);
        }
        std::fs::read(path).is_ok_and(|bytes| testkit::leak::find(&bytes, needle).is_some())
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_recorded_is_played_without_the_provider() {
    let bench = Bench::openai().await;
    let (set, id) = (bench.tapes("Spring demo").await, bench.provider["id"].clone());
    assert_eq!(bench.tape("tape_record", &id, &set, false).await["tape"]["does"], "record");
    let plain = bench.write(PROMPT, false).await;
    let streamed = bench.write(PROMPT, true).await;
    bench.holds(&set, 2).await;
    let view = bench.set(&set).await;
    assert_eq!((&view["kinds"], &view["users"][0]["does"]), (&json!(["openai"]), &json!("record")));
    let answer = plain.json()["content"].as_str().unwrap().to_owned();
    let asked = bench.upstream.requests().len();
    let before = bench.activity().await[0].clone();
    assert_eq!(before["from_tape"], false);

    bench.tape("tape_play", &id, &set, true).await;
    bench.upstream.set_behaviour(Behaviour::ServerError(500));
    for _ in 0..2 {
        let again = bench.write(PROMPT, false).await;
        assert_eq!((again.status, again.json()["content"].as_str().unwrap()), (200, answer.as_str()));
        let again = bench.write(PROMPT, true).await;
        let deltas = |reply: &Reply| -> Vec<Value> {
            reply.events().into_iter().filter(|(name, _)| name == "delta").map(|(_, data)| data).collect()
        };
        assert_eq!(deltas(&again), deltas(&streamed));
        assert!(again.whole);
    }
    let row = bench.activity().await[0].clone();
    assert_eq!(row["from_tape"], true);
    assert_eq!((&row["usage"], &row["timings"]["key_open_us"]), (&before["usage"], &Value::Null));
    // A miss is loud, and asks nobody.
    let miss = bench.write("Something else", false).await;
    assert_eq!((miss.status, miss.cause().as_str()), (502, "tape-miss"));
    assert_eq!(miss.json()["detail"]["tapes"], "Spring demo");
    assert!(miss.json()["message"].as_str().unwrap().contains("Record"));
    assert_eq!(bench.write("Something else", true).await.cause(), "tape-miss");
    assert_eq!(bench.upstream.requests().len(), asked, "nobody was asked");
    // What nobody billed is in no bill.
    let usage: Value = call(&bench.console, "usage_list", json!({ "by": "provider" })).await;
    assert_eq!(usage["items"][0]["calls"], 2, "{usage}");

    let stopped: Value = call(&bench.console, "tape_stop", json!({ "provider": id })).await;
    assert_eq!(stopped["tape"], Value::Null);
    assert_ne!(bench.write(PROMPT, false).await.status, 200, "the provider itself again");
}

#[tokio::test(flavor = "multi_thread")]
async fn invariant_1_and_3_no_key_uid_token_prompt_or_answer_is_in_a_tape_or_on_disk() {
    let bench = Bench::openai().await;
    let token = bench.token().await;
    let secret = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let (said, echoed) = (std::sync::Arc::clone(&secret), token.clone());
    // A provider that repeats all it knows, in a success and in a refusal.
    let server = Scripted::start(None, move |asked| {
        let key = said.lock().unwrap().clone();
        let status = if asked.json()["input"] == "refuse" { 401 } else { 200 };
        let text = format!("{PROMPT}\n{UID} {}\n{echoed} {key}", &key[10..24]);
        Said::json(status, &json!({ "user": UID, "output": text, "error": { "message": key } }))
            .with("x-request-id", &format!("req_{UID}"))
    })
    .await;
    let base = format!("{}/v1", server.url());
    let (id, key): (Value, Canary) = bench.provider("openai", "Echo", &base, json!({})).await;
    key.key().clone_into(&mut secret.lock().unwrap());
    let set = bench.tapes("Spring demo").await;
    bench.tape("tape_record", &id, &set, false).await;
    for input in [PROMPT, "refuse"] {
        let live = bench.responses(&token, "Echo", input).await;
        assert!(live.body.contains(UID), "the caller itself hears it: {}", live.body);
    }
    bench.holds(&set, 2).await;
    let file = std::fs::read(bench.exported(&set).await).unwrap();
    let opened = transfer::open_tapes(&file, PASSPHRASE).unwrap();
    let plain: Vec<u8> = opened.exchanges.iter().flat_map(|one| Exchange::to_bytes(one).unwrap()).collect();
    let inside = |needle: &str| testkit::leak::find(&plain, needle.as_bytes()).is_some();
    assert!(inside(PROMPT), "the search finds what is there");
    assert!(scan_bytes(&plain, &key).is_empty());
    assert!(!inside(UID) && !inside(&token));
    assert!(testkit::leak::find(&file, PROMPT.as_bytes()).is_none());
    bench.console.close().await;
    for needle in [PROMPT, "Giuseppina", UID, &token, "req_"] {
        assert!(!found(&bench.data_dir(), needle.as_bytes()), "{needle}");
    }
    assert!(found(&bench.data_dir(), b"Spring demo"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exported_set_plays_elsewhere_without_key_and_network_to_the_byte() {
    let bench = Bench::openai().await;
    let events = "data: {\"type\":\"response.output_text.delta\",\"delta\":\"caffè\"}\n\ndata: [DONE]\n\n";
    let server = Scripted::start(None, move |asked| match asked.nth {
        0 => Said::json(429, &json!({ "error": { "message": "slow down" } })).with("retry-after", "1"),
        _ => Said::text(200, "text/event-stream", events),
    })
    .await;
    let base = format!("{}/v1", server.url());
    let (id, _) = bench.provider("openai", "Mine", &base, json!({})).await;
    let (set, token) = (bench.tapes("Spring demo").await, bench.token().await);
    bench.tape("tape_record", &id, &set, false).await;
    let live =
        [bench.responses(&token, "Mine", "hello").await, bench.responses(&token, "Mine", "hello").await];
    bench.holds(&set, 2).await;
    let path = bench.exported(&set).await;
    drop(server);

    let other = Bench::openai().await;
    let import = other.imported(&path, "From a colleague").await.unwrap();
    assert_eq!((&import["exchanges"], &import["name"]), (&json!(2), &json!("From a colleague")));
    assert_eq!(other.imported(&path, "From a colleague").await.unwrap_err().code, Code::NameTaken);
    // No key was ever entered for it, and nobody listens there.
    let add = json!({ "application": other.application.application.id, "name": "Keyless",
        "kind": "openai-compatible", "base_url": "http://127.0.0.1:9/v1", "model": "m", "plain_http_allowed": false });
    let keyless: Value = call(&other.console, "provider_add", add).await;
    other.tape("tape_play", &keyless["id"], &import["id"], false).await;
    let token = other.token().await;
    let lines = |reply: &Reply| -> Vec<String> {
        let own = |line: &&str| {
            !["x-addon-console-call", "x-request-id", "date"].iter().any(|name| line.starts_with(name))
        };
        reply.head.lines().filter(own).map(str::to_owned).collect()
    };
    for (nth, wanted) in [(0, &live[0]), (1, &live[1]), (2, &live[1])] {
        let played = other.responses(&token, "Keyless", "hello").await;
        assert_eq!((played.status, &played.body), (wanted.status, &wanted.body), "{nth}");
        assert_eq!(lines(&played), lines(wanted), "{nth}");
    }
    // A locked vault plays nothing, and says so.
    let _: Value = call(&other.console, "vault_lock", json!({})).await;
    assert_eq!(other.responses(&token, "Keyless", "hello").await.cause(), "vault-locked");
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_count_a_tape_as_they_count_the_provider() {
    let bench = Bench::openai().await;
    let (set, id) = (bench.tapes("Spring demo").await, bench.provider["id"].clone());
    bench.limit("tokens", 1_000_000, json!({})).await;
    bench.tape("tape_record", &id, &set, false).await;
    assert_eq!(bench.write(PROMPT, true).await.status, 200);
    bench.holds(&set, 1).await;
    let once = bench.standing().await["used"].as_u64().unwrap();
    assert!(once > 0);
    bench.tape("tape_play", &id, &set, true).await;
    assert_eq!(bench.write(PROMPT, true).await.status, 200);
    assert_eq!(bench.standing().await["used"].as_u64().unwrap(), 2 * once);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_cut_or_too_large_is_not_kept_and_that_is_said() {
    let bench = Bench::openai().await;
    let large = "x".repeat(domain::tape::EXCHANGE_MAX + 1);
    let server = Scripted::start(None, move |asked| match asked.json()["input"].as_str() {
        Some("large") => Said::text(200, "text/plain", large.clone()),
        Some("packed") => Said::text(200, "text/plain", "packed").with("content-encoding", "gzip"),
        _ => Said::json(200, &json!({ "output": "small" })),
    })
    .await;
    let (id, _) = bench.provider("openai", "Mine", &format!("{}/v1", server.url()), json!({})).await;
    let (set, token) = (bench.tapes("Spring demo").await, bench.token().await);
    bench.tape("tape_record", &id, &set, false).await;
    for (count, input, why) in [(1, "large", "too-large"), (2, "packed", "compressed")] {
        assert_eq!(bench.responses(&token, "Mine", input).await.status, 200);
        let until = Instant::now() + Duration::from_secs(20);
        while bench.set(&set).await["lost"] != json!({ "count": count, "why": why }) {
            assert!(Instant::now() < until, "{input}: {}", bench.set(&set).await);
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
    // A stream that breaks off, at the provider of the AddOn.
    let own = bench.provider["id"].clone();
    bench.tape("tape_record", &own, &set, false).await;
    bench.upstream.set_behaviour(Behaviour::CutStream(2));
    bench.write(PROMPT, true).await;
    bench.responses(&token, "Mine", "small").await;
    bench.holds(&set, 1).await;
    // In use, and empty ones.
    let deleted = bench.console.call("tape_delete", json!({ "set": set })).await.unwrap_err();
    assert!(deleted.message.contains("Mine") && deleted.message.contains("Account"), "{}", deleted.message);
    let empty = bench.tapes("Empty").await;
    let play = json!({ "provider": id, "set": empty, "fast": true });
    assert_eq!(bench.console.call("tape_play", play).await.unwrap_err().code, Code::InvalidInput);
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_files_are_refused_and_change_nothing() {
    let bench = Bench::openai().await;
    let (set, id) = (bench.tapes("Spring demo").await, bench.provider["id"].clone());
    bench.tape("tape_record", &id, &set, false).await;
    bench.write(PROMPT, false).await;
    bench.holds(&set, 1).await;
    let path = bench.exported(&set).await;
    let file = std::fs::read(&path).unwrap();
    let bad = bench.dir.path().join("bad.aoctapes");
    let large = vec![0; transfer::TAPES_FILE_MAX + 1];
    for bytes in [&file[..file.len() - 1], &file[..200], b"{}", b"", &large] {
        std::fs::write(&bad, bytes).unwrap();
        let error = bench.imported(&bad, "Hostile").await.unwrap_err();
        assert!(matches!(error.code, Code::InvalidInput | Code::WrongSecret), "{error:?}");
    }
    let keys = transfer::seal_keys(&[], PASSPHRASE).unwrap();
    std::fs::write(&bad, keys).unwrap();
    assert_eq!(bench.imported(&bad, "Hostile").await.unwrap_err().code, Code::InvalidInput);
    let all: Value = call(&bench.console, "tape_list", json!({})).await;
    assert_eq!(all["items"].as_array().unwrap().len(), 1);
}
