//! The gate against a naive model: every request of hosts, origins, tokens and metadata, mixed at random.

use std::sync::LazyLock;
use std::time::Duration;

use domain::limits::{Amounts, Denied, Standing};
use domain::{
    ActiveTape, Activity, ApplicationId, CallId, CallSignal, Clock, Exchange, Handle, NoRandom, ProviderId,
    Random, TapeSetId, Timestamp, Uid,
};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::fuzzing::entry;
use crate::{
    Ask, Counting, FileId, Limits, Looking, Network, NoShelf, Observer, Retrying, Shelf, Shelving, Tapes,
    Unrecorded, Upstream,
};

const PORT: u16 = 23366;
const APP: &str = "http://localhost:3000";
const OTHER: &str = "https://other.example";
const OWN: &str = "http://127.0.0.1:23366";

struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        Timestamp(1_790_000_000_000)
    }
    fn elapsed(&self) -> Duration {
        Duration::from_secs(1)
    }
}

struct Os;

impl Random for Os {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandom> {
        getrandom::fill(bytes).map_err(|_| NoRandom)
    }
}

struct Nobody;

impl Observer for Nobody {
    fn new_key_rejected(&self, _: domain::ProviderId) {}
    fn fault_met(&self, _: domain::ProviderId, _: domain::Timestamp, _: u32) {}
    fn signal(&self, _: CallSignal) {}
    fn ended(&self, _: Arc<Activity>) {}
    fn sessions_changed(&self) {}
    fn dropped(&self) -> u64 {
        0
    }
}

impl Shelf for Nobody {
    fn put(&self, _: Bytes) -> Shelving<'_, Result<FileId, NoShelf>> {
        Box::pin(async { Err(NoShelf) })
    }
    fn get(&self, _: FileId) -> Shelving<'_, Option<Bytes>> {
        Box::pin(async { None })
    }
}

impl Limits for Nobody {
    fn reserve(&self, _: CallId, _: Ask) -> Counting<'_, Result<u64, Denied>> {
        Box::pin(async { Err(Denied::NotKept) })
    }
    fn settle(&self, _: CallId, _: Amounts) {}
    fn standings(
        &self,
        _: ApplicationId,
        _: Vec<Handle>,
        _: Uid,
        _: Timestamp,
    ) -> Counting<'_, Vec<(Handle, Vec<Standing>)>> {
        Box::pin(async { Vec::new() })
    }
}

impl Tapes for Nobody {
    fn play(&self, _: ProviderId, _: &ActiveTape, _: domain::Asked) -> Looking<'_> {
        Box::pin(async { Ok(None) })
    }
    fn record(&self, _: TapeSetId, _: Result<Exchange, Unrecorded>) {}
}

/// A proxy with two applications, one that is disabled, and a token of each sort.
struct World {
    shared: Shared,
    snapshot: Snapshot,
    tokens: Vec<(String, Sort)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    App,
    Other,
    Disabled,
    Pinned,
    Gone,
    Unknown,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let upstream = Upstream::new(&Network::default(), Retrying::default()).ok().unwrap();
    let shared = Shared::new(
        upstream,
        Box::new(Nobody),
        Box::new(Nobody),
        Box::new(Nobody),
        Box::new(Nobody),
        Arc::new(Still),
        Arc::new(Os),
    );
    let snapshot = Snapshot {
        applications: [entry(1, APP, true), entry(2, OTHER, true), entry(3, APP, false)]
            .map(Option::unwrap)
            .into(),
        ..Snapshot::default()
    };
    let sorts = [
        (1, None, Sort::App),
        (2, None, Sort::Other),
        (3, None, Sort::Disabled),
        (1, Some(OWN), Sort::Pinned),
        (9, None, Sort::Gone),
    ];
    let log_in = |(id, pinned, sort): (u128, Option<&str>, Sort)| {
        let (application, uid) = (ApplicationId(Uuid::from_u128(id)), Uid::parse("u").unwrap());
        let token = shared.sessions.log_in(application, uid, pinned.map(str::to_owned)).ok().unwrap();
        (token.as_str().to_owned(), sort)
    };
    let mut tokens: Vec<_> = sorts.map(log_in).into();
    tokens.push(("A".repeat(43), Sort::Unknown));
    World { shared, snapshot, tokens }
});

#[derive(Debug, Clone)]
struct Asked {
    hosts: Vec<String>,
    origins: Vec<String>,
    sites: Vec<&'static str>,
    /// Index of a token, and how it is presented.
    auth: Vec<(usize, &'static str)>,
    target: &'static str,
    peer: &'static str,
    secure: bool,
}

/// What the rules say in as many words. Gives the sort of the token that got in.
fn model(asked: &Asked) -> Result<Sort, Cause> {
    let names = ["127.0.0.1:23366", "localhost:23366", "[::1]:23366"];
    let local = ["127.0.0.1:5", "[::1]:5", "[::ffff:127.0.0.1]:5"].contains(&asked.peer);
    if asked.hosts.len() != 1
        || !names.contains(&asked.hosts[0].as_str())
        || !local
        || asked.target != "/v1/session"
    {
        return Err(Cause::HostNotAllowed);
    }
    let own = format!("{}://{}", if asked.secure { "https" } else { "http" }, asked.hosts[0]);
    if asked.origins.len() > 1 || asked.sites.len() > 1 {
        return Err(Cause::OriginNotAllowed);
    }
    let page = match (asked.origins.first(), asked.sites.first()) {
        (Some(origin), _) if [APP, OTHER, own.as_str()].contains(&origin.as_str()) => Some(origin.clone()),
        (Some(_), _) => return Err(Cause::OriginNotAllowed),
        (None, Some(&"same-origin")) => Some(own),
        _ => None,
    };
    let (index, scheme) = match asked.auth.as_slice() {
        [] => return Err(Cause::BearerMissing),
        [one] => *one,
        _ => return Err(Cause::BearerMalformed),
    };
    if !["Bearer ", "bearer ", "BEARER "].contains(&scheme) {
        return Err(Cause::BearerMalformed);
    }
    let sort = WORLD.tokens[index].1;
    let allowed = match sort {
        Sort::Gone | Sort::Unknown => return Err(Cause::SessionOver),
        Sort::Disabled => return Err(Cause::ApplicationDisabled),
        Sort::App => APP,
        Sort::Other => OTHER,
        Sort::Pinned => OWN,
    };
    match page {
        Some(page) if page == allowed => Ok(sort),
        None if asked.sites.is_empty() && sort != Sort::Pinned => Ok(sort),
        _ => Err(Cause::OriginNotAllowed),
    }
}

fn real(asked: &Asked) -> Option<Result<Sort, Cause>> {
    let mut request = Request::builder().uri(asked.target);
    for host in &asked.hosts {
        request = request.header(header::HOST, HeaderValue::from_bytes(host.as_bytes()).ok()?);
    }
    for origin in &asked.origins {
        request = request.header(header::ORIGIN, HeaderValue::from_bytes(origin.as_bytes()).ok()?);
    }
    for site in &asked.sites {
        request = request.header(&FETCH_SITE, *site);
    }
    for (index, scheme) in &asked.auth {
        request = request.header(header::AUTHORIZATION, format!("{scheme}{}", WORLD.tokens[*index].0));
    }
    let request = request.body(()).unwrap();
    let door = Door { port: PORT, secure: asked.secure, peer: asked.peer.parse().unwrap() };
    let passed = own_origin(&request, door).and_then(|own| {
        let caller = caller(&request, &own, &WORLD.snapshot)?;
        session(request.headers(), &caller, &WORLD.shared, &WORLD.snapshot, Token::Bearer)
    });
    Some(match passed {
        Ok(admitted) => {
            let pinned = admitted.session.pinned.is_some();
            Ok(match admitted.application.application.id.0.as_u128() {
                1 if pinned => Sort::Pinned,
                1 => Sort::App,
                2 => Sort::Other,
                _ => Sort::Gone,
            })
        }
        Err(refusal) => Err(refusal.cause),
    })
}

/// A text that is right, or nearly.
fn nearly(good: &'static [&'static str]) -> impl Strategy<Value = String> + Clone {
    let change = (prop::sample::select(good), 0_usize..40, "[ -~\u{e9}]{0,3}", 0_usize..3).prop_map(
        |(text, at, put, cut)| {
            let at = at.min(text.len());
            let end = (at + cut).min(text.len());
            format!("{}{put}{}", &text[..at], &text[end..])
        },
    );
    prop_oneof![5 => prop::sample::select(good).prop_map(str::to_owned), 2 => change]
}

fn asked() -> impl Strategy<Value = Asked> {
    let hosts = nearly(&["127.0.0.1:23366", "localhost:23366", "[::1]:23366"]);
    let origins = nearly(&[APP, OTHER, OWN, "https://127.0.0.1:23366", "null"]);
    let sites = prop::sample::select(&["same-origin", "same-site", "cross-site", "none"][..]);
    let schemes = prop::sample::select(
        &["Bearer ", "Bearer ", "Bearer ", "bearer ", "BEARER ", "Basic ", "", "Bearer  ", "Bearer\t"][..],
    );
    let tokens = prop_oneof![3 => Just(0_usize), 4 => 0_usize..6];
    (
        prop_oneof![9 => prop::collection::vec(hosts.clone(), 1), 1 => prop::collection::vec(hosts, 0..3)],
        prop_oneof![6 => prop::collection::vec(origins.clone(), 0..2), 1 => prop::collection::vec(origins, 2)],
        prop_oneof![4 => Just(Vec::new()), 2 => prop::collection::vec(sites.clone(), 1), 1 => prop::collection::vec(sites, 2)],
        prop_oneof![9 => prop::collection::vec((tokens.clone(), schemes.clone()), 1), 1 => prop::collection::vec((tokens, schemes), 0..3)],
        prop_oneof![9 => Just("/v1/session"), 1 => Just("http://127.0.0.1:23366/v1/session")],
        prop_oneof![
            9 => prop::sample::select(&["127.0.0.1:5", "[::1]:5", "[::ffff:127.0.0.1]:5"][..]),
            1 => prop::sample::select(&["10.0.0.1:5", "[fe80::1]:5", "0.0.0.0:5"][..])
        ],
        any::<bool>(),
    )
        .prop_map(|(hosts, origins, sites, auth, target, peer, secure)| Asked { hosts, origins, sites, auth, target, peer, secure })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn who_gets_in_is_who_the_model_lets_in(asked in asked()) {
        if let Some(real) = real(&asked) {
            prop_assert_eq!(real, model(&asked));
        }
    }
}
