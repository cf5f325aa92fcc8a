//! Server-sent events, byte by byte: finds each event's data in a body that arrives split anywhere.
//!
//! Follows the WHATWG rules (https://html.spec.whatwg.org/multipage/server-sent-events.html) with two differences:
//! an event without its closing blank line is delivered at the end of the body, as real recordings end that way;
//! and `event`, `id` and `retry` are skipped, as every provider repeats its event's type inside the data. Works
//! on bytes, so a character split between chunks needs no care. Holds at most [`EVENT_MAX`] bytes.

/// The largest event accepted. The largest recorded one has 2 KiB.
pub(crate) const EVENT_MAX: usize = 256 * 1024;

/// An event, or a line, is larger than [`EVENT_MAX`].
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TooLarge;

/// Where events' data goes.
type Sink<'a> = &'a mut dyn FnMut(&[u8]);

/// The state between two chunks.
#[derive(Default)]
pub(crate) struct Scanner {
    /// The unfinished line.
    line: Vec<u8>,
    /// The lines of data of the unfinished event, joined by line feeds.
    data: Vec<u8>,
    /// Whether the unfinished event has any line of data; an empty one counts.
    has_data: bool,
    /// The last byte was a carriage return, so a line feed right now belongs to it.
    after_return: bool,
    /// A first line has been seen, so that no byte order mark can come.
    begun: bool,
    /// A line was seen that such a body has: a field or a comment.
    known: bool,
}

impl Scanner {
    /// Reads a chunk and hands over the data of each event it completes. After an error the scanner is of no
    /// further use.
    pub(crate) fn push(&mut self, mut bytes: &[u8], sink: Sink<'_>) -> Result<(), TooLarge> {
        loop {
            if self.after_return && !bytes.is_empty() {
                self.after_return = false;
                bytes = bytes.strip_prefix(b"\n").unwrap_or(bytes);
            }
            let Some(end) = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
                self.check(bytes.len())?;
                self.line.extend_from_slice(bytes);
                return Ok(());
            };
            self.check(end)?;
            self.after_return = bytes[end] == b'\r';
            if self.line.is_empty() {
                self.read_line(&bytes[..end], sink);
            } else {
                let mut line = std::mem::take(&mut self.line);
                line.extend_from_slice(&bytes[..end]);
                self.read_line(&line, sink);
                // Handed back for its capacity.
                line.clear();
                self.line = line;
            }
            bytes = &bytes[end + 1..];
        }
    }

    /// The body ended: delivers what was not closed by a blank line.
    pub(crate) fn end(&mut self, sink: Sink<'_>) {
        let line = std::mem::take(&mut self.line);
        if !line.is_empty() {
            self.read_line(&line, sink);
        }
        self.dispatch(sink);
    }

    /// Whether lines came, and none that server-sent events have: the body is something else.
    pub(crate) fn is_foreign(&self) -> bool {
        self.begun && !self.known
    }

    fn check(&self, more: usize) -> Result<(), TooLarge> {
        let held = self.line.len() + self.data.len();
        if held + more > EVENT_MAX { Err(TooLarge) } else { Ok(()) }
    }

    fn read_line(&mut self, line: &[u8], sink: Sink<'_>) {
        let marked = !std::mem::replace(&mut self.begun, true);
        let line = if marked { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
        if line.is_empty() {
            return self.dispatch(sink);
        }
        // A comment is a line with an empty field name.
        let colon = line.iter().position(|byte| *byte == b':').unwrap_or(line.len());
        self.known |=
            colon < line.len() && matches!(&line[..colon], b"" | b"data" | b"event" | b"id" | b"retry");
        if &line[..colon] != b"data" {
            return;
        }
        let value = line.get(colon + 1..).unwrap_or_default();
        if std::mem::replace(&mut self.has_data, true) {
            self.data.push(b'\n');
        }
        self.data.extend_from_slice(value.strip_prefix(b" ").unwrap_or(value));
    }

    fn dispatch(&mut self, sink: Sink<'_>) {
        if std::mem::replace(&mut self.has_data, false) {
            sink(&self.data);
            self.data.clear();
        }
    }
}

#[cfg(test)]
mod tests;
