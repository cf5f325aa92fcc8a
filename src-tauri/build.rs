//! Tells Tauri which commands exist, from the command table, so that every one of them is checked against the
//! window's permissions. Without this list local windows could call every command.

#[path = "crates/console/src/command_table.rs"]
#[macro_use]
mod command_table;

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident($request:ty) -> $reply:ty;)*) => {
        /// Every row of the table, and the two commands beside it.
        const COMMANDS: &[&str] = &[$(stringify!($name),)* "key_stage", "secret_stage"];
    };
}
with_commands!(names);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=src-tauri/crates/console/src/command_table.rs");
    println!("cargo:rerun-if-changed=ui/console/dist");
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    let attributes = tauri_build::Attributes::new()
        .app_manifest(manifest)
        .capabilities_path_pattern("./src-tauri/capabilities/**/*");
    tauri_build::try_build(attributes)?;
    Ok(())
}
