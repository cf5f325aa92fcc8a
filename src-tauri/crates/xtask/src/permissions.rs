//! The window's permissions, from the command table: exactly the commands there are, and hearing events.

use serde_json::json;

/// The whole of the main window's capability file.
pub(crate) fn of_main_window() -> String {
    let commands = console::COMMANDS.iter().chain(&["key_stage", "secret_stage"]);
    let mut permissions: Vec<String> =
        commands.map(|name| format!("allow-{}", name.replace('_', "-"))).collect();
    permissions.extend(["core:event:allow-listen".to_owned(), "core:event:allow-unlisten".to_owned()]);
    let capability = json!({
        "$schema": "../../gen/schemas/desktop-schema.json",
        "identifier": "main",
        "description": "Generated from the command table by `cargo xtask codegen`. Do not edit.",
        "windows": ["main"],
        "permissions": permissions,
    });
    format!("{capability:#}\n")
}
