//! A provider that is one file: a made-up one, written here against the public trait alone, and driven as the proxy
//! drives the real ones. If this grows, adding a provider has become harder.

// Helpers of tests are tests too; clippy sees only the functions marked so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bytes::Bytes;
use domain::addons::Capability;
use domain::{BaseUrl, Cause, ProviderOptions};
use http::{HeaderName, Method};
use providers::{
    Adapter, Auth, Descriptor, KeyRule, Target, TranslationOrder, Translations, UpstreamRequest,
    UpstreamTranslating, Way,
};
use serde_json::{Value, json};

struct Parrot;

const AUTH: Auth = Auth::Header(HeaderName::from_static("x-parrot-key"));

static DESCRIPTOR: Descriptor = Descriptor {
    kind: "parrot",
    title: "Parrot",
    key: KeyRule::Required,
    base_url: "https://api.parrot.example",
    fields: &[],
    models: &[],
    default_model: None,
    retired: &[],
    capabilities: &[Capability::Translating],
    key_hint: "begins with squawk-",
    key_pattern: "^squawk-",
    key_url: "https://parrot.example/keys",
    local: false,
};

#[rustfmt::skip]
impl Adapter for Parrot {
    fn descriptor(&self) -> &'static Descriptor { &DESCRIPTOR }
    fn auth(&self) -> Auth { AUTH }
    fn translating(&self) -> Option<providers::Translator<'_>> { Some(Way::Upstream(self)) }
    fn probe(&self, to: &Target<'_>) -> Option<UpstreamRequest> { Some(ask(to, Method::GET, "me", Bytes::new())) }
    fn read_failure(&self, status: u16, _: &[u8]) -> Cause {
        match status { 401 => Cause::KeyRejected, 429 => Cause::RateLimited, _ => Cause::UpstreamError }
    }
}

fn ask(to: &Target<'_>, method: Method, path: &str, body: Bytes) -> UpstreamRequest {
    UpstreamRequest { method, url: to.base_url.join(&["v1", path]), headers: Vec::new(), auth: AUTH, body }
}

#[rustfmt::skip]
impl UpstreamTranslating for Parrot {
    fn check(&self, _: &TranslationOrder<'_>) -> Result<(), Cause> { Ok(()) }
    fn batch(&self, remaining: &[String]) -> usize { remaining.len().max(1) }
    fn request(&self, to: &Target<'_>, order: &TranslationOrder<'_>) -> UpstreamRequest {
        ask(to, Method::POST, "say", json!({"into": order.target, "texts": order.texts}).to_string().into())
    }
    fn read_reply(&self, body: &[u8]) -> Result<Translations, Cause> {
        let said: Value = serde_json::from_slice(body).map_err(|_| Cause::ReplyInvalid)?;
        let texts = serde_json::from_value(said["said"].clone()).map_err(|_| Cause::ReplyInvalid)?;
        Ok(Translations { texts, billed: None })
    }
}

#[test]
fn a_made_up_provider_is_asked_and_read_through_the_trait() {
    // As the registry holds it.
    let adapter: &dyn Adapter = &Parrot;
    let base_url = BaseUrl::parse(adapter.descriptor().base_url).unwrap();
    let target =
        Target { base_url: &base_url, model: None, options: &ProviderOptions::default(), output_max: None };
    assert!(adapter.writing().is_none() && adapter.drawing().is_none() && adapter.captioning().is_none());
    assert!(adapter.pass_routes().is_empty() && adapter.chat_dialect().is_none());
    let Some(Way::Upstream(translating)) = adapter.translating() else { panic!("it translates") };
    let texts = ["Hello".to_owned()];
    let order = TranslationOrder { source: None, target: "it", texts: &texts };
    assert_eq!((translating.check(&order), translating.batch(&texts)), (Ok(()), 1));
    let request = translating.request(&target, &order);
    assert_eq!(request.url.as_str(), "https://api.parrot.example/v1/say");
    assert_eq!(&request.body[..], br#"{"into":"it","texts":["Hello"]}"#);
    let (name, value) = request.auth.header("squawk-1").unwrap();
    assert_eq!((name.as_str(), value.to_str().unwrap()), ("x-parrot-key", "squawk-1"));
    assert_eq!(translating.read_reply(br#"{"said":["Ciao"]}"#).ok().unwrap().texts, ["Ciao"]);
    assert_eq!(translating.read_reply(b"squawk").err(), Some(Cause::ReplyInvalid));
    assert_eq!(adapter.probe(&target).unwrap().url.as_str(), "https://api.parrot.example/v1/me");
    assert_eq!(adapter.read_failure(401, b""), Cause::KeyRejected);
}
