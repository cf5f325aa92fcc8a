//! The control socket, staged keys, and errors at the edge.

use console::api::*;
use console::control::{self, Client};
use serde_json::{Value, json};
use testkit::leak::{Canary, scan_bytes};

use crate::support::*;

#[tokio::test(flavor = "multi_thread")]
async fn another_process_reaches_the_console_and_no_reply_holds_a_key() {
    let bench = Bench::openai().await;
    let socket = control::serve(std::sync::Arc::clone(&bench.console), &bench.data_dir()).unwrap();
    let client = Client::find(&bench.data_dir()).await.unwrap();
    let key = Canary::new("sk");
    let staged: StagedKey =
        serde_json::from_value(client.key_stage(key.key().as_bytes()).await.unwrap()).unwrap();
    assert_eq!(staged.tail.as_str(), &key.key()[key.key().len() - 4..]);
    let id = bench.application.application.id;
    let add = json!({ "application": id, "name": "Second", "kind": "openai", "key": staged.id,
                      "base_url": bench.upstream.base_url() });
    let added = client.call("provider_add", add).await.unwrap();
    let mut said = added.to_string();
    for command in ["overview", "application_list", "provider_kinds"] {
        said.push_str(&client.call(command, json!({})).await.unwrap().to_string());
    }
    said.push_str(&client.call("provider_list", json!({ "application": id })).await.unwrap().to_string());
    assert!(scan_bytes(said.as_bytes(), &key).is_empty());
    let unknown = client.call("no_such_command", json!({})).await.unwrap_err();
    assert_eq!(unknown.code, Code::Unsupported);
    socket.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_console_is_told_who_holds_the_directory() {
    let bench = Bench::openai().await;
    let refused = open(bench.data_dir(), std::sync::Arc::clone(&bench.clock)).await.err().unwrap();
    assert_eq!(refused.code, Code::InUse);
    assert!(refused.message.contains(&std::process::id().to_string()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_staged_key_is_forgotten_in_time_and_after_use() {
    let bench = Bench::openai().await;
    let stage =
        || bench.console.key_stage(zeroize::Zeroizing::new(b"sk-another-0123456789".to_vec())).unwrap();
    let replace = |key: StagedKeyId| json!({ "provider": bench.provider["id"], "key": key });
    let staged = stage();
    bench.clock.advance(std::time::Duration::from_secs(601));
    let late = bench.console.call("provider_replace_key", replace(staged.id)).await.unwrap_err();
    assert_eq!(late.code, Code::KeyNotStaged);
    let staged = stage();
    bench.console.call("provider_replace_key", replace(staged.id)).await.unwrap();
    let again = bench.console.call("provider_replace_key", replace(staged.id)).await.unwrap_err();
    assert_eq!(again.code, Code::KeyNotStaged);
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_gets_its_code_and_changes_nothing() {
    let bench = Bench::openai().await;
    let id = bench.application.application.id;
    let before: Value = call(&bench.console, "provider_list", json!({ "application": id })).await;
    let add = |fields: Value| {
        let mut add = json!({ "application": id, "name": "Another", "kind": "sandbox" });
        add.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        ("provider_add", add)
    };
    let table = [
        (add(json!({ "name": "ab" })), Code::InvalidInput),
        (add(json!({ "name": "account" })), Code::NameTaken),
        (add(json!({ "kind": "nonsense" })), Code::NotFound),
        (add(json!({ "kind": "openai" })), Code::NeedsKey),
        (add(json!({ "base_url": "http://models.example/v1" })), Code::PlainHttp),
        (add(json!({ "base_url": "not a url" })), Code::InvalidInput),
        (add(json!({ "model": "a model?" })), Code::InvalidInput),
        (
            ("application_add", json!({ "name": "X", "kind": "email", "origins": ["null"] })),
            Code::InvalidInput,
        ),
        (
            ("application_add", json!({ "name": "spring mailer", "kind": "email", "origins": [] })),
            Code::NameTaken,
        ),
        (("application_add", json!({ "name": "X" })), Code::InvalidInput),
        (
            ("token_issue", json!({ "application": id, "uid": "u", "origin": "https://x.example" })),
            Code::InvalidInput,
        ),
        (
            (
                "addon_install",
                json!({ "application": "00000000-0000-4000-8000-000000000000", "handle": "ai-integration" }),
            ),
            Code::NotFound,
        ),
    ];
    for ((command, request), code) in table {
        let error = bench.console.call(command, request.clone()).await.unwrap_err();
        assert_eq!(error.code, code, "{command} {request} {error:?}");
    }
    let after: Value = call(&bench.console, "provider_list", json!({ "application": id })).await;
    assert_eq!(before, after);
}
