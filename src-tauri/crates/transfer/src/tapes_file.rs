//! A set of tapes in a file under a passphrase: frames inside the age format (scrypt, work factor 17). What an exchange is
//! stands in `domain`; who made the file is not known, so every length is checked before it is used.
//!
//! `addon-console/tapes/v1` and a line feed; then frames of a length (4 bytes, big-endian) and so many bytes: one of JSON with
//! the set's name and the number of exchanges, then each exchange. Nothing may follow.

use domain::tape::{EXCHANGES_MAX, SET_MAX};
use domain::{Exchange, TapeName};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::TransferError;
use crate::keys_file::{decrypted, encrypted};

const MAGIC: &[u8] = b"addon-console/tapes/v1\n";
const OTHER_VERSION: &[u8] = b"addon-console/tapes/v";
/// A set, with what the age format adds.
pub const TAPES_FILE_MAX: usize = SET_MAX + 2 * 1024 * 1024;
const MALFORMED: TransferError = TransferError::Malformed { line: None };

/// A set as it stands in a file. Holds answers: no `Debug`.
pub struct TapesFile {
    /// Its name.
    pub name: TapeName,
    /// Its exchanges, in the order they were recorded.
    pub exchanges: Vec<Exchange>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    name: TapeName,
    exchanges: usize,
}

/// Writes a set under a passphrase; `exchanges` as `Exchange::to_bytes` gives them. Takes about a second.
pub fn seal_tapes(
    name: &TapeName,
    exchanges: &[Zeroizing<Vec<u8>>],
    passphrase: &str,
) -> Result<Vec<u8>, TransferError> {
    let head = Head { name: name.clone(), exchanges: exchanges.len() };
    let head = serde_json::to_vec(&head).map_err(|_| MALFORMED)?;
    let frames = || std::iter::once(&head).chain(exchanges.iter().map(|one| &**one));
    let size: usize = frames().map(|frame| frame.len() + 4).sum();
    let mut plain = Zeroizing::new(Vec::with_capacity(MAGIC.len() + size));
    plain.extend_from_slice(MAGIC);
    for frame in frames() {
        plain.extend_from_slice(&u32::try_from(frame.len()).map_err(|_| MALFORMED)?.to_be_bytes());
        plain.extend_from_slice(frame);
    }
    encrypted(&plain, passphrase)
}

/// Opens a file of tapes.
pub fn open_tapes(bytes: &[u8], passphrase: &str) -> Result<TapesFile, TransferError> {
    if bytes.len() > TAPES_FILE_MAX {
        return Err(TransferError::TapesTooLarge);
    }
    inside(&decrypted(bytes, passphrase)?)
}

fn inside(plain: &[u8]) -> Result<TapesFile, TransferError> {
    let Some(mut rest) = plain.strip_prefix(MAGIC) else {
        let other = plain.starts_with(OTHER_VERSION);
        return Err(if other { TransferError::UnknownFormat } else { MALFORMED });
    };
    let head: Head = serde_json::from_slice(frame(&mut rest)?).map_err(|_| MALFORMED)?;
    if head.exchanges > EXCHANGES_MAX {
        return Err(TransferError::TapesTooLarge);
    }
    let mut exchanges = Vec::new();
    for _ in 0..head.exchanges {
        exchanges.push(Exchange::from_bytes(frame(&mut rest)?).map_err(|_| MALFORMED)?);
    }
    if rest.is_empty() { Ok(TapesFile { name: head.name, exchanges }) } else { Err(MALFORMED) }
}

fn frame<'b>(rest: &mut &'b [u8]) -> Result<&'b [u8], TransferError> {
    let (length, after) = rest.split_first_chunk::<4>().ok_or(MALFORMED)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| MALFORMED)?;
    let (frame, after) = after.split_at_checked(length).ok_or(MALFORMED)?;
    *rest = after;
    Ok(frame)
}

#[cfg(test)]
mod tests {
    use domain::{ExchangeHead, Timestamp};

    use super::*;

    fn exchange(body: &str) -> Exchange {
        let head = ExchangeHead {
            asked: [1; 32],
            kind: "openai".to_owned().try_into().unwrap(),
            recorded: Timestamp(5),
            status: 200,
            headers: Vec::new(),
            after_us: 1,
            chunks: vec![(2, u32::try_from(body.len()).unwrap())],
        };
        Exchange { head, body: body.as_bytes().to_vec() }
    }

    fn file(passphrase: &str) -> Vec<u8> {
        let name = TapeName::try_from("Spring demo".to_owned()).unwrap();
        let all = ["one", "two"].map(|body| Zeroizing::new(exchange(body).to_bytes().unwrap()));
        seal_tapes(&name, &all, passphrase).unwrap()
    }

    fn refused(bytes: &[u8]) -> TransferError {
        open_tapes(bytes, "correct horse").err().unwrap()
    }

    #[test]
    fn a_set_comes_back_as_it_went() {
        let bytes = file("correct horse");
        let back = open_tapes(&bytes, "correct horse").ok().unwrap();
        assert_eq!(back.name.as_str(), "Spring demo");
        assert!(back.exchanges == [exchange("one"), exchange("two")]);
        assert_eq!(open_tapes(&bytes, "wrong horse").err(), Some(TransferError::WrongPassphrase));
    }

    #[test]
    fn hostile_files_are_refused_before_anything_is_made_of_them() {
        let bytes = file("correct horse");
        for end in [0, 10, bytes.len() / 2, bytes.len() - 17, bytes.len() - 1] {
            open_tapes(&bytes[..end], "correct horse").err().unwrap();
        }
        assert_eq!(refused(b"{}"), TransferError::UnknownFormat);
        assert_eq!(refused(&vec![0; TAPES_FILE_MAX + 1]), TransferError::TapesTooLarge);
        // What its maker encrypted in earnest.
        let inner = |plain: &[u8]| inside(plain).err();
        let good = [MAGIC, &[0, 0, 0, 32], br#"{"name":"Spring","exchanges":0}x"#.as_slice()].concat();
        assert_eq!(inner(&good), Some(MALFORMED), "not JSON to its end");
        assert_eq!(inner(b"addon-console/tapes/v2\n"), Some(TransferError::UnknownFormat));
        assert_eq!(inner(b"{}"), Some(MALFORMED));
        let with = |json: &str, more: &[u8]| {
            let length = u32::try_from(json.len()).unwrap().to_be_bytes();
            [MAGIC, &length, json.as_bytes(), more].concat()
        };
        assert!(inside(&with(r#"{"name":"Spring","exchanges":0}"#, b"")).is_ok());
        assert_eq!(inner(&with(r#"{"name":"Spring","exchanges":0}"#, b"x")), Some(MALFORMED));
        assert_eq!(inner(&with(r#"{"name":"Spring","exchanges":1}"#, b"")), Some(MALFORMED));
        assert_eq!(inner(&with(r#"{"name":"Spring","exchanges":1}"#, &[255; 8])), Some(MALFORMED));
        assert_eq!(inner(&with(r#"{"name":"S","exchanges":0}"#, b"")), Some(MALFORMED));
        assert_eq!(
            inner(&with(r#"{"name":"Spring","exchanges":4000000000}"#, b"")),
            Some(TransferError::TapesTooLarge)
        );
    }
}
