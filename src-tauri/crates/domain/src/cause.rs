//! Why a call failed: one stable word each, with the number, status and sentence callers get.
//!
//! Clients match the word or the number, never the sentence. Numbers are Beefree's where Beefree has one
//! (its error management and authorization pages); 9900 is its network error, 9999 its generic one.

use serde::{Deserialize, Serialize};

/// Who failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "lowercase")]
pub enum Party {
    /// This proxy refused or could not go on.
    Proxy,
    /// The AI provider's server, or the way to it.
    Upstream,
}

macro_rules! causes {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $code:literal, $status:literal, $party:ident, $text:literal;)*) => {
        /// The stable reason of a failure.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ts_rs::TS)]
        #[derive(schemars::JsonSchema)]
        pub enum Cause { $($(#[$doc])* #[doc = $text] #[serde(rename = $word)] $name,)* }

        impl Cause {
            /// Every cause, for tables and tests.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable word (`cause` in replies).
            #[must_use]
            pub fn word(self) -> &'static str { match self { $(Self::$name => $word,)* } }
            /// Beefree's number (`code` in replies).
            #[must_use]
            pub fn code(self) -> u16 { match self { $(Self::$name => $code,)* } }
            /// HTTP status of the reply.
            #[must_use]
            pub fn status(self) -> u16 { match self { $(Self::$name => $status,)* } }
            /// Who failed.
            #[must_use]
            pub fn party(self) -> Party { match self { $(Self::$name => Party::$party,)* } }
            /// What happened and what to do, for people.
            #[must_use]
            pub fn message(self) -> &'static str { match self { $(Self::$name => $text,)* } }
        }
    };
}

causes! {
    RequestMalformed = "request-malformed", 9999, 400, Proxy, "The request is not well-formed HTTP/1.1.";
    HeadTooLarge = "head-too-large", 9999, 431, Proxy, "The request's headers are too large.";
    HostNotAllowed = "host-not-allowed", 9999, 421, Proxy, "The Host header does not name this proxy. Call it as http://127.0.0.1 with its port.";
    OriginNotAllowed = "origin-not-allowed", 9999, 403, Proxy, "This page's origin may not call the proxy. Add it under Applications, Allowed origins.";
    BearerMissing = "bearer-missing", 4001, 401, Proxy, "Authorization header is missing. Send Authorization: Bearer and the session token.";
    BearerMalformed = "bearer-malformed", 4005, 401, Proxy, "Authorization header must be Bearer and one session token.";
    TokenExpired = "token-expired", 4010, 401, Proxy, "The session token has expired. Refresh it at /refreshV2.";
    SessionOver = "session-over", 5101, 401, Proxy, "The session is over or unknown. Log in again.";
    SessionReset = "session-reset", 5102, 401, Proxy, "The application was changed. Log in again and create the builder anew with the current design.";
    DemoCodeUsed = "demo-code-used", 5101, 401, Proxy, "This preview link was already used or is too old. Open a new preview.";
    LoginRefused = "login-refused", 5002, 401, Proxy, "Unable to authenticate with provided credentials.";
    ApplicationDisabled = "application-disabled", 5003, 403, Proxy, "Application is disabled.";
    BeeAuthOff = "bee-auth-off", 5002, 403, Proxy, "No application, or more than one, lets pages of this origin log in without a secret. Switch that on at one: Applications, Access, or addonctl app bee-auth.";
    ProgramsNotAllowed = "programs-not-allowed", 9999, 403, Proxy, "This application is for pages only. Call from a page of an allowed origin, or allow programs: Applications, Access.";
    UidInvalid = "uid-invalid", 5005, 400, Proxy, "Invalid UID: use letters, digits, _ and - only.";
    ContentType = "content-type", 5001, 415, Proxy, "Unsupported media type: send Content-Type: application/json without Content-Encoding.";
    BodyInvalid = "body-invalid", 9999, 400, Proxy, "The request body is not what this route takes.";
    BodyTooLarge = "body-too-large", 9999, 413, Proxy, "The request body is too large.";
    BodyTimeout = "body-timeout", 9999, 408, Proxy, "The request body did not arrive in time.";
    Busy = "busy", 9999, 503, Proxy, "The proxy has too many calls open. Try again in a moment.";
    RouteUnknown = "route-unknown", 9999, 404, Proxy, "There is no such route.";
    MethodNotAllowed = "method-not-allowed", 9999, 405, Proxy, "This route takes another method.";
    AddOnUnknown = "addon-unknown", 1705, 404, Proxy, "The application has no such AddOn installed.";
    AddOnDisabled = "addon-disabled", 1705, 403, Proxy, "The AddOn is switched off for this application.";
    LimitReached = "limit-reached", 1710, 429, Proxy, "The limit set for this AddOn or application is reached, so no provider was asked.";
    PriceUnknown = "price-unknown", 1710, 403, Proxy, "A limit counts money here, and the model's price is not known. Add it to the price list.";
    LimitNotKept = "limit-not-kept", 9999, 503, Proxy, "What a limit counts cannot be written down, so no provider was asked. Check the disk.";
    NoProvider = "no-provider", 9900, 503, Proxy, "The AddOn has no provider. Choose one under AddOns.";
    VaultLocked = "vault-locked", 9999, 503, Proxy, "The vault is locked, so no key can be used. Unlock it in AddOn Console.";
    KeyMissing = "key-missing", 9900, 503, Proxy, "The provider's key cannot be used: none is stored, or the vault's own key is missing.";
    KeyDamaged = "key-damaged", 9900, 503, Proxy, "The provider's stored key does not open. Enter it again under Providers.";
    DestinationRefused = "destination-refused", 9900, 502, Proxy, "The provider's address is not one the proxy may call.";
    ProviderUnknown = "provider-unknown", 9900, 404, Proxy, "The application has no provider of this name.";
    ProviderOff = "provider-off", 9900, 503, Proxy, "The provider is switched off. Switch it on under Providers.";
    PathNotOffered = "path-not-offered", 9999, 404, Proxy, "This path or method of the provider's API is not one the proxy passes on.";
    NotSupported = "not-supported", 9999, 400, Proxy, "The provider behind this route cannot do what the request asks.";
    TemplateInvalid = "template-invalid", 6200, 400, Proxy, "The template is not one of Beefree's, or has nothing to work on.";
    TranslationFailed = "translation-failed", 6250, 500, Proxy, "A translated text lost a merge tag or a tag, so nothing was changed.";
    LanguageUnsupported = "language-unsupported", 6150, 400, Proxy, "The provider does not translate between these languages.";
    ImageUnreachable = "image-unreachable", 9900, 400, Proxy, "The image cannot be fetched. Its address must be public, or of an allowed origin.";
    ImageUnsupported = "image-unsupported", 9900, 400, Proxy, "The image is none of PNG, JPEG, GIF and WebP, or larger than 20 MiB.";
    FileUnknown = "file-unknown", 9999, 404, Proxy, "There is no such file any more.";
    MetricsOff = "metrics-off", 9999, 404, Proxy, "Metrics are switched off. Switch them on under Settings, or with addonctl metrics on.";
    Internal = "internal", 9999, 500, Proxy, "The proxy failed. The reason is in its log.";
    KeyRejected = "key-rejected", 9900, 502, Upstream, "The provider rejected the key. Replace it under Providers.";
    PermissionDenied = "permission-denied", 9900, 502, Upstream, "The key is real but may not do this. Check its permissions at the provider.";
    RateLimited = "rate-limited", 9900, 429, Upstream, "The provider's rate limit is reached. Try again later.";
    QuotaExhausted = "quota-exhausted", 9900, 429, Upstream, "The provider account has no credit or quota left.";
    ModelUnknown = "model-unknown", 9900, 502, Upstream, "The provider does not know the model, or this key may not use it.";
    ModelRetired = "model-retired", 9900, 502, Upstream, "The provider has retired the model. Choose a current one under Providers.";
    DeploymentUnknown = "deployment-unknown", 9900, 502, Upstream, "The Azure resource has no deployment of this name. Check the spelling; a new one can take 15 minutes.";
    EndpointUnknown = "endpoint-unknown", 9900, 502, Upstream, "The provider's server knows no such address. Check the base URL and the api-version.";
    WrongEndpoint = "wrong-endpoint", 9900, 502, Upstream, "The key belongs to another server of this provider. Check the base URL: free and paid accounts have different ones.";
    RegionUnsupported = "region-unsupported", 9900, 502, Upstream, "The provider does not offer this feature in the resource's region or in this country.";
    CapabilityMissing = "capability-missing", 9900, 502, Upstream, "The model cannot do what the AddOn needs. Choose another model.";
    ParameterUnsupported = "parameter-unsupported", 9900, 502, Upstream, "The model does not take a parameter the request holds.";
    ContextTooLong = "context-too-long", 9900, 502, Upstream, "The text is longer than the model can read. Shorten it or choose another model.";
    ImageRejected = "image-rejected", 9900, 502, Upstream, "The provider cannot read this image: its size, format or content is not accepted.";
    ContentFiltered = "content-filtered", 9900, 502, Upstream, "The provider declined to answer this prompt.";
    UpstreamRejected = "upstream-rejected", 9900, 502, Upstream, "The provider refused the request.";
    UpstreamError = "upstream-error", 9900, 502, Upstream, "The provider failed. Try again later.";
    UpstreamOverloaded = "upstream-overloaded", 9900, 503, Upstream, "The provider is overloaded. Try again later.";
    UpstreamUnreachable = "upstream-unreachable", 9900, 502, Upstream, "The provider's server cannot be reached.";
    NameUnknown = "name-unknown", 9900, 502, Upstream, "The provider's host name is not known. Check its spelling and this machine's network.";
    ConnectionRefused = "connection-refused", 9900, 502, Upstream, "Nothing listens at the provider's address. Check host and port, and that the server runs.";
    CorporateProxyFailed = "corporate-proxy-failed", 9900, 502, Upstream, "The corporate proxy did not let the call through. Check its address under Settings.";
    TlsExpired = "tls-expired", 9900, 502, Upstream, "The server's certificate has expired, or this machine's clock is wrong.";
    TlsWrongHost = "tls-wrong-host", 9900, 502, Upstream, "The server's certificate is for another name. Check the base URL.";
    TlsUnknownCa = "tls-unknown-ca", 9900, 502, Upstream, "The server's certificate is signed by an authority this machine does not trust. Add its CA file under Settings.";
    UpstreamTls = "upstream-tls", 9900, 502, Upstream, "No encrypted connection to the provider's server came about.";
    UpstreamTimeout = "upstream-timeout", 9900, 504, Upstream, "The provider did not answer in time.";
    UpstreamRedirect = "upstream-redirect", 9900, 502, Upstream, "The provider answered with a redirect, which is never followed. Check the base URL.";
    ReplyInvalid = "reply-invalid", 9900, 502, Upstream, "The provider's reply is not what its API promises. Check the base URL.";
    ReplyTooLarge = "reply-too-large", 9900, 502, Upstream, "The provider's reply is larger than the proxy accepts.";
    StreamCut = "stream-cut", 9900, 502, Upstream, "The provider's answer was cut off.";
    FaultUnknown = "fault-unknown", 9999, 400, Proxy, "There is no such fault, or the provider asked cannot fail this way. See `addonctl fault list`.";
    FaultNotAllowed = "fault-not-allowed", 9999, 403, Proxy, "Faults by header are for applications marked as testing. Mark it under Applications.";
    TapeMiss = "tape-miss", 9900, 502, Proxy, "The provider plays tapes, and they do not hold this request. Nobody was asked. Record it first: Tapes, Record, or `addonctl tape record`.";
    TapeDamaged = "tape-damaged", 9900, 502, Proxy, "The tape with this request does not open: it was changed. Record it again, or import the tapes again.";
    ClientGone = "client-gone", 9999, 499, Proxy, "The caller went away before the answer was complete.";
}

impl Cause {
    /// The cause a stable word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|cause| cause.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_unique_and_statuses_are_failures() {
        let mut words: Vec<_> = Cause::ALL.iter().map(|cause| cause.word()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Cause::ALL.len());
        for cause in Cause::ALL {
            assert!((400..600).contains(&cause.status()), "{}", cause.word());
            assert_eq!(Cause::from_word(cause.word()), Some(*cause));
            assert_eq!(serde_json::to_value(cause).unwrap(), cause.word());
        }
    }

    #[test]
    fn an_upstream_refusal_never_looks_like_a_refused_session() {
        for cause in Cause::ALL.iter().filter(|cause| cause.party() == Party::Upstream) {
            assert!(!matches!(cause.status(), 401 | 403), "{}", cause.word());
        }
    }
}
