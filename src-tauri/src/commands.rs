//! The command table as Tauri commands. No command is written here by hand but the two that take raw bytes.

use console::api::{ApiError, Code, StagedKey, StagedSecret};
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

        /// Routes every command of the table, `key_stage` and `secret_stage`.
        pub(crate) fn handler() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($name,)* key_stage, secret_stage]
        }
    };
}

with_commands!(commands);

/// Takes a typed key as the raw body of the call, never as JSON text.
#[tauri::command]
async fn key_stage(back_end: State<'_, BackEnd>, request: Request<'_>) -> Result<StagedKey, ApiError> {
    back_end.0.as_ref().map_err(Clone::clone)?.key_stage(raw(&request)?)
}

/// Takes a passphrase or a recovery code in the same way.
#[tauri::command]
async fn secret_stage(back_end: State<'_, BackEnd>, request: Request<'_>) -> Result<StagedSecret, ApiError> {
    back_end.0.as_ref().map_err(Clone::clone)?.secret_stage(raw(&request)?)
}

fn raw(request: &Request<'_>) -> Result<Zeroizing<Vec<u8>>, ApiError> {
    match request.body() {
        InvokeBody::Raw(bytes) => Ok(Zeroizing::new(bytes.clone())),
        InvokeBody::Json(_) => Err(ApiError::new(Code::KeyFormat, "A secret must be sent as bytes.", "")),
    }
}
