//! The command table as Tauri commands. No command is written here by hand but the one that takes raw bytes.

use console::api::{ApiError, Code, StagedKey};
use console::with_commands;
use serde_json::Value;
use tauri::State;
use tauri::ipc::{Invoke, InvokeBody, Request};
use zeroize::Zeroizing;

use crate::BackEnd;

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident($request:ty) -> $reply:ty;)*) => {
        $(
            $(#[$doc])*
            #[tauri::command]
            async fn $name(back_end: State<'_, BackEnd>, request: Value) -> Result<Value, ApiError> {
                back_end.0.as_ref().map_err(Clone::clone)?.call(stringify!($name), request).await
            }
        )*

        /// Routes every command of the table, and `key_stage`.
        pub(crate) fn handler() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($name,)* key_stage]
        }
    };
}

with_commands!(commands);

/// Takes a typed key as the raw body of the call, never as JSON text.
#[tauri::command]
async fn key_stage(back_end: State<'_, BackEnd>, request: Request<'_>) -> Result<StagedKey, ApiError> {
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(ApiError::new(Code::KeyFormat, "A key must be sent as bytes.", ""));
    };
    back_end.0.as_ref().map_err(Clone::clone)?.key_stage(Zeroizing::new(bytes.clone()))
}
