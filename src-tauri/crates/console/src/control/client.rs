//! `addonctl`'s end of the control socket.

use std::path::{Path, PathBuf};

use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::UnixStream;

use super::{Ask, KEY_STAGE, LINE_MAX, Reply, SECRET_STAGE, socket};
use crate::api::{ApiError, Code};

/// A running console.
pub struct Client(PathBuf);

impl Client {
    /// The console that holds `data_dir`, if one answers.
    pub async fn find(data_dir: &Path) -> Option<Self> {
        let path = socket(data_dir);
        UnixStream::connect(&path).await.ok().map(|_| Self(path))
    }

    /// Calls a command.
    pub async fn call(&self, command: &str, request: Value) -> Result<Value, ApiError> {
        self.exchange(Ask { command: command.to_owned(), request, raw: 0 }, &[]).await
    }

    /// Hands over a key.
    pub async fn key_stage(&self, key: &[u8]) -> Result<Value, ApiError> {
        self.exchange(Ask { command: KEY_STAGE.to_owned(), request: Value::Null, raw: key.len() }, key).await
    }

    /// Hands over a passphrase or a recovery code.
    pub async fn secret_stage(&self, secret: &[u8]) -> Result<Value, ApiError> {
        let ask = Ask { command: SECRET_STAGE.to_owned(), request: Value::Null, raw: secret.len() };
        self.exchange(ask, secret).await
    }

    async fn exchange(&self, ask: Ask, raw: &[u8]) -> Result<Value, ApiError> {
        let lost = |_| {
            ApiError::new(Code::Internal, "The running console did not answer.", "Try again, or restart it.")
        };
        let mut line = serde_json::to_vec(&ask).map_err(std::io::Error::from).map_err(lost)?;
        line.push(b'\n');
        let mut stream = UnixStream::connect(&self.0).await.map_err(lost)?;
        stream.write_all(&line).await.map_err(lost)?;
        stream.write_all(raw).await.map_err(lost)?;
        let mut answer = String::new();
        BufReader::new(stream.take(LINE_MAX)).read_line(&mut answer).await.map_err(lost)?;
        match serde_json::from_str(&answer).map_err(std::io::Error::from).map_err(lost)? {
            Reply::Ok(value) => Ok(value),
            Reply::Error(error) => Err(error),
        }
    }
}
