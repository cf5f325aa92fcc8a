//! A caller's side of HTTP/1.1, no more than these tests need: one request at a time, and a way to stop half-way.

use std::io;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A connection that is kept for the next request.
pub(crate) struct Connection {
    stream: TcpStream,
    bytes: Vec<u8>,
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

/// Where the body begins, and how long it is; `None`: it comes in chunks.
#[derive(Clone, Copy)]
struct Head {
    status: u16,
    body: usize,
    length: Option<usize>,
}

fn head(bytes: &[u8]) -> Option<Head> {
    let body = find(bytes, b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(&bytes[..body]).to_ascii_lowercase();
    let status = text.split(' ').nth(1)?.parse().ok()?;
    let length = text.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    assert!(length.is_some() || text.contains("transfer-encoding: chunked"), "no end: {text}");
    Some(Head { status, body, length })
}

impl Connection {
    pub(crate) async fn open(port: u16) -> io::Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, bytes: Vec::with_capacity(8192) })
    }

    pub(crate) async fn send(&mut self, request: &[u8]) -> io::Result<()> {
        self.bytes.clear();
        self.stream.write_all(request).await
    }

    /// Sends and reads the whole answer, or only until `enough` was seen in its body: then the rest is still to come.
    pub(crate) async fn exchange(
        &mut self,
        request: &[u8],
        enough: Option<&str>,
    ) -> io::Result<(u16, String)> {
        self.send(request).await?;
        let mut known = None;
        loop {
            if self.stream.read_buf(&mut self.bytes).await? == 0 {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the answer was cut"));
            }
            if known.is_none() {
                known = head(&self.bytes);
            }
            let Some(Head { status, body, length }) = known else { continue };
            let read = &self.bytes[body..];
            let whole = length.map_or_else(|| read.ends_with(b"0\r\n\r\n"), |length| read.len() >= length);
            if whole || enough.is_some_and(|part| find(read, part.as_bytes()).is_some()) {
                return Ok((status, String::from_utf8_lossy(read).into_owned()));
            }
        }
    }
}
