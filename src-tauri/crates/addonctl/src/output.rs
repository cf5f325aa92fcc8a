//! What a command prints: one JSON object with `--json`, words for people without.

use serde_json::Value;

/// Prints a reply whole, or by `words` for people.
pub(crate) fn show(json: bool, reply: &Value, words: impl FnOnce(&Value) -> String) {
    if json {
        println!("{reply}");
    } else {
        let text = words(reply);
        println!("{}", text.trim_end());
    }
}

/// A table of `items`, one column per title and field.
pub(crate) fn table(reply: &Value, columns: &[(&str, &str)], empty: &str) -> String {
    let items = reply["items"].as_array().map(Vec::as_slice).unwrap_or_default();
    if items.is_empty() {
        return empty.to_owned();
    }
    let mut rows: Vec<Vec<String>> = vec![columns.iter().map(|(title, _)| (*title).to_owned()).collect()];
    rows.extend(items.iter().map(|item| columns.iter().map(|(_, field)| text(item, field)).collect()));
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let lines = rows.iter().map(|row| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A field as people read it; nested fields by dots, nothing for what is absent.
pub(crate) fn text(item: &Value, field: &str) -> String {
    let found = field.split('.').filter(|name| !name.is_empty()).fold(item, |value, name| &value[name]);
    match found {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(yes) => (if *yes { "yes" } else { "no" }).to_owned(),
        Value::Array(items) => items.iter().map(|item| text(item, "")).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
