//! The head of a request, judged byte by byte before the HTTP library reads it.
//!
//! The library forgives what only an attacker sends: bare line feeds, both lengths at once, a length said twice. Here
//! nothing is forgiven. Only says yes or no: what passes is parsed again by the library.

use domain::Cause;
use http::{Method, Uri};

/// The library takes no more than 100.
const LINES_MAX: usize = 96;

/// What follows a good head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Follows {
    /// So many bytes of body, then the next head.
    Bytes(u64),
    /// A body in chunks. Where it ends is for the library to say, so no other request may follow it.
    Chunks,
}

/// Judges a whole head, its empty line included.
pub(crate) fn judge(head: &[u8]) -> Result<Follows, Cause> {
    let text = head.strip_suffix(b"\r\n").filter(|text| text.ends_with(b"\r\n"));
    let text = text.ok_or(Cause::RequestMalformed)?;
    let mut from = 0;
    let mut lines = memchr::memchr_iter(b'\n', text).map(|end| {
        let line = &text[from..=end];
        from = end + 1;
        line.strip_suffix(b"\r\n")
    });
    lines.next().flatten().and_then(request_line).ok_or(Cause::RequestMalformed)?;
    let (mut length, mut chunked, mut count) = (None, false, 0);
    for line in lines {
        count += 1;
        let (name, value) = line.and_then(header_line).ok_or(Cause::RequestMalformed)?;
        let once = match name {
            _ if name.eq_ignore_ascii_case(b"content-length") => length.replace(digits(value)?).is_none(),
            _ if name.eq_ignore_ascii_case(b"transfer-encoding") => {
                !std::mem::replace(&mut chunked, true) && value.eq_ignore_ascii_case(b"chunked")
            }
            // Java's client asks every server for HTTP/2 like this; going on without is the answer.
            _ if name.eq_ignore_ascii_case(b"upgrade") => value.eq_ignore_ascii_case(b"h2c"),
            _ => true,
        };
        if !once {
            return Err(Cause::RequestMalformed);
        }
    }
    if count > LINES_MAX {
        return Err(Cause::HeadTooLarge);
    }
    match (length, chunked) {
        (Some(_), true) => Err(Cause::RequestMalformed),
        (None, true) => Ok(Follows::Chunks),
        (length, false) => Ok(Follows::Bytes(length.unwrap_or(0))),
    }
}

/// Method, one blank, target, one blank, `HTTP/1.1`; nothing else is taken, HTTP/1.0 neither.
fn request_line(line: &[u8]) -> Option<()> {
    let mut words = line.split(|byte| *byte == b' ');
    let (method, target, version) = (words.next()?, words.next()?, words.next()?);
    Method::from_bytes(method).ok()?;
    Uri::try_from(target).ok()?;
    // A fragment is never sent; the library would cut it off and go on.
    let plain = target.iter().all(|byte| byte.is_ascii_graphic() && *byte != b'#');
    (version == b"HTTP/1.1" && words.next().is_none() && plain).then_some(())
}

/// Name and value. A line that goes on the one before, or a blank before the colon, is no header line.
fn header_line(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = memchr::memchr(b':', line)?;
    let (name, value) = (&line[..colon], &line[colon + 1..]);
    let named = !name.is_empty() && name.iter().all(|byte| TOKEN[usize::from(*byte)]);
    // To its end, found or not: without a way out the compiler takes many bytes at once.
    let clean = value
        .iter()
        .fold(true, |clean, byte| clean & ((*byte == b'\t') | ((*byte >= b' ') & (*byte != 0x7f))));
    (named && clean).then(|| (name, value.trim_ascii()))
}

/// RFC 9110, 5.6.2: what a name may be made of.
const TOKEN: [bool; 256] = {
    let mut table = [false; 256];
    let signs = b"!#$%&'*+-.^_`|~";
    let mut at = 0;
    while at < signs.len() {
        table[signs[at] as usize] = true;
        at += 1;
    }
    let mut byte = 0;
    while byte < 128 {
        table[byte] |= (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

fn digits(value: &[u8]) -> Result<u64, Cause> {
    let good = !value.is_empty() && value.len() <= 15 && value.iter().all(u8::is_ascii_digit);
    let text = std::str::from_utf8(value).ok().filter(|_| good);
    text.and_then(|text| text.parse().ok()).ok_or(Cause::RequestMalformed)
}

#[cfg(test)]
mod tests;
