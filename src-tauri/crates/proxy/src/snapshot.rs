//! What the proxy may do at one moment: applications, their AddOns, their providers with sealed keys.
//!
//! Read-only and complete, so that no request reads a database. Whoever changes the store makes a new one.

use std::sync::Arc;

use domain::limits::Limit;
use domain::{
    ActiveFault, ActiveTape, AddOn, Application, ApplicationId, ClientId, Fault, Handle, Provider, Timestamp,
};
use providers::{Adapter, PriceList};
use subtle::ConstantTimeEq as _;
use vault::{CustodyState, Opener, SealedKey};

/// SHA-256 of a client secret.
#[derive(Clone, Copy)]
pub struct SecretHash {
    /// The hash.
    pub hash: [u8; 32],
    /// Until when it is good; absent: for ever.
    pub valid_until: Option<Timestamp>,
}

/// A provider, ready to be asked.
pub struct ProviderEntry {
    /// Its public part.
    pub provider: Provider,
    /// Its sealed key, if it has one.
    pub sealed: Option<SealedKey>,
    /// The same provider with the key before this one, while both are kept: asked if the new key is rejected.
    pub previous: Option<Arc<ProviderEntry>>,
    /// Who speaks its language.
    pub adapter: &'static dyn Adapter,
    /// The fault that is on at it.
    pub fault: Option<ActiveFault>,
    /// The fault that is played in its place; set for one call.
    pub plays: Option<Fault>,
    /// The tapes that are recorded or played at it.
    pub tape: Option<ActiveTape>,
}

/// An installed AddOn with its providers, first choice first.
pub struct AddOnEntry {
    /// The AddOn.
    pub addon: AddOn,
    /// Those of its providers that exist and are switched on.
    pub providers: Vec<Arc<ProviderEntry>>,
}

/// An application with all it owns.
pub struct ApplicationEntry {
    /// The application.
    pub application: Application,
    /// Whether it may be used at all.
    pub enabled: bool,
    /// Whether its sessions may ask for faults by header.
    pub testing: bool,
    /// Whether its pages may log end users in without the client secret (`/proxy/bee-auth`).
    pub bee_auth: bool,
    /// Whether clients that are no browser may use its tokens.
    pub programs: bool,
    /// Its client secrets.
    pub secrets: Vec<SecretHash>,
    /// Its providers.
    pub providers: Vec<Arc<ProviderEntry>>,
    /// Its AddOns.
    pub addons: Vec<AddOnEntry>,
    /// Its limits. Where none concerns a call, nothing is counted and nothing is written before it.
    pub limits: Vec<Limit>,
}

impl ApplicationEntry {
    /// Whether a client secret is one of this application's now.
    #[must_use]
    pub fn knows(&self, hash: &[u8; 32], now: Timestamp) -> bool {
        // Every secret is compared, so that time does not tell which one came close.
        self.secrets.iter().fold(false, |found, known| {
            let good = known.valid_until.is_none_or(|until| now < until);
            found | (good & bool::from(known.hash.ct_eq(hash)))
        })
    }

    /// The installed AddOn with this handle.
    #[must_use]
    pub fn addon(&self, handle: Handle) -> Option<&AddOnEntry> {
        self.addons.iter().find(|entry| entry.addon.handle == handle)
    }

    /// Whether pages of `origin` may call for this application.
    #[must_use]
    pub fn allows(&self, origin: &str) -> bool {
        self.application.origins.iter().any(|allowed| allowed.as_str() == origin)
    }
}

/// All of it.
pub struct Snapshot {
    /// Every application.
    pub applications: Vec<Arc<ApplicationEntry>>,
    /// Opens sealed keys; absent while the vault is not open.
    pub opener: Option<Opener>,
    /// Why the vault is not open, if it is not.
    pub custody: CustodyState,
    /// What models cost.
    pub prices: Arc<PriceList>,
}

impl Default for Snapshot {
    fn default() -> Self {
        Self {
            applications: Vec::new(),
            opener: None,
            custody: CustodyState::Empty,
            prices: Arc::new(PriceList::built_in()),
        }
    }
}

impl Snapshot {
    /// The application with this identity.
    #[must_use]
    pub fn application(&self, id: ApplicationId) -> Option<&Arc<ApplicationEntry>> {
        self.applications.iter().find(|entry| entry.application.id == id)
    }

    /// The application with this client id.
    #[must_use]
    pub fn client(&self, id: ClientId) -> Option<&Arc<ApplicationEntry>> {
        self.applications.iter().find(|entry| entry.application.client_id == id)
    }

    /// The one application whose pages of `origin` may log in without a secret; none, too, where several would.
    #[must_use]
    pub fn page_login(&self, origin: &str) -> Option<&Arc<ApplicationEntry>> {
        let mut open = self.applications.iter().filter(|entry| entry.bee_auth && entry.allows(origin));
        open.next().filter(|_| open.next().is_none())
    }

    /// Whether any application allows `origin`. Preflights carry no token, so they can be judged by this only.
    #[must_use]
    pub fn any_allows(&self, origin: &str) -> bool {
        self.applications.iter().any(|entry| entry.allows(origin))
    }
}
