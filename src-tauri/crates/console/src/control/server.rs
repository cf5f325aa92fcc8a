//! The console's end of the control socket.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{UnixListener, UnixStream};
use vault::Who;
use zeroize::Zeroizing;

use super::{Ask, KEY_STAGE, LINE_MAX, RAW_MAX, Reply, SECRET_STAGE, socket};
use crate::Console;
use crate::api::{ApiError, Code};

/// Answers `addonctl` until the returned task is aborted. The caller holds the data directory, so a socket left by
/// a dead process is ours to replace.
pub fn serve(console: Arc<Console>, data_dir: &Path) -> Result<tokio::task::JoinHandle<()>, std::io::Error> {
    let path = socket(data_dir);
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(&path)?;
    std::fs::set_permissions(&path, Permissions::from_mode(0o600))?;
    Ok(tokio::spawn(async move {
        loop {
            // A failed accept is one caller's bad luck.
            let Ok((stream, _)) = listener.accept().await else { continue };
            let console = Arc::clone(&console);
            tokio::spawn(async move {
                let _ = exchange(&console, stream).await;
            });
        }
    }))
}

async fn exchange(console: &Console, stream: UnixStream) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read);
    let mut line = String::new();
    (&mut read).take(LINE_MAX).read_line(&mut line).await?;
    let reply = match serde_json::from_str::<Ask>(&line) {
        Ok(ask) if ask.raw <= RAW_MAX => {
            let mut raw = Zeroizing::new(vec![0; ask.raw]);
            read.read_exact(&mut raw).await?;
            answer(console, ask, raw).await
        }
        _ => Err(ApiError::new(
            Code::InvalidInput,
            "The control socket did not understand.",
            "Use the addonctl of the same version.",
        )),
    };
    let reply = reply.map_or_else(Reply::Error, Reply::Ok);
    let mut line = serde_json::to_vec(&reply)?;
    line.push(b'\n');
    write.write_all(&line).await?;
    write.shutdown().await
}

async fn answer(console: &Console, ask: Ask, raw: Zeroizing<Vec<u8>>) -> Result<serde_json::Value, ApiError> {
    if ask.command == KEY_STAGE {
        let staged = console.key_stage(raw)?;
        return serde_json::to_value(staged)
            .map_err(|_| ApiError::new(Code::Internal, "The reply could not be written.", ""));
    }
    if ask.command == SECRET_STAGE {
        let staged = console.secret_stage(raw)?;
        return serde_json::to_value(staged)
            .map_err(|_| ApiError::new(Code::Internal, "The reply could not be written.", ""));
    }
    console.call_by(Who::CommandLine, &ask.command, ask.request).await
}
