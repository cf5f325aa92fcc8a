//! A settings document as somebody wrote it, whole or in part. A field that it does not name stays as it is; so no import
//! takes anything away unseen.

use serde_json::{Map, Value, to_value};

use crate::settings::{FORMAT, Settings};
use crate::{TransferError, text};

/// A document whose every field is known and of the right type. Says nothing yet of what it does not name.
pub struct Document(Value);

impl Document {
    /// Reads a document. A field that is not known is an error: a typing mistake must not pass for a setting.
    pub fn read(bytes: &[u8]) -> Result<Self, TransferError> {
        let text = text(bytes)?;
        let line = |error: serde_json::Error| TransferError::Malformed {
            line: Some(error.line()).filter(|line| *line > 0),
        };
        let typed: Settings = serde_json::from_str(text).map_err(line)?;
        if typed.format != FORMAT {
            return Err(TransferError::UnknownFormat);
        }
        serde_json::from_str(text).map(Self).map_err(line)
    }

    /// Whether bytes look like a settings document, well-formed or not.
    #[must_use]
    pub fn looks_like(bytes: &[u8]) -> bool {
        text(bytes).is_ok_and(|text| text.trim_start().starts_with('{'))
    }

    /// The settings that this document asks for, where `now` stands: what it does not name is as it was. Of an AddOn's
    /// settings each counts by itself, and `null` takes one away; every other list or map is one value.
    pub fn over(&self, now: &Settings) -> Result<Settings, TransferError> {
        let malformed = TransferError::Malformed { line: None };
        let now = to_value(now).map_err(|_| malformed)?;
        let mut whole = self.0.clone();
        let root = whole.as_object_mut().ok_or(malformed)?;
        fill(root.entry("console").or_insert_with(|| Value::Object(Map::new())), &now["console"]);
        for (name, application) in entries(root.get_mut("applications")) {
            over_application(application, &now["applications"][name.as_str()]);
        }
        serde_json::from_value(whole).map_err(|_| malformed)
    }
}

fn over_application(application: &mut Value, now: &Value) {
    for (name, provider) in entries(application.get_mut("providers")) {
        fill(provider, &now["providers"][name.as_str()]);
    }
    for (handle, addon) in entries(application.get_mut("addons")) {
        let now = &now["addons"][handle.as_str()];
        if let Some(settings) = addon.get_mut("settings") {
            fill(settings, &now["settings"]);
            if let Some(settings) = settings.as_object_mut() {
                settings.retain(|_, value| !value.is_null());
            }
        }
        fill(addon, now);
    }
    // Providers and AddOns that it does not name are no business of a document.
    for field in ["type", "origins"] {
        fill_one(application, now, field);
    }
}

fn entries(of: Option<&mut Value>) -> impl Iterator<Item = (&String, &mut Value)> {
    of.and_then(Value::as_object_mut).into_iter().flat_map(Map::iter_mut)
}

/// Takes over what is absent.
fn fill(value: &mut Value, now: &Value) {
    for field in now.as_object().into_iter().flat_map(Map::keys) {
        fill_one(value, now, field);
    }
}

fn fill_one(value: &mut Value, now: &Value, field: &str) {
    if let (Some(value), Some(now)) = (value.as_object_mut(), now.get(field)) {
        value.entry(field).or_insert_with(|| now.clone());
    }
}
