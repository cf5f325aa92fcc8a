//! Export and import as faces call them: what was previewed is what is applied, a bad file changes nothing at all, no rule
//! of the product is passed by through a file, and no key goes where it does not belong.

use std::path::Path;

use console::api::Code;
use serde_json::{Value, json};

use crate::support::call;
use crate::transfer_desk::Desk;

fn document(applications: Value) -> String {
    json!({ "format": "addon-console/settings/v1", "applications": applications }).to_string()
}

#[tokio::test]
async fn a_document_with_one_bad_value_changes_nothing_at_all() {
    let desk = Desk::new().await;
    let before = desk.exported().await;
    let provider = |kind: &str, url: &str| json!({ "kind": kind, "base_url": url });
    let openai = || provider("openai", "https://api.openai.com/v1");
    let bad = [
        json!({ "type": "email", "origins": ["https://*.example"] }),
        json!({ "type": "fax" }),
        json!({ "type": "email", "providers": { "Team": provider("nobody", "https://x.example") } }),
        json!({ "type": "email", "providers": { "Team": provider("openai", "ftp://x.example") } }),
        json!({ "type": "email", "providers": { "Team": provider("openai", "http://x.example") } }),
        json!({ "type": "email", "providers": { "ab": openai() } }),
        json!({ "type": "email", "providers": { "Team": { "kind": "openai", "base_url": "https://x.example", "options": { "unheard-of": "1" } } } }),
        json!({ "type": "email", "providers": { "Team": provider("azure-openai", "https://r.openai.azure.com") } }),
        json!({ "type": "email", "addons": { "ai-nothing": { "enabled": false } } }),
        json!({ "type": "email", "addons": { "ai-integration": { "enabled": true, "settings": { "unheardOf": 1 } } } }),
        json!({ "type": "email", "addons": { "ai-integration": { "enabled": true, "providers": ["Nobody"] } } }),
        json!({ "type": "email", "providers": { "Team": openai() },
            "addons": { "ai-integration": { "enabled": true, "providers": ["Team", "Team"] } } }),
        // DeepL cannot write.
        json!({ "type": "email", "providers": { "Words": provider("deepl", "https://api.deepl.com") },
            "addons": { "ai-integration": { "enabled": true, "providers": ["Words"] } } }),
        // Beefree: one writing assistant at a time.
        json!({ "type": "email", "providers": { "Team": openai() }, "addons": {
            "ai-integration": { "enabled": true, "providers": ["Team"] }, "custom-ai-integration": { "enabled": true } } }),
    ];
    for (place, second) in bad.into_iter().enumerate() {
        let said = second.to_string();
        let text = document(json!({ "A first one": { "type": "page" }, "B second one": second }));
        let refused = desk.import(&format!("{place}.json"), &text).await;
        assert!(refused.is_err(), "{said} was taken");
        assert_eq!(desk.exported().await, before, "{said}");
    }
    for console in [
        json!({ "corporate_proxy": "http://user:secret@proxy.example:3128" }),
        json!({ "corporate_proxy": "file:///etc/passwd" }),
        json!({ "lock_idle_minutes": 1441 }),
    ] {
        let text = json!({ "format": "addon-console/settings/v1", "console": console }).to_string();
        assert!(desk.import("console.json", &text).await.is_err(), "{console}");
        assert_eq!(desk.exported().await, before, "{console}");
    }
}

#[tokio::test]
async fn exclusion_counts_what_is_on_already() {
    let desk = Desk::new().await;
    let text = document(
        json!({ "Spring Mailer": { "type": "email", "addons": { "custom-ai-integration": { "enabled": true } } } }),
    );
    assert_eq!(desk.import("both.json", &text).await.unwrap_err().code, Code::Excluded);
}

#[tokio::test]
async fn what_a_document_does_not_name_stays() {
    let desk = Desk::new().await;
    let _: Value =
        call(&desk.bench.console, "vault_lock_policy", json!({ "idle_minutes": 5, "on_suspend": true }))
            .await;
    let _: Value = call(&desk.bench.console, "network_set", json!({ "proxy": "http://127.0.0.1:9" })).await;
    let before = desk.exported().await;
    for text in [
        document(json!({})),
        document(json!({ "Spring Mailer": { "type": "email" } })),
        document(
            json!({ "Spring Mailer": { "type": "email", "addons": { "ai-integration": { "enabled": true } } } }),
        ),
    ] {
        desk.import("less.json", &text).await.unwrap();
        assert_eq!(desk.exported().await, before, "{text}");
    }
}

#[tokio::test]
async fn what_changed_since_the_preview_is_not_overwritten_unseen() {
    let desk = Desk::new().await;
    let text = document(json!({ "Spring Mailer": { "type": "page" } }));
    let preview = desk.preview(&desk.file("page.json", &text), json!({})).await.unwrap();
    let id = desk.bench.application.application.id;
    let _: Value = call(
        &desk.bench.console,
        "application_update",
        json!({ "application": id, "name": "Spring Mailer", "kind": "popup", "origins": [] }),
    )
    .await;
    assert!(desk.bench.console.call("import_apply", json!({ "import": preview["id"] })).await.is_err());
    assert_eq!(desk.exported().await["applications"]["Spring Mailer"]["type"], "popup");
}

#[tokio::test]
async fn an_export_writes_over_no_file_that_it_was_not_told_to() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let desk = Desk::new().await;
    let console = &desk.bench.console;
    let target = desk.home.path().join("settings.json");
    // A link laid beside the target, where the new file is made first.
    let victim = desk.file("victim", "precious");
    symlink(&victim, desk.home.path().join("settings.json.new")).unwrap();
    let _: Value = call(console, "settings_export", json!({ "path": target })).await;
    assert_eq!(std::fs::read_to_string(&victim).unwrap(), "precious");
    assert!(!std::fs::symlink_metadata(&target).unwrap().is_symlink());
    assert_eq!(std::fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o600);
    // A file that was open to others before.
    std::fs::set_permissions(&target, std::fs::Permissions::from_mode(0o644)).unwrap();
    let _: Value = call(console, "settings_export", json!({ "path": target, "replace": true })).await;
    assert_eq!(std::fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o600);
    // A link in place of the target is somebody's file.
    let link = desk.home.path().join("link.json");
    symlink(desk.home.path().join("nowhere"), &link).unwrap();
    assert!(console.call("settings_export", json!({ "path": link })).await.is_err());
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    // Only an earlier export is replaced.
    assert!(console.call("settings_export", json!({ "path": victim, "replace": true })).await.is_err());
    assert_eq!(std::fs::read_to_string(&victim).unwrap(), "precious");
    let database = desk.bench.data_dir().join("addon-console.db");
    assert!(database.exists());
    assert!(console.call("settings_export", json!({ "path": database, "replace": true })).await.is_err());
}

#[tokio::test]
async fn only_a_file_is_read() {
    let desk = Desk::new().await;
    let pipe = desk.home.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for path in [pipe.as_path(), Path::new("/dev/zero"), desk.home.path()] {
        let read = tokio::time::timeout(std::time::Duration::from_secs(5), desk.preview(path, json!({})));
        assert!(read.await.expect("it must not wait for a writer").is_err(), "{}", path.display());
    }
}
