//! The vault as its faces use it: locked it makes no call, by itself it locks, a rejected new key goes back, and what was
//! done by whom is written down.

use std::time::Duration;

use console::api::{Event, Topic};
use domain::Cause;
use serde_json::{Value, json};
use testkit::scripted::{Said, Scripted};
use vault::Who;
use zeroize::Zeroizing;

use crate::support::*;

fn secret(bench: &Bench, text: &str) -> Value {
    json!(bench.console.secret_stage(Zeroizing::new(text.as_bytes().to_vec())).unwrap().id)
}

fn key(bench: &Bench, text: &str) -> Value {
    json!(bench.console.key_stage(Zeroizing::new(text.as_bytes().to_vec())).unwrap().id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_vault_answers_with_its_code_and_makes_no_call() {
    let bench = Bench::openai().await;
    let view: Value = call(&bench.console, "vault_lock", json!({})).await;
    assert_eq!((view["state"].as_str(), view["custody"].as_str()), (Some("locked"), Some("passphrase")));
    let bearer = format!("Bearer {}", bench.token().await);
    let pass = [("Origin", ORIGIN), ("Authorization", bearer.as_str())];
    let chat = json!({ "model": "gpt-5-mini", "messages": [{ "role": "user", "content": "x" }] });
    for reply in [
        bench.write("Hello", false).await,
        bench.post("/v1/chat/completions", &pass, &chat).await,
        bench.post("/providers/Account/chat/completions", &pass, &chat).await,
    ] {
        assert_eq!(
            (reply.status, reply.cause()),
            (503, Cause::VaultLocked.word().to_owned()),
            "{}",
            reply.body
        );
    }
    assert!(bench.upstream.requests().is_empty());
    // A wrong passphrase says so, the right one opens.
    let wrong = bench.console.call("vault_unlock", json!({ "passphrase": secret(&bench, "wrong") })).await;
    assert_eq!(serde_json::to_value(wrong.unwrap_err().code).unwrap(), "wrong-secret");
    let right = json!({ "passphrase": secret(&bench, "correct horse") });
    let view: Value = call(&bench.console, "vault_unlock", right).await;
    assert_eq!(view["state"], "open");
    assert_eq!(bench.write("Hello", false).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_vault_locks_by_itself_and_a_used_one_does_not() {
    let bench = Bench::openai().await;
    let policy = json!({ "idle_minutes": 5, "on_suspend": false });
    let _: Value = call(&bench.console, "vault_lock_policy", policy).await;
    let state = || async { call::<Value>(&bench.console, "vault_status", json!({})).await["state"].clone() };
    bench.clock.advance(Duration::from_secs(299));
    bench.console.tidy().await;
    assert_eq!(state().await, "open");
    // Asking was a use.
    bench.clock.advance(Duration::from_secs(299));
    bench.console.tidy().await;
    assert_eq!(state().await, "open");
    bench.clock.advance(Duration::from_secs(300));
    bench.console.tidy().await;
    assert_eq!(state().await, "locked");
}

/// A provider at a server that knows only the keys `good`.
async fn guarded(good: &'static [&'static str]) -> Scripted {
    Scripted::start(None, move |asked| {
        let shown = asked.header("authorization");
        if good.iter().any(|key| shown == format!("Bearer {key}")) {
            let answer = json!({ "choices": [{ "message": { "content": "Hi" }, "finish_reason": "stop" }] });
            return Said::json(200, &answer);
        }
        let error =
            json!({ "error": { "message": "Incorrect API key", "type": "x", "code": "invalid_api_key" } });
        Said::json(401, &error)
    })
    .await
}

const GOOD: &str = "sk-good-0123456789abcdefghij";
const BAD: &str = "sk-bad-0123456789abcdefghijk";

#[tokio::test(flavor = "multi_thread")]
async fn a_rejected_new_key_goes_back_and_the_end_user_notices_nothing() {
    let bench = Bench::openai().await;
    let server = guarded(&[GOOD]).await;
    let add = json!({ "application": bench.application.application.id, "name": "Guarded", "kind": "openai",
        "base_url": server.url(), "key": key(&bench, GOOD) });
    let provider: Value = call(&bench.console, "provider_add", add).await;
    let id = provider["id"].clone();
    bench.addon("ai-integration", &[&id]).await;
    let replace = json!({ "provider": id, "key": key(&bench, BAD), "overlap_hours": 24 });
    let view: Value = call(&bench.console, "provider_replace_key", replace).await;
    assert_eq!(
        (view["key_tail"].as_str(), view["previous_key"]["tail"].as_str()),
        (Some("hijk"), Some("ghij"))
    );
    let mut events = bench.console.events();
    let reply = bench.write("Hello", false).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    // The console goes back by itself, beside the call, and says so when the proxy knows.
    loop {
        let event = tokio::time::timeout(Duration::from_secs(10), events.recv()).await.unwrap().unwrap();
        if matches!(event, Event::Changed { topic: Topic::Audit }) {
            break;
        }
    }
    let list = json!({ "application": bench.application.application.id });
    let all: Value = call(&bench.console, "provider_list", list).await;
    let view = all["items"].as_array().unwrap().iter().find(|each| each["id"] == id).unwrap();
    assert_eq!((view["key_tail"].as_str(), view["previous_key"].is_null()), (Some("ghij"), true));
    let before = server.asked().len();
    assert_eq!(bench.write("Hello", false).await.status, 200);
    assert_eq!(server.asked().len(), before + 1, "the good key is asked first again");
    let audit: Value = call(&bench.console, "audit_list", json!({ "limit": 1 })).await;
    let last = &audit["items"][0];
    assert_eq!(
        (&last["act"], &last["by"], &last["name"]),
        (&json!("key-returned"), &json!("console"), &json!("Guarded"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_key_goes_when_its_time_is_over() {
    let bench = Bench::openai().await;
    let id = bench.provider["id"].clone();
    let replace = json!({ "provider": id, "key": key(&bench, GOOD), "overlap_hours": 1 });
    let _: Value = call(&bench.console, "provider_replace_key", replace).await;
    bench.clock.advance(Duration::from_secs(60 * 60));
    bench.console.tidy().await;
    let back = bench.console.call("provider_return_key", json!({ "provider": id })).await;
    assert_eq!(serde_json::to_value(back.unwrap_err().code).unwrap(), "not-found");
    let refused = json!({ "provider": id, "key": key(&bench, GOOD), "overlap_hours": 169 });
    assert!(bench.console.call("provider_replace_key", refused).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_off_is_asked_by_nobody() {
    let bench = Bench::openai().await;
    let id = &bench.provider["id"];
    let view: Value =
        call(&bench.console, "provider_switch", json!({ "provider": id, "active": false })).await;
    assert_eq!(view["active"], false);
    assert_eq!(bench.write("Hello", false).await.cause(), Cause::NoProvider.word());
    let bearer = format!("Bearer {}", bench.token().await);
    let pass = [("Origin", ORIGIN), ("Authorization", bearer.as_str())];
    let direct = bench.post("/providers/Account/chat/completions", &pass, &json!({})).await;
    assert_eq!(direct.cause(), Cause::ProviderOff.word());
    assert!(bench.upstream.requests().is_empty());
    let addons: Value =
        call(&bench.console, "addon_list", json!({ "application": bench.application.application.id })).await;
    let writing =
        addons["items"].as_array().unwrap().iter().find(|each| each["handle"] == "ai-integration").unwrap();
    assert_eq!(writing["state"], "needs-provider");
    let _: Value = call(&bench.console, "provider_switch", json!({ "provider": id, "active": true })).await;
    assert_eq!(bench.write("Hello", false).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_go_on_through_a_rotation_and_the_kit_brings_the_key_back() {
    let bench = Bench::openai().await;
    let folder = tempfile::tempdir().unwrap();
    let files: Value = call(&bench.console, "kit_make", json!({ "folder": folder.path() })).await;
    let text = std::fs::read_to_string(files["text"].as_str().unwrap()).unwrap();
    let code = text.lines().find_map(|line| line.strip_prefix("    ")).unwrap();
    let page = std::fs::read_to_string(files["page"].as_str().unwrap()).unwrap();
    assert!(page.contains(&code[..14].replace('-', " ")), "the page shows the same code");
    for path in [&files["text"], &files["page"]] {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(path.as_str().unwrap()).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let view: Value = call(&bench.console, "vault_rotate", json!({})).await;
    assert_eq!((&view["key_version"], view["kit_made"].is_null()), (&json!(2), false));
    assert_eq!(bench.write("Hello", false).await.status, 200);
    let _: Value = call(&bench.console, "kit_check", json!({ "secret": secret(&bench, code) })).await;
    let slip = code.replacen(&code[..1], if code.starts_with('7') { "8" } else { "7" }, 1);
    assert!(bench.console.call("kit_check", json!({ "secret": secret(&bench, &slip) })).await.is_err());
    // The passphrase is forgotten: the code sets another.
    let _: Value = call(&bench.console, "vault_lock", json!({})).await;
    let recover = json!({ "code": secret(&bench, code), "passphrase": secret(&bench, "another horse") });
    let view: Value = call(&bench.console, "vault_recover", recover).await;
    assert_eq!(view["state"], "open");
    assert_eq!(bench.write("Hello", false).await.status, 200);
    let _: Value = call(&bench.console, "vault_lock", json!({})).await;
    let old = json!({ "passphrase": secret(&bench, "correct horse") });
    assert!(bench.console.call("vault_unlock", old).await.is_err());
    let new = json!({ "passphrase": secret(&bench, "another horse") });
    let _: Value = call(&bench.console, "vault_unlock", new).await;
    let _: Value = call(&bench.console, "kit_forget", json!({})).await;
    assert!(!std::path::Path::new(files["text"].as_str().unwrap()).exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chain_names_the_face_and_holds_no_secret_and_no_name() {
    let bench = Bench::openai().await;
    let control = console::control::serve(std::sync::Arc::clone(&bench.console), &bench.data_dir()).unwrap();
    let client = console::control::Client::find(&bench.data_dir()).await.unwrap();
    let app = bench.application.application.id;
    client.call("application_secret", json!({ "application": app })).await.unwrap();
    control.abort();
    let audit: Value = call(&bench.console, "audit_list", json!({ "limit": 100 })).await;
    let items = audit["items"].as_array().unwrap();
    assert_eq!((&items[0]["act"], &items[0]["by"]), (&json!("secret-made"), &json!(Who::CommandLine)));
    assert_eq!(items.last().unwrap()["by"], "window");
    let report: Value = call(&bench.console, "audit_verify", json!({})).await;
    assert_eq!((&report["ok"], &report["entries"]), (&json!(true), &json!(items.len())));
}
