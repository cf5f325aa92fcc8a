//! Takes out of a stream in OpenAI's dialect the one event that counts tokens, where the proxy asked for it and the
//! caller did not. Every other byte passes as it is.

use domain::Cause;
use serde_json::Value;

use crate::adapter::StreamTranslator;

/// An event that grows beyond this is passed on as it is: the one looked for is small.
const EVENT_MAX: usize = 64 * 1024;

/// The translator.
#[derive(Default)]
pub struct WithoutUsage {
    event: Vec<u8>,
    /// The present event is too large to be the one.
    passing: bool,
}

impl StreamTranslator for WithoutUsage {
    fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        for byte in bytes {
            self.event.push(*byte);
            let ended = self.event.ends_with(b"\n\n") || self.event.ends_with(b"\n\r\n");
            if ended {
                if self.passing || !counts(&self.event) {
                    out.extend_from_slice(&self.event);
                }
                self.event.clear();
                self.passing = false;
            } else if self.event.len() > EVENT_MAX {
                out.append(&mut self.event);
                self.passing = true;
            }
        }
    }

    fn end(&mut self, out: &mut Vec<u8>) -> Result<(), Cause> {
        if self.passing || !counts(&self.event) {
            out.append(&mut self.event);
        }
        Ok(())
    }
}

/// No choices, and a count.
fn counts(event: &[u8]) -> bool {
    let Some(data) = event.trim_ascii().strip_prefix(b"data:") else { return false };
    serde_json::from_slice::<Value>(data).is_ok_and(|data| {
        let none = data.get("choices").and_then(Value::as_array).is_some_and(Vec::is_empty);
        none && data.get("usage").is_some_and(Value::is_object)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_goes_and_every_other_byte_stays() {
        let before =
            "data: {\"choices\":[{\"delta\":{\"content\":\"Ciào\"}}],\"usage\":null}\r\n\r\n: ping\n\n";
        let count = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1}}\n\n";
        let filter = "data: {\"choices\":[],\"prompt_filter_results\":[]}\n\n";
        let whole = format!("{before}{filter}{count}data: [DONE]\n\n");
        for size in [1, 3, 1000] {
            let (mut translator, mut out) = (WithoutUsage::default(), Vec::new());
            for piece in whole.as_bytes().chunks(size) {
                translator.push(piece, &mut out);
            }
            translator.end(&mut out).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), format!("{before}{filter}data: [DONE]\n\n"));
        }
        let long = format!("data: {}\n\ndata: x", "a".repeat(2 * EVENT_MAX));
        let (mut translator, mut out) = (WithoutUsage::default(), Vec::new());
        translator.push(long.as_bytes(), &mut out);
        translator.end(&mut out).unwrap();
        assert_eq!(out, long.as_bytes());
    }
}
