//! What a command prints: one JSON object with `--json`, words for people without.

use serde_json::Value;

/// Prints a reply whole, or by `words` for people.
pub(crate) fn show(json: bool, reply: &Value, words: impl FnOnce(&Value) -> String) {
    if json {
        say(reply);
    } else {
        say(words(reply).trim_end());
    }
}

/// Prints a line. Whoever stops reading (`| head`) has read enough.
pub(crate) fn say(line: impl std::fmt::Display) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// A moment as people read it, in UTC.
pub(crate) fn moment(milliseconds: &Value) -> String {
    let instant = milliseconds.as_i64().and_then(|at| jiff::Timestamp::from_millisecond(at).ok());
    instant.map_or_else(String::new, |instant| instant.strftime("%Y-%m-%d %H:%M:%S").to_string())
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
