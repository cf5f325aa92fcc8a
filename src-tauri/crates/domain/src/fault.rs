//! Faults: failures provoked on purpose, by name. Their ids, their words for people and what kind of failure each is; how a
//! provider words one is not known here (`providers::faults`), nor whether one is on.

use serde::{Deserialize, Serialize};

use crate::{InvalidValue, Timestamp};

/// What kind of failure a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum FaultGroup {
    /// The provider refuses, in its own words.
    Refusal,
    /// No reply comes: the way to the provider fails.
    Transport,
    /// The answer is right and comes late, slowly or not to its end.
    Timing,
    /// A reply comes that is not what the provider's API promises.
    Answer,
    /// The console itself refuses, before it asks anybody.
    Console,
}

macro_rules! faults {
    ($($group:ident { $($name:ident = $word:literal, $title:literal, $about:literal;)* })*) => {
        /// A failure provoked on purpose.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
        pub enum Fault { $($(#[doc = $about] #[serde(rename = $word)] $name,)*)* }

        impl Fault {
            /// Every fault, in the order shown to people.
            pub const ALL: &'static [Self] = &[$($(Self::$name,)*)*];

            /// The stable id.
            #[must_use]
            pub fn word(self) -> &'static str { match self { $($(Self::$name => $word,)*)* } }
            /// Its name for people.
            #[must_use]
            pub fn title(self) -> &'static str { match self { $($(Self::$name => $title,)*)* } }
            /// What it does.
            #[must_use]
            pub fn about(self) -> &'static str { match self { $($(Self::$name => $about,)*)* } }
            /// What kind of failure it is.
            #[must_use]
            pub fn group(self) -> FaultGroup { match self { $($(Self::$name => FaultGroup::$group,)*)* } }
        }
    };
}

faults! {
    Refusal {
        KeyRejected = "key-rejected", "Key rejected", "The provider does not know the key.";
        KeyRevoked = "key-revoked", "Key revoked", "The account behind the key was closed or the key withdrawn.";
        PermissionDenied = "permission-denied", "Permission denied", "The key is real, but may not do this.";
        QuotaExhausted = "quota-exhausted", "Quota exhausted", "The account has no credit or quota left. Not tried again, though some say it with a 429.";
        SpendingLimit = "spending-limit", "Spending limit reached", "The account's own spending limit is reached.";
        RateLimited = "rate-limited", "Rate limited", "Too many requests, without a word on when to come back: tried again, then given up.";
        RateLimitedRetryAfter = "rate-limited-retry-after", "Rate limited, with Retry-After", "Too many requests; the reply says to come back in 20 seconds, which is too long to wait for.";
        Overloaded = "overloaded", "Overloaded", "The provider says that it is overloaded.";
        ModelUnknown = "model-unknown", "Unknown model", "The provider does not know the model.";
        ModelRetired = "model-retired", "Retired model", "The provider has switched the model off.";
        DeploymentUnknown = "deployment-unknown", "Wrong deployment", "The Azure resource has no deployment of this name.";
        EndpointUnknown = "endpoint-unknown", "Wrong address", "The provider's server knows no such address: a wrong base URL or api-version.";
        WrongEndpoint = "wrong-endpoint", "Wrong server for the key", "The key belongs to another server of this provider.";
        RegionUnsupported = "region-unsupported", "Region not supported", "The feature is not offered in this region or country.";
        CapabilityMissing = "capability-missing", "Model cannot do it", "The model cannot do what is asked of it.";
        ParameterUnsupported = "parameter-unsupported", "Parameter not supported", "The model does not take one of the request's parameters.";
        ContextTooLong = "context-too-long", "Context too long", "The text is longer than the model can read.";
        ImageRejected = "image-rejected", "Image rejected", "The provider cannot read the image.";
        LanguageUnsupported = "language-unsupported", "Language not supported", "The provider does not know one of the languages.";
        ContentFiltered = "content-filtered", "Content filtered", "The provider refuses the prompt because of its content.";
        RequestRejected = "request-rejected", "Request rejected", "The provider finds fault with the request.";
        RequestTooLarge = "request-too-large", "Request too large (413)", "The body is larger than the provider, or a gateway before it, takes.";
        RequestTimeout = "request-timeout", "Request timed out (408)", "The server gave up waiting for the request.";
        ServerError = "server-error", "Server error (500)", "The provider's server failed. Asked elsewhere, not tried again.";
        BadGateway = "bad-gateway", "Bad gateway (502)", "A gateway before the provider got no answer, and says so in HTML. Tried again.";
        ServiceUnavailable = "service-unavailable", "Service unavailable (503)", "A gateway before the provider has nobody to ask. Tried again.";
        GatewayTimeout = "gateway-timeout", "Gateway time-out (504)", "A gateway before the provider waited too long.";
        GatewayForbids = "gateway-forbids", "Forbidden by a gateway (403)", "A company's gateway shows its own page in place of the provider's reply.";
        Redirect = "redirect", "Redirect", "The server sends the caller elsewhere, which is never followed.";
    }
    Transport {
        DnsFailure = "dns-failure", "DNS failure", "The provider's host name is not known.";
        ConnectionRefused = "connection-refused", "Connection refused", "Nothing listens at the provider's address.";
        ConnectionReset = "connection-reset", "Connection reset", "The connection ends before any reply.";
        Offline = "offline", "Offline", "This machine has no network.";
        CertificateExpired = "certificate-expired", "Expired certificate", "The server's certificate has expired.";
        CertificateWrongHost = "certificate-wrong-host", "Certificate for another name", "The server's certificate is for another host.";
        CertificateUnknownCa = "certificate-unknown-ca", "Unknown certificate authority", "The server's certificate is signed by somebody this machine does not trust.";
        TlsFailed = "tls-failed", "TLS failure", "No encrypted connection comes about.";
        CorporateProxyFailed = "corporate-proxy-failed", "Corporate proxy failed", "The corporate proxy does not let the call through.";
        NoAnswer = "no-answer", "No answer", "The request is taken and nothing comes back, until the console gives up.";
    }
    Timing {
        SlowFirstByte = "slow-first-byte", "Slow first byte", "Nothing comes for 8 seconds, then a right answer.";
        SlowDrip = "slow-drip", "Slow drip", "A right answer in small pieces, 400 ms apart.";
        Stall = "stall", "Stall", "The answer begins, then nothing more comes and the connection stays open.";
        CutStream = "cut-stream", "Cut off", "The connection ends in the middle of the answer.";
    }
    Answer {
        WrongContentType = "wrong-content-type", "Wrong content type", "A success that is a page of HTML, as a sign-in page of a network gives it.";
        BrokenJson = "broken-json", "Broken JSON", "A success whose JSON does not end; in a stream, one event of it.";
        SplitUtf8 = "split-utf8", "Split UTF-8", "A right answer whose letters are cut in two between chunks. Must arrive unharmed.";
        InvalidUtf8 = "invalid-utf8", "Invalid UTF-8", "An answer with bytes that are no text.";
        EmptyAnswer = "empty-answer", "Empty answer", "A success that holds no text, picture or translation.";
        EmptyBody = "empty-body", "Empty body", "A success without any body.";
        VeryLargeAnswer = "very-large-answer", "Very large answer", "An answer larger than the console accepts.";
        WrongLength = "wrong-length", "Wrong length", "The reply announces more bytes than it has.";
        CompressedReply = "compressed-reply", "Compressed reply", "The reply is compressed though none was asked for.";
        ErrorWithOk = "error-with-ok", "Error with a 200", "An error's body under the status of a success.";
        ContentFilteredAnswer = "content-filtered-answer", "Answer withheld", "A success that says that its answer was withheld because of its content.";
        UnknownFinishReason = "unknown-finish-reason", "Unknown finish reason", "A right answer that ends for a reason nobody knows. Must arrive unharmed.";
        AnswerTooLong = "answer-too-long", "Answer ends at its limit", "The answer stops in mid-sentence, since it reached its length. Given as it is.";
        UsageMissing = "usage-missing", "Usage missing", "A right answer that does not say what it used.";
        StreamError = "stream-error", "Error inside a stream", "The stream begins well, then holds an error. A plain answer is unharmed.";
        StreamWithoutEnd = "stream-without-end", "Stream without its end", "The stream closes in order, but without the mark of its end. A plain answer is unharmed.";
        DuplicatedChunk = "duplicated-chunk", "Duplicated chunk", "A stream with one of its events twice: the words are there twice. A plain answer is unharmed.";
        NdjsonStream = "ndjson-stream", "NDJSON instead of events", "The stream is lines of JSON in place of server-sent events. A plain answer is unharmed.";
        WholeForStream = "whole-for-stream", "Whole answer for a stream", "A stream was asked for, and a plain answer comes. A plain answer is unharmed.";
    }
    Console {
        TokenExpired = "token-expired", "Session token expired", "The session token ends in mid-session: the SDK renews it and asks again.";
        SessionOver = "session-over", "Session over", "The session is over: the end user must log in again.";
        VaultLocked = "vault-locked", "Vault locked", "The vault is locked, so no key can be used.";
        KeyMissing = "key-missing", "Key missing", "The provider's key is not there.";
        Busy = "busy", "Console busy", "The console has too many calls open.";
    }
}

impl Fault {
    /// The fault an id stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fault| fault.word() == word)
    }

    /// Whether it shows in streams only.
    #[must_use]
    pub fn needs_stream(self) -> bool {
        matches!(
            self,
            Self::StreamError
                | Self::StreamWithoutEnd
                | Self::DuplicatedChunk
                | Self::NdjsonStream
                | Self::WholeForStream
        )
    }
}

/// For how many calls a fault stays: 1 to 1,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(try_from = "u32", into = "u32")]
#[ts(type = "number")]
pub struct FaultTimes(u32);

impl FaultTimes {
    /// The number.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for FaultTimes {
    type Error = InvalidValue;
    fn try_from(times: u32) -> Result<Self, Self::Error> {
        (1..=1000)
            .contains(&times)
            .then_some(Self(times))
            .ok_or(InvalidValue { what: "times", rule: "is 1 to 1000" })
    }
}

impl From<FaultTimes> for u32 {
    fn from(times: FaultTimes) -> Self {
        times.0
    }
}

/// A fault that is on at a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ActiveFault {
    /// Which.
    pub fault: Fault,
    /// How many more calls meet it; absent: all, until it is cleared.
    pub left: Option<FaultTimes>,
    /// Since when. Also tells one choice from the next.
    pub since: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_kebab_words_and_there_are_enough() {
        let mut words: Vec<_> = Fault::ALL.iter().map(|fault| fault.word()).collect();
        assert!(words.len() >= 40);
        assert!(
            words.iter().all(|word| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b == b'8'))
        );
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Fault::ALL.len());
        for fault in Fault::ALL {
            assert_eq!(Fault::from_word(fault.word()), Some(*fault));
            assert_eq!(serde_json::to_value(fault).unwrap(), fault.word());
            assert!(fault.about().ends_with('.') && !fault.title().ends_with('.'));
        }
    }

    #[test]
    fn times_are_bounded() {
        assert!(FaultTimes::try_from(0).is_err() && FaultTimes::try_from(1001).is_err());
        assert_eq!(FaultTimes::try_from(1000).unwrap().get(), 1000);
    }
}
