//! A right answer, spoiled: late, cut, broken, empty, too large. The bytes that are left are the provider's own dialect.

use std::io::Write as _;
use std::time::Duration;

use bytes::Bytes;
use domain::Fault;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderName, HeaderValue};

use super::good::{Ending, Events, Good, Shape, Text, good};
use super::{End, PlayedReply, refusals};
use crate::adapter::Adapter;
use crate::openai::is_streamed;
use crate::request::UpstreamRequest;

/// As long as most people wait before they wonder.
const SLOW: Duration = Duration::from_secs(8);
/// Between the pieces of a drip.
const DRIP: Duration = Duration::from_millis(400);
const DRIPS: usize = 12;
/// Between the events of a stream, so that its words are seen before it fails.
const PACE: Duration = Duration::from_millis(30);
/// How many of its words a stream gives before it fails.
const BEGUN: usize = 3;

const EVENTS: &str = "text/event-stream";
const PAGE: &str = "<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Welcome to our guest network</h1></body></html>";

/// The spoiled answer to `request`.
pub(super) fn played(fault: Fault, adapter: &dyn Adapter, request: &UpstreamRequest) -> PlayedReply {
    let answer = good(request, shape(fault));
    let streamed = serde_json::from_slice(&request.body).is_ok_and(|body| is_streamed(&body));
    let error = refusals::find(Fault::ServerError, adapter).map_or("", |refused| refused.body);
    match answer {
        Good { events: Some(events), whole, kind } if streamed => {
            if fault == Fault::WholeForStream {
                reply(kind, Duration::ZERO, vec![whole])
            } else {
                stream(fault, events, error)
            }
        }
        Good { kind, whole, .. } => plain(fault, kind, whole, error),
    }
}

fn shape(fault: Fault) -> Shape {
    Shape {
        text: match fault {
            Fault::EmptyAnswer => Text::Empty,
            Fault::VeryLargeAnswer => Text::Long,
            _ => Text::Right,
        },
        ending: match fault {
            Fault::ContentFilteredAnswer => Ending::Filtered,
            Fault::AnswerTooLong => Ending::Length,
            Fault::UnknownFinishReason => Ending::Unheard,
            _ => Ending::Ordinary,
        },
        usage: fault != Fault::UsageMissing,
    }
}

fn reply(kind: &'static str, pace: Duration, pieces: Vec<Vec<u8>>) -> PlayedReply {
    PlayedReply {
        status: 200,
        headers: vec![(CONTENT_TYPE, HeaderValue::from_static(kind))],
        after: Duration::ZERO,
        pieces: pieces.into_iter().map(|piece| (pace, Bytes::from(piece))).collect(),
        end: End::Whole,
    }
}

fn headed(mut reply: PlayedReply, name: HeaderName, value: HeaderValue) -> PlayedReply {
    reply.headers.push((name, value));
    reply
}

fn plain(fault: Fault, kind: &'static str, whole: Vec<u8>, error: &str) -> PlayedReply {
    let at_once = |pieces| reply(kind, Duration::ZERO, pieces);
    let half = whole.len() / 2;
    match fault {
        Fault::SlowFirstByte => PlayedReply { after: SLOW, ..at_once(vec![whole]) },
        Fault::SlowDrip => {
            let size = whole.len().div_ceil(DRIPS).max(1);
            reply(kind, DRIP, whole.chunks(size).map(<[u8]>::to_vec).collect())
        }
        Fault::Stall => PlayedReply { end: End::Stall, ..at_once(vec![whole[..half].to_vec()]) },
        Fault::CutStream => PlayedReply { end: End::Cut, ..at_once(vec![whole[..half].to_vec()]) },
        Fault::WrongContentType => reply("text/html", Duration::ZERO, vec![PAGE.into()]),
        Fault::BrokenJson => at_once(vec![whole[..half].to_vec()]),
        Fault::SplitUtf8 => at_once(split(&whole)),
        Fault::InvalidUtf8 => at_once(vec![invalid(whole)]),
        Fault::EmptyBody => at_once(Vec::new()),
        Fault::WrongLength => {
            let announced = HeaderValue::from(whole.len() + 100);
            let cut = PlayedReply { end: End::Cut, ..at_once(vec![whole]) };
            headed(cut, CONTENT_LENGTH, announced)
        }
        Fault::CompressedReply => compressed(kind, &whole),
        Fault::ErrorWithOk => reply("application/json", Duration::ZERO, vec![error.into()]),
        _ => at_once(vec![whole]),
    }
}

fn stream(fault: Fault, events: Events, error: &str) -> PlayedReply {
    let Events { mut all, words, failure } = events;
    let begun = (words.start + BEGUN).min(words.end);
    let bytes = |all: Vec<String>| all.into_iter().map(String::into_bytes).collect::<Vec<_>>();
    let paced = |all: Vec<String>| reply(EVENTS, PACE, bytes(all));
    let first = |all: &[String]| all[..begun].to_vec();
    match fault {
        Fault::SlowFirstByte => PlayedReply { after: SLOW, ..paced(all) },
        Fault::SlowDrip => reply(EVENTS, DRIP, bytes(all)),
        Fault::Stall => PlayedReply { end: End::Stall, ..paced(first(&all)) },
        Fault::CutStream => PlayedReply { end: End::Cut, ..paced(first(&all)) },
        Fault::WrongContentType => reply("text/html", Duration::ZERO, vec![PAGE.into()]),
        Fault::BrokenJson => {
            let event = &mut all[begun.min(words.end - 1)];
            let end = event.trim_end().len() / 2;
            event.replace_range(end.., "\n\n");
            paced(all)
        }
        Fault::SplitUtf8 => reply(EVENTS, PACE, all.iter().flat_map(|one| split(one.as_bytes())).collect()),
        Fault::InvalidUtf8 => {
            let mut all = bytes(all);
            let event = std::mem::take(&mut all[words.start]);
            all[words.start] = invalid(event);
            reply(EVENTS, PACE, all)
        }
        Fault::EmptyBody => paced(Vec::new()),
        Fault::VeryLargeAnswer => reply(EVENTS, Duration::ZERO, bytes(all)),
        Fault::WrongLength => {
            let announced = HeaderValue::from(all.iter().map(String::len).sum::<usize>() + 100);
            // Without its end too: a stream whose end was seen is complete, whatever its length.
            all.truncate(words.end);
            headed(PlayedReply { end: End::Cut, ..paced(all) }, CONTENT_LENGTH, announced)
        }
        Fault::CompressedReply => compressed(EVENTS, all.concat().as_bytes()),
        Fault::ErrorWithOk => reply("application/json", Duration::ZERO, vec![error.into()]),
        Fault::StreamError => paced([first(&all), vec![failure]].concat()),
        Fault::StreamWithoutEnd => paced(all[..words.end].to_vec()),
        Fault::DuplicatedChunk => {
            let again = all[words.start].clone();
            all.insert(words.start, again);
            paced(all)
        }
        Fault::NdjsonStream => {
            let lines =
                all.iter().flat_map(|event| event.lines()).filter_map(|line| line.strip_prefix("data: "));
            let lines = lines.map(|line| format!("{line}\n").into_bytes()).collect();
            reply("application/x-ndjson", PACE, lines)
        }
        _ => paced(all),
    }
}

/// Cut inside each character that has more than one byte.
fn split(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut pieces = vec![Vec::new()];
    for byte in bytes {
        // Any byte but the first of such a character.
        if byte & 0b1100_0000 == 0b1000_0000 {
            pieces.push(Vec::new());
        }
        if let Some(last) = pieces.last_mut() {
            last.push(*byte);
        }
    }
    pieces
}

/// With two bytes that no text has, in place of two that are inside a string.
fn invalid(mut bytes: Vec<u8>) -> Vec<u8> {
    if let Some(at) = memchr::memmem::find(&bytes, b"A right").or(memchr::memchr(0xE2, &bytes)) {
        bytes[at..at + 2].copy_from_slice(&[0xFF, 0xFE]);
    }
    bytes
}

fn compressed(kind: &'static str, whole: &[u8]) -> PlayedReply {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to memory cannot fail.
    let packed = packer.write_all(whole).and_then(|()| packer.finish()).unwrap_or_default();
    headed(reply(kind, Duration::ZERO, vec![packed]), CONTENT_ENCODING, HeaderValue::from_static("gzip"))
}
