//! A console with files beside it, to be exported to and imported from.

use std::path::{Path, PathBuf};

use console::api::ApiError;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::support::{Bench, call};

pub(crate) struct Desk {
    pub(crate) bench: Bench,
    pub(crate) home: tempfile::TempDir,
}

impl Desk {
    pub(crate) async fn new() -> Self {
        Self { bench: Bench::openai().await, home: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.home.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    pub(crate) async fn exported(&self) -> Value {
        let path = self.home.path().join("now.json");
        let _: Value =
            call(&self.bench.console, "settings_export", json!({ "path": path, "replace": true })).await;
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    }

    pub(crate) async fn preview(&self, path: &Path, more: Value) -> Result<Value, ApiError> {
        let mut request = json!({ "path": path });
        for (field, value) in more.as_object().into_iter().flatten() {
            request[field] = value.clone();
        }
        self.bench.console.call("import_preview", request).await
    }

    pub(crate) async fn import(&self, name: &str, text: &str) -> Result<Value, ApiError> {
        let preview = self.preview(&self.file(name, text), json!({ "application": "Spring Mailer" })).await?;
        self.bench.console.call("import_apply", json!({ "import": preview["id"] })).await?;
        Ok(preview)
    }

    /// A passphrase, handed over as raw bytes.
    pub(crate) fn secret(&self, text: &str) -> Value {
        json!(self.bench.console.secret_stage(Zeroizing::new(text.as_bytes().to_vec())).unwrap().id)
    }

    pub(crate) async fn apply(&self, preview: &Value) -> Result<Value, ApiError> {
        self.bench.console.call("import_apply", json!({ "import": preview["id"] })).await
    }
}

/// Subject, name and outcome of each line, such as `key Team added`.
pub(crate) fn lines(preview: &Value) -> Vec<String> {
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let items = preview["changes"].as_array().unwrap().iter();
    items
        .map(|each| format!("{} {} {}", word(&each["subject"]), word(&each["name"]), word(&each["verdict"])))
        .collect()
}

/// Name and reason of what is left aside.
pub(crate) fn aside(preview: &Value) -> Vec<String> {
    let items = preview["ignored"].as_array().unwrap().iter();
    items
        .map(|each| format!("{}: {}", each["name"].as_str().unwrap(), each["why"].as_str().unwrap()))
        .collect()
}
