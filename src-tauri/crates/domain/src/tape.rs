//! Tapes: exchanges with a provider, recorded once and played again. What a recorded exchange is, how it is written as
//! bytes, and how large it may be; who seals it and where it is kept is not known here. Reads no clock.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::application::checked_name;
use crate::{InvalidValue, ProviderKind, Timestamp};

/// A body larger than this is not kept: 8 MiB.
pub const EXCHANGE_MAX: usize = 8 * 1024 * 1024;
/// What all exchanges of a set may take: 64 MiB.
pub const SET_MAX: usize = 64 * 1024 * 1024;
/// A set holds no more exchanges than this.
pub const EXCHANGES_MAX: usize = 10_000;
/// A body that came in more chunks is not kept.
pub const CHUNKS_MAX: usize = 65_536;
/// No reply and no chunk is waited for longer when it is recorded: 10 minutes.
const GAP_MAX_US: u64 = 600_000_000;
const HEADERS_MAX: usize = 64;
const HEADER_MAX: usize = 4096;
/// Beside the body: a line for each chunk.
const HEAD_MAX: usize = 4 * 1024 * 1024;
const FORMAT: u8 = 1;

/// A set's identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(transparent)]
#[ts(type = "string")]
pub struct TapeSetId(pub Uuid);

/// A set's name: 3 to 80 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct TapeName(String);

impl TapeName {
    /// The name as typed, without the spaces around it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for TapeName {
    type Error = InvalidValue;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        checked_name(&text, 3, "name of the tapes", "needs 3 to 80 characters").map(Self)
    }
}

impl From<TapeName> for String {
    fn from(name: TapeName) -> Self {
        name.0
    }
}

/// What a provider does with a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum TapeUse {
    /// It is asked, and what it answers is recorded.
    Record,
    /// It is not asked: the set answers, in the time it took.
    Play,
    /// It is not asked: the set answers at once.
    PlayFast,
}

impl TapeUse {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Record, Self::Play, Self::PlayFast];

    /// The word kept in the store.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Play => "play",
            Self::PlayFast => "play-fast",
        }
    }

    /// The one a stored word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|each| each.word() == word)
    }

    /// Whether the set answers in the provider's place.
    #[must_use]
    pub fn plays(self) -> bool {
        self != Self::Record
    }
}

/// A set that is in use at a provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ActiveTape {
    /// Which set.
    pub set: TapeSetId,
    /// Its name.
    pub name: TapeName,
    /// What is done with it.
    pub does: TapeUse,
    /// Since when. Also tells one choice from the next.
    pub since: Timestamp,
}

/// SHA-256 of what was asked, without host, key and end user: the same question has the same one.
pub type Asked = [u8; 32];

/// One recorded exchange. Holds an answer, which may be personal: no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Exchange {
    /// Everything but the body.
    pub head: ExchangeHead,
    /// The body, whole.
    pub body: Vec<u8>,
}

/// What is kept of an exchange beside its body. Holds neither request nor key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExchangeHead {
    /// What was asked.
    pub asked: Asked,
    /// The type of the provider that answered.
    pub kind: ProviderKind,
    /// When it was asked.
    pub recorded: Timestamp,
    /// The reply's status.
    pub status: u16,
    /// The reply's headers, those that pass to callers.
    pub headers: Vec<(String, String)>,
    /// Microseconds until the reply began.
    pub after_us: u64,
    /// For each chunk of the body, microseconds since the one before, and its bytes.
    pub chunks: Vec<(u64, u32)>,
}

/// These bytes are no exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no recorded exchange")]
pub struct NoExchange;

impl Exchange {
    /// As bytes, in format version 1: `0x01 ‖ length of the head (4 bytes) ‖ head as JSON ‖ body`.
    pub fn to_bytes(&self) -> Result<Vec<u8>, NoExchange> {
        let head = serde_json::to_vec(&self.head).map_err(|_| NoExchange)?;
        let length = u32::try_from(head.len()).map_err(|_| NoExchange)?;
        let mut bytes = Vec::with_capacity(5 + head.len() + self.body.len());
        bytes.push(FORMAT);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(&head);
        bytes.extend_from_slice(&self.body);
        Ok(bytes)
    }

    /// From bytes, which anybody may have made: all bounds are checked.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NoExchange> {
        let rest = bytes.strip_prefix(&[FORMAT]).ok_or(NoExchange)?;
        let (length, rest) = rest.split_first_chunk::<4>().ok_or(NoExchange)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| NoExchange)?;
        let (head, body) = rest.split_at_checked(length).filter(|_| length <= HEAD_MAX).ok_or(NoExchange)?;
        let head: ExchangeHead = serde_json::from_slice(head).map_err(|_| NoExchange)?;
        if head.fits(body.len()) { Ok(Self { head, body: body.to_vec() }) } else { Err(NoExchange) }
    }
}

impl ExchangeHead {
    fn fits(&self, body: usize) -> bool {
        let total: u64 = self.chunks.iter().map(|(_, length)| u64::from(*length)).sum();
        let mut gaps = self.chunks.iter().map(|(gap, _)| *gap).chain([self.after_us]);
        let mut headers = self.headers.iter();
        total == body as u64
            && body <= EXCHANGE_MAX
            && self.chunks.len() <= CHUNKS_MAX
            && gaps.all(|gap| gap <= GAP_MAX_US)
            && self.headers.len() <= HEADERS_MAX
            && headers.all(|(name, value)| name.len() + value.len() <= HEADER_MAX)
            && matches!(self.status, 200..300 | 400..600)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchange() -> Exchange {
        let head = ExchangeHead {
            asked: [7; 32],
            kind: ProviderKind::try_from("openai".to_owned()).unwrap(),
            recorded: Timestamp(5),
            status: 200,
            headers: vec![("content-type".into(), "text/event-stream".into())],
            after_us: 1_200,
            chunks: vec![(10, 3), (0, 0), (250_000, 4)],
        };
        Exchange { head, body: b"abcdefg".to_vec() }
    }

    #[test]
    fn an_exchange_is_written_and_read_and_never_cut_short() {
        let bytes = exchange().to_bytes().unwrap();
        assert!(Exchange::from_bytes(&bytes).is_ok_and(|read| read == exchange()));
        for end in 0..bytes.len() {
            assert!(Exchange::from_bytes(&bytes[..end]).is_err(), "{end}");
        }
        assert!(Exchange::from_bytes(&[bytes.as_slice(), b"x"].concat()).is_err());
    }

    #[test]
    fn hostile_exchanges_are_refused() {
        let bad = |change: &dyn Fn(&mut Exchange)| {
            let mut exchange = exchange();
            change(&mut exchange);
            Exchange::from_bytes(&exchange.to_bytes().unwrap()).is_err()
        };
        assert!(!bad(&|_| {}));
        assert!(bad(&|it| it.head.status = 302));
        assert!(bad(&|it| it.head.status = 101));
        assert!(bad(&|it| it.head.status = 999));
        assert!(bad(&|it| it.head.after_us = u64::MAX));
        assert!(bad(&|it| it.head.chunks[1].0 = GAP_MAX_US + 1));
        assert!(bad(&|it| it.head.chunks = vec![(0, u32::MAX), (0, u32::MAX)]));
        assert!(bad(&|it| it.head.headers = vec![(String::new(), "v".repeat(HEADER_MAX + 1))]));
        assert!(bad(&|it| it.head.headers = vec![("a".into(), "b".into()); HEADERS_MAX + 1]));
        assert!(bad(&|it| {
            it.body = vec![0; EXCHANGE_MAX + 1];
            it.head.chunks = vec![(0, u32::try_from(EXCHANGE_MAX).unwrap() + 1)];
        }));
        let mut other = exchange().to_bytes().unwrap();
        other[0] = 2;
        assert!(Exchange::from_bytes(&other).is_err());
    }
}
