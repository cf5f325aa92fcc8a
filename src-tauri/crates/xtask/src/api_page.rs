//! `docs/proxy-api.md` from the OpenAPI document. Says nothing the document does not.

use std::fmt::Write as _;

use serde_json::Value;

const HEAD: &str = "<!-- Generated from docs/openapi.json by `cargo xtask codegen`. Do not edit. -->\n\n# The proxy's HTTP API\n\n";

/// The whole page.
pub(crate) fn of(document: &Value) -> String {
    let mut page = HEAD.to_owned();
    let info = &document["info"];
    // Writing to a string cannot fail, here and below.
    let _ = writeln!(page, "{} {}\n", text(&info["summary"]), text(&info["description"]));
    page.push_str(
        "The whole of it, with every schema: [openapi.json](openapi.json) (OpenAPI 3.1).\n\n## Routes\n\n",
    );
    page.push_str("| route | token | takes | gives |\n| --- | --- | --- | --- |\n");
    for (method, path, operation) in operations(document) {
        let token = if operation["security"].is_array() { "yes" } else { "no" };
        let takes = operation["requestBody"]["content"].as_object().map(|content| {
            content.iter().map(|(media, body)| shape(media, body)).collect::<Vec<_>>().join(", ")
        });
        let gives = given(operation).map(|(media, body)| shape(media, body)).collect::<Vec<_>>().join(", ");
        let _ = writeln!(page, "| `{method} {path}` | {token} | {} | {gives} |", takes.unwrap_or_default());
    }
    for (method, path, operation) in operations(document) {
        section(&method, path, operation, document, &mut page);
    }
    causes(document, &mut page);
    bounds(document, &mut page);
    page
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn fields(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn operations(document: &Value) -> impl Iterator<Item = (String, &String, &Value)> {
    fields(&document["paths"]).flat_map(|(path, methods)| {
        fields(methods).map(move |(method, operation)| (method.to_uppercase(), path, operation))
    })
}

/// The content of the good replies.
fn given(operation: &Value) -> impl Iterator<Item = (&String, &Value)> {
    let replies = ["200", "default"].into_iter().map(|status| &operation["responses"][status]["content"]);
    replies.flat_map(fields)
}

/// A body in one word: the name of its schema, or its media type.
fn shape(media: &str, body: &Value) -> String {
    match text(&body["schema"]["$ref"]).rsplit('/').next() {
        Some(name) if !name.is_empty() => format!("`{name}`"),
        _ if media == "*/*" => "the provider's own".to_owned(),
        _ if media == "text/event-stream" => "events".to_owned(),
        _ => format!("`{media}`"),
    }
}

fn section(method: &str, path: &str, operation: &Value, document: &Value, page: &mut String) {
    let _ = writeln!(page, "\n### `{method} {path}`\n\n{}", text(&operation["summary"]));
    let body = &operation["requestBody"];
    if let Some(max) = body["x-max-bytes"].as_u64() {
        let _ = writeln!(page, "\nTakes at most {}.", size(max));
    }
    for (_, content) in fields(&body["content"]) {
        table(&content["schema"], document, page);
    }
    for (media, content) in given(operation) {
        let events: Vec<&Value> = items(&content["x-events"]).collect();
        if media == "text/event-stream" {
            page.push_str("\nEvents:\n\n| event | data |\n| --- | --- |\n");
        } else if content["schema"].is_object() {
            page.push_str("\nGives:\n");
            table(&content["schema"], document, page);
        }
        for event in events {
            let name = Some(text(&event["event"])).filter(|name| !name.is_empty());
            let data = text(&event["data"]["$ref"]).rsplit('/').next().unwrap_or_default();
            let _ =
                writeln!(page, "| {} | `{data}` |", name.map_or("–".to_owned(), |name| format!("`{name}`")));
        }
    }
    page.push_str("\nRefuses with: ");
    let replies = fields(&operation["responses"]).filter_map(|(_, reply)| pointed(reply, document));
    let refusals = replies.flat_map(|reply| items(&reply["x-causes"]));
    let words: Vec<String> =
        refusals.map(|entry| format!("`{}` {}", text(&entry["cause"]), entry["code"])).collect();
    let _ = writeln!(page, "{}.", words.join(", "));
}

/// What a reference leads to.
fn pointed<'d>(value: &Value, document: &'d Value) -> Option<&'d Value> {
    text(&value["$ref"]).strip_prefix('#').and_then(|to| document.pointer(to))
}

/// A schema's fields, if it is one of the document's own.
fn table(schema: &Value, document: &Value, page: &mut String) {
    let Some(found) = text(&schema["$ref"]).strip_prefix('#').and_then(|to| document.pointer(to)) else {
        return;
    };
    page.push_str("\n| field | type | |\n| --- | --- | --- |\n");
    for (name, field) in fields(&found["properties"]) {
        let required = items(&found["required"]).any(|required| required == name);
        let mark = if required { "" } else { "?" };
        let about = text(&field["description"]).replace('\n', " ").replace('|', "\\|");
        let _ = writeln!(page, "| `{name}`{mark} | {} | {about} |", kind(field));
    }
}

/// A field's type in a few words.
fn kind(field: &Value) -> String {
    if let Some(name) = text(&field["$ref"]).rsplit('/').next().filter(|name| !name.is_empty()) {
        return name.to_owned();
    }
    let either: Vec<String> = items(&field["anyOf"]).map(kind).collect();
    if !either.is_empty() {
        return either.join(" or ");
    }
    let kinds: Vec<&str> = match &field["type"] {
        Value::String(one) => vec![one],
        several => items(several).map(text).collect(),
    };
    match kinds.first() {
        Some(&"array") => format!("list of {}", kind(&field["items"])),
        Some(_) => kinds.join(" or "),
        None => "any".to_owned(),
    }
}

fn causes(document: &Value, page: &mut String) {
    page.push_str("\n## Errors\n\nEvery refusal is an `Error`, with the header `x-addon-console-error`:\n");
    table(&serde_json::json!({ "$ref": "#/components/schemas/Error" }), document, page);
    page.push_str(
        "\n| cause | code | status | by | what happened, and what to do |\n| --- | --- | --- | --- | --- |\n",
    );
    for entry in items(&document["x-causes"]) {
        let (word, by, message) = (text(&entry["cause"]), text(&entry["by"]), text(&entry["message"]));
        let _ = writeln!(page, "| `{word}` | {} | {} | {by} | {message} |", entry["code"], entry["status"]);
    }
}

fn bounds(document: &Value, page: &mut String) {
    page.push_str("\n## Bounds\n\n| bound | value | |\n| --- | --- | --- |\n");
    for bound in items(&document["x-bounds"]) {
        let value = bound["value"].as_u64().unwrap_or_default();
        let shown = match text(&bound["unit"]) {
            "bytes" => size(value),
            "s" => time(value),
            _ => value.to_string(),
        };
        let _ = writeln!(page, "| {} | {shown} | {} |", text(&bound["name"]), text(&bound["about"]));
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        whole if whole >= 1 << 20 && whole.is_multiple_of(1 << 20) => format!("{} MiB", whole >> 20),
        whole if whole >= 1 << 10 && whole.is_multiple_of(1 << 10) => format!("{} KiB", whole >> 10),
        other => format!("{other} bytes"),
    }
}

fn time(seconds: u64) -> String {
    match seconds {
        whole if whole >= 3600 && whole.is_multiple_of(3600) => format!("{} h", whole / 3600),
        whole if whole >= 60 && whole.is_multiple_of(60) => format!("{} min", whole / 60),
        other => format!("{other} s"),
    }
}
