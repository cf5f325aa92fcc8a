//! Turns a body of server-sent events into writing events, whichever dialect the events are in.
//!
//! Owns the rules all dialects share: what ends a stream, and that nothing follows its end.

use domain::Cause;
use domain::writing::Finish;

use crate::adapter::{StreamReader, WritingEvent};
use crate::sse::Scanner;

/// The data of an event is not what the dialect promises.
pub(crate) struct Unreadable;

/// One provider's events.
pub(crate) trait Dialect: Send {
    /// Reads one event's data. Says `Done` or `Failed` if it ends the stream.
    fn read(&mut self, data: &[u8], events: &mut Vec<WritingEvent>) -> Result<(), Unreadable>;

    /// How the answer ended, if that is known before the last event has come.
    fn finish(&self) -> Option<Finish>;
}

/// The reader of one stream.
pub(crate) struct EventStream<D> {
    scanner: Scanner,
    dialect: D,
    over: bool,
}

impl<D: Dialect> EventStream<D> {
    /// A reader at the start of a stream.
    pub(crate) fn new(dialect: D) -> Self {
        Self { scanner: Scanner::default(), dialect, over: false }
    }
}

/// Reads one event and says whether the stream is over.
fn read<D: Dialect>(
    dialect: &mut D,
    data: &[u8],
    events: &mut Vec<WritingEvent>,
) -> Result<bool, Unreadable> {
    let before = events.len();
    dialect.read(data, events)?;
    let last = |event: &WritingEvent| matches!(event, WritingEvent::Done(_) | WritingEvent::Failed(_));
    if let Some(end) = events[before..].iter().position(last) {
        events.truncate(before + end + 1);
        return Ok(true);
    }
    Ok(false)
}

impl<D: Dialect> StreamReader for EventStream<D> {
    fn push(&mut self, bytes: &[u8], events: &mut Vec<WritingEvent>) {
        let Self { scanner, dialect, over } = self;
        if *over {
            return;
        }
        let mut unreadable = false;
        let scanned = scanner.push(bytes, &mut |data| {
            if !*over {
                match read(dialect, data, events) {
                    Ok(ended) => *over = ended,
                    Err(Unreadable) => (*over, unreadable) = (true, true),
                }
            }
        });
        if unreadable || (scanned.is_err() && !*over) {
            *over = true;
            events.push(WritingEvent::Failed(Cause::ReplyInvalid));
        }
    }

    fn end(&mut self, events: &mut Vec<WritingEvent>) {
        let Self { scanner, dialect, over } = self;
        if std::mem::replace(over, true) {
            return;
        }
        let mut ended = false;
        // What was left may be half an event: unreadable here means cut, not wrong.
        scanner.end(&mut |data| ended = ended || read(dialect, data, events).unwrap_or(false));
        if !ended {
            let why = if scanner.is_foreign() { Cause::ReplyInvalid } else { Cause::StreamCut };
            events.push(dialect.finish().map_or(WritingEvent::Failed(why), WritingEvent::Done));
        }
    }
}
