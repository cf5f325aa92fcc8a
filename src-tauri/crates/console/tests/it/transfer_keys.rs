//! Keys in a file: they come back where they belong and nowhere else, they are in nothing that is said or written, and
//! what holds them in memory lets them go.

use std::time::Duration;

use console::api::Code;
use serde_json::{Value, json};
use testkit::leak::scan_bytes;
use transfer::{KeyEntry, open_keys, seal_keys};
use zeroize::Zeroizing;

use crate::support::call;
use crate::transfer_desk::{Desk, aside, lines};

const PASSPHRASE: &str = "a passphrase for the file";

impl Desk {
    async fn keys_file(&self) -> std::path::PathBuf {
        let path = self.home.path().join("keys.age");
        let passphrase = self.secret(PASSPHRASE);
        let said: Value =
            call(&self.bench.console, "keys_export", json!({ "path": path, "passphrase": passphrase })).await;
        assert_eq!(said["count"], 1);
        path
    }

    async fn keys_preview(&self, path: &std::path::Path) -> Value {
        self.preview(path, json!({ "passphrase": self.secret(PASSPHRASE) })).await.unwrap()
    }

    fn made(&self, entries: &[KeyEntry]) -> std::path::PathBuf {
        let path = self.home.path().join("made.age");
        std::fs::write(&path, seal_keys(entries, PASSPHRASE).unwrap()).unwrap();
        path
    }

    fn entry(&self, key: &str) -> KeyEntry {
        KeyEntry {
            application: "Spring Mailer".to_owned(),
            provider: "Account".to_owned(),
            kind: "openai".to_owned(),
            origin: domain::BaseUrl::parse(&self.bench.upstream.base_url()).unwrap().upstream_origin(),
            key: Zeroizing::new(key.to_owned()),
        }
    }
}

#[tokio::test]
async fn invariant_1_an_export_says_nothing_of_a_key_but_under_its_passphrase() {
    let desk = Desk::new().await;
    let key = desk.bench.key.key();
    let path = desk.keys_file().await;
    let file = std::fs::read(&path).unwrap();
    assert!(scan_bytes(&file, &desk.bench.key).is_empty());
    let settings = serde_json::to_vec(&desk.exported().await).unwrap();
    assert!(scan_bytes(&settings, &desk.bench.key).is_empty());
    assert_eq!(open_keys(&file, PASSPHRASE).unwrap()[0].key.as_str(), key);
    let preview = desk.keys_preview(&path).await;
    assert!(scan_bytes(preview.to_string().as_bytes(), &desk.bench.key).is_empty());
    let audit: Value = call(&desk.bench.console, "audit_list", json!({ "limit": 1 })).await;
    assert_eq!(audit["items"][0]["act"], "keys-exported");
    // One that cannot be made is not written down, and opens nothing.
    let again = json!({ "path": path, "passphrase": desk.secret(PASSPHRASE) });
    assert_eq!(desk.bench.console.call("keys_export", again).await.unwrap_err().code, Code::NameTaken);
    let after: Value = call(&desk.bench.console, "audit_list", json!({ "limit": 10 })).await;
    let exports = after["items"].as_array().unwrap().iter().filter(|each| each["act"] == "keys-exported");
    assert_eq!(exports.count(), 1);
}

#[tokio::test]
async fn a_key_that_is_there_is_left_as_it_is_and_another_takes_its_place() {
    let desk = Desk::new().await;
    let path = desk.keys_file().await;
    let preview = desk.keys_preview(&path).await;
    assert_eq!(lines(&preview), ["key Account unchanged"]);
    desk.apply(&preview).await.unwrap();
    let replaced = |list: Value| {
        list["items"].as_array().unwrap().iter().filter(|each| each["act"] == "key-replaced").count()
    };
    let audit = json!({ "limit": 100 });
    assert_eq!(replaced(call(&desk.bench.console, "audit_list", audit.clone()).await), 0);

    let id = &desk.bench.provider["id"];
    let other = Zeroizing::new(b"sk-another-key-0123456789".to_vec());
    let staged = desk.bench.console.key_stage(other).unwrap();
    let _: Value =
        call(&desk.bench.console, "provider_replace_key", json!({ "provider": id, "key": staged.id })).await;
    assert_ne!(desk.bench.write("x", false).await.status, 200);
    let preview = desk.keys_preview(&path).await;
    assert_eq!(lines(&preview), ["key Account changed"]);
    desk.apply(&preview).await.unwrap();
    assert_eq!(desk.bench.write("x", false).await.status, 200);
    assert_eq!(replaced(call(&desk.bench.console, "audit_list", audit).await), 2);
    // Applied once.
    assert_eq!(desk.apply(&preview).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn a_key_goes_to_no_other_provider_type_or_server() {
    let desk = Desk::new().await;
    let good = || desk.entry("sk-other-0123456789");
    let entries = [
        KeyEntry { origin: "https://evil.example:443".to_owned(), ..good() },
        KeyEntry { provider: "Nobody".to_owned(), ..good() },
        KeyEntry { application: "No\u{1b}[2Jbody".to_owned(), ..good() },
    ];
    let kind = KeyEntry { kind: "anthropic".to_owned(), ..good() };
    let spaced = KeyEntry { key: Zeroizing::new("sk with space".to_owned()), ..good() };
    let preview = desk.keys_preview(&desk.made(&entries)).await;
    assert_eq!(lines(&preview), Vec::<String>::new());
    assert_eq!(
        aside(&preview),
        [
            "Spring Mailer / Account: no-such-provider",
            "Spring Mailer / Nobody: no-such-provider",
            "No\u{fffd}[2Jbody / Account: no-such-provider",
        ]
    );
    desk.apply(&preview).await.unwrap();
    assert_eq!(
        aside(&desk.keys_preview(&desk.made(&[kind])).await),
        ["Spring Mailer / Account: no-such-provider"]
    );
    assert_eq!(
        aside(&desk.keys_preview(&desk.made(&[spaced])).await),
        ["Spring Mailer / Account: invalid-value"]
    );
    // The first of two counts, and the second is said.
    let twice = desk.keys_preview(&desk.made(&[good(), desk.entry("sk-second-0123456789")])).await;
    assert_eq!(
        (lines(&twice), aside(&twice)),
        (vec!["key Account changed".to_owned()], vec!["Spring Mailer / Account: repeated".to_owned()])
    );
    assert_eq!(desk.bench.write("x", false).await.status, 200);
}

#[tokio::test]
async fn what_is_held_is_let_go_in_time_on_lock_and_when_nobody_wants_it() {
    let desk = Desk::new().await;
    let path = desk.keys_file().await;
    let (console, gone) = (&desk.bench.console, Code::NotFound);
    let preview = desk.keys_preview(&path).await;
    let _: Value = call(console, "import_discard", json!({ "import": preview["id"] })).await;
    assert_eq!(desk.apply(&preview).await.unwrap_err().code, gone);

    let preview = desk.keys_preview(&path).await;
    desk.bench.clock.advance(Duration::from_secs(601));
    assert_eq!(desk.apply(&preview).await.unwrap_err().code, gone);

    let preview = desk.keys_preview(&path).await;
    let _: Value = call(console, "vault_lock", json!({})).await;
    assert_eq!(desk.apply(&preview).await.unwrap_err().code, gone);

    // Looked at while locked: unlocking is the way out, and is said.
    let preview = desk.keys_preview(&path).await;
    assert_eq!(desk.apply(&preview).await.unwrap_err().code, Code::VaultLocked);
    let passphrase = desk.secret("correct horse");
    let _: Value = call(console, "vault_unlock", json!({ "passphrase": passphrase })).await;
    // Now it can be seen that the key is the same: that is another preview.
    assert_eq!(desk.apply(&preview).await.unwrap_err().code, gone);
    assert_eq!(desk.bench.write("x", false).await.status, 200);
}

#[tokio::test]
async fn a_file_that_does_not_open_changes_nothing() {
    let desk = Desk::new().await;
    let path = desk.keys_file().await;
    let whole = std::fs::read(&path).unwrap();
    let with = |passphrase: &str| json!({ "passphrase": desk.secret(passphrase) });
    assert_eq!(desk.preview(&path, with("another passphrase")).await.unwrap_err().code, Code::WrongSecret);
    assert_eq!(desk.preview(&path, json!({})).await.unwrap_err().code, Code::InvalidInput);
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert!(desk.preview(&path, with(PASSPHRASE)).await.is_err());
    let work = String::from_utf8_lossy(&whole).lines().nth(1).unwrap().to_owned();
    assert!(work.ends_with(" 17"), "{work}");
    let at = whole.windows(work.len()).position(|window| window == work.as_bytes()).unwrap() + work.len() - 2;
    let heavy = [&whole[..at], b"21".as_slice(), &whole[at + 2..]].concat();
    std::fs::write(&path, heavy).unwrap();
    let refused = desk.preview(&path, with(PASSPHRASE)).await.unwrap_err();
    assert_eq!((refused.code, refused.message.contains("too much work")), (Code::InvalidInput, true));
    let short = json!({ "path": desk.home.path().join("short.age"), "passphrase": desk.secret("seven77") });
    assert_eq!(desk.bench.console.call("keys_export", short).await.unwrap_err().code, Code::InvalidInput);
    assert_eq!(desk.bench.write("x", false).await.status, 200);
}
