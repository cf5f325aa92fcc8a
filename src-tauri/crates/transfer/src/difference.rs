//! What an import would change. Only what the incoming document names: nothing is ever removed by an import.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, to_value};

use crate::settings::{ApplicationSettings, Settings};

/// What kind of thing is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// The console's own settings.
    Console,
    /// An application.
    Application,
    /// A provider.
    Provider,
    /// An AddOn.
    Addon,
    /// A provider's key.
    Key,
}

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It is new.
    Added,
    /// It changes.
    Changed,
    /// It is the same already.
    Unchanged,
    /// It cannot be changed so and stays as it is: another server or type needs a new provider and its key.
    Conflict,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct FieldChange {
    /// Its name in the document.
    pub field: String,
    /// Its value now, as JSON; empty where there is none.
    pub before: String,
    /// Its value then.
    pub after: String,
}

/// One line of a preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Change {
    /// What kind of thing.
    pub subject: Subject,
    /// In which application; empty for the console and for applications themselves.
    pub application: String,
    /// Its name.
    pub name: String,
    /// What becomes of it.
    pub verdict: Outcome,
    /// Which fields change.
    pub fields: Vec<FieldChange>,
}

/// Everything that `incoming` names, beside `now`: see [`crate::Document::over`].
#[must_use]
pub fn difference(now: &Settings, incoming: &Settings) -> Vec<Change> {
    let mut changes = Vec::new();
    let console = compare(Some(&now.console), &incoming.console);
    changes.push(line(Subject::Console, "", "", console, &[]));
    for (name, then) in &incoming.applications {
        let present = now.applications.get(name);
        application(name, present, then, &mut changes);
    }
    changes
}

fn application(
    name: &str,
    now: Option<&ApplicationSettings>,
    then: &ApplicationSettings,
    changes: &mut Vec<Change>,
) {
    // Its parts have lines of their own.
    let own =
        |of: &ApplicationSettings| serde_json::json!({ "type": of.kind, "origins": sorted(&of.origins) });
    let compared = compare_values(now.map(own), &own(then));
    changes.push(line(Subject::Application, "", name, compared, &[]));
    for (provider, settings) in &then.providers {
        let compared = compare(now.and_then(|now| now.providers.get(provider)), settings);
        // Bound to the key.
        changes.push(line(
            Subject::Provider,
            name,
            provider,
            compared,
            &["kind", "base_url", "plain_http_allowed"],
        ));
    }
    for (handle, settings) in &then.addons {
        let compared = compare(now.and_then(|now| now.addons.get(handle)), settings);
        changes.push(line(Subject::Addon, name, handle, compared, &[]));
    }
}

fn sorted(origins: &[String]) -> Vec<&String> {
    let mut sorted: Vec<_> = origins.iter().collect();
    sorted.sort();
    sorted
}

/// Maps within, such as an AddOn's settings, field by field.
fn flat(fields: &Map<String, Value>) -> BTreeMap<String, Value> {
    let mut flat = BTreeMap::new();
    for (name, value) in fields {
        match value {
            Value::Object(inner) => {
                flat.extend(inner.iter().map(|(inner, value)| (format!("{name}.{inner}"), value.clone())))
            }
            Value::Null => {}
            other => drop(flat.insert(name.clone(), other.clone())),
        }
    }
    flat
}

type Compared = (bool, Vec<FieldChange>);

fn compare<T: Serialize>(now: Option<&T>, then: &T) -> Compared {
    let value = |of: &T| to_value(of).unwrap_or_default();
    compare_values(now.map(value), &value(then))
}

fn compare_values(now: Option<Value>, then: &Value) -> Compared {
    let known = now.is_some();
    let (now, empty) = (now.unwrap_or_default(), Map::new());
    let fields = |of: &Value| flat(of.as_object().unwrap_or(&empty));
    let (before, after) = (fields(&now), fields(then));
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    let shown = |value: Option<&Value>| value.map(Value::to_string).unwrap_or_default();
    let changed = names.into_iter().filter(|name| before.get(*name) != after.get(*name)).map(|name| {
        FieldChange { field: name.clone(), before: shown(before.get(name)), after: shown(after.get(name)) }
    });
    (known, changed.collect())
}

fn line(
    subject: Subject,
    application: &str,
    name: &str,
    (known, fields): Compared,
    bound: &[&str],
) -> Change {
    let verdict = match (known, fields.is_empty()) {
        (false, _) => Outcome::Added,
        (true, true) => Outcome::Unchanged,
        (true, false) if fields.iter().any(|change| bound.contains(&change.field.as_str())) => {
            Outcome::Conflict
        }
        (true, false) => Outcome::Changed,
    };
    Change { subject, application: application.to_owned(), name: name.to_owned(), verdict, fields }
}
