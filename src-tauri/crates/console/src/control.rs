//! The control socket: how `addonctl` reaches a running console. A Unix socket in the data directory, which only its
//! owner can open; never on the proxy's port.
//!
//! One exchange a connection. Request: a line of JSON `{command, request, raw}`, then `raw` bytes (a key, for
//! `key_stage`). Reply: a line of JSON, `{"ok": …}` or `{"error": …}`.

mod client;
mod server;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::api::ApiError;

pub use client::Client;
pub use server::serve;

/// The raw-bytes command for a key, beside the table.
pub const KEY_STAGE: &str = "key_stage";
/// The same for a passphrase or a recovery code.
pub const SECRET_STAGE: &str = "secret_stage";
/// More than any key, less than harm.
const RAW_MAX: usize = 8 * 1024;
const LINE_MAX: u64 = 1024 * 1024;

#[derive(Serialize, Deserialize)]
struct Ask {
    command: String,
    #[serde(default)]
    request: Value,
    #[serde(default)]
    raw: usize,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Reply {
    Ok(Value),
    Error(ApiError),
}

fn socket(data_dir: &Path) -> PathBuf {
    data_dir.join("control.sock")
}
