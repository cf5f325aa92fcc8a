//! Session tokens: 256 random bits, kept as hashes in memory only, bound to application, uid and perhaps one origin.
//!
//! A token lives 5 minutes; its session can be refreshed for 12 hours after login (Beefree's figures, "Authorization
//! process in detail"). Both clocks count: a wall clock can be set back, a monotonic one stops while asleep.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{ApplicationId, Cause, Clock, Random, Timestamp, Uid};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// How long a token can be used.
pub const TOKEN_LIFE: Duration = Duration::from_secs(5 * 60);
/// How long after login a session can be refreshed.
const SESSION_LIFE: Duration = Duration::from_secs(12 * 60 * 60);
/// How long a link to the demo page waits to be opened.
const CODE_LIFE: Duration = SESSION_LIFE;
/// More tokens than this are not kept; the oldest go first.
const TOKENS_MAX: usize = 10_000;

/// A bearer token, or a demo code: shown to whoever may have it, not kept. No `Debug`: it is a secret.
pub struct AccessToken(String);

/// A one-time code that the demo page turns into a token.
pub type DemoCode = AccessToken;

impl AccessToken {
    /// The text to hand over.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Who a token stands for.
pub(crate) struct Session {
    pub(crate) application: ApplicationId,
    pub(crate) uid: Uid,
    /// The only origin it may be used from; absent: any its application allows.
    pub(crate) pinned: Option<String>,
    login: Moment,
}

#[derive(Clone, Copy)]
struct Moment {
    wall: Timestamp,
    steady: Duration,
}

struct Issued {
    session: Arc<Session>,
    at: Moment,
}

struct Code {
    application: ApplicationId,
    at: Moment,
}

#[derive(Default)]
struct Tables {
    tokens: HashMap<[u8; 32], Issued>,
    codes: HashMap<[u8; 32], Code>,
}

/// Everyone who is logged in.
pub struct Sessions {
    tables: Mutex<Tables>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

impl Sessions {
    pub(crate) fn new(clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Self {
        Self { tables: Mutex::default(), clock, random }
    }

    /// Logs `uid` in. `pinned` narrows the token to one origin.
    pub fn log_in(
        &self,
        application: ApplicationId,
        uid: Uid,
        pinned: Option<String>,
    ) -> Result<AccessToken, Cause> {
        let login = self.moment();
        self.issue(Arc::new(Session { application, uid, pinned, login }))
    }

    /// A code for one visit to the demo page.
    pub fn demo_code(&self, application: ApplicationId) -> Result<DemoCode, Cause> {
        let (code, hash) = self.secret()?;
        let at = self.moment();
        let mut tables = self.tables();
        tables.codes.retain(|_, code| self.within(code.at, CODE_LIFE));
        tables.codes.insert(hash, Code { application, at });
        Ok(code)
    }

    /// Takes a demo code, once, and logs its visitor in from `origin` only.
    pub(crate) fn redeem(&self, code: &str, origin: String) -> Result<AccessToken, Cause> {
        let taken = self.tables().codes.remove(&hash_of(code));
        let code = taken.filter(|code| self.within(code.at, CODE_LIFE)).ok_or(Cause::DemoCodeUsed)?;
        let uid = Uid::parse("demo-user").map_err(|_| Cause::Internal)?;
        self.log_in(code.application, uid, Some(origin))
    }

    /// The session a token stands for, while the token lives.
    pub(crate) fn check(&self, token: &str) -> Result<Arc<Session>, Cause> {
        let (session, at) = self.find(token)?;
        if self.within(at, TOKEN_LIFE) { Ok(session) } else { Err(Cause::TokenExpired) }
    }

    /// A new token for an old one, while the session lives.
    pub(crate) fn refresh(&self, session: &Arc<Session>) -> Result<AccessToken, Cause> {
        self.issue(Arc::clone(session))
    }

    /// The session a token stands for, expired or not.
    pub(crate) fn of_any_age(&self, token: &str) -> Result<Arc<Session>, Cause> {
        self.find(token).map(|(session, _)| session)
    }

    /// Ends every session of an application.
    pub fn revoke(&self, application: ApplicationId) {
        let mut tables = self.tables();
        tables.tokens.retain(|_, issued| issued.session.application != application);
        tables.codes.retain(|_, code| code.application != application);
    }

    fn find(&self, token: &str) -> Result<(Arc<Session>, Moment), Cause> {
        let hash = hash_of(token);
        let tables = self.tables();
        let (kept, issued) = tables.tokens.get_key_value(&hash).ok_or(Cause::SessionOver)?;
        // The table is searched by a hash nobody can aim; the last word is compared in constant time all the same.
        let same = bool::from(kept.ct_eq(&hash));
        let live = self.within(issued.session.login, SESSION_LIFE);
        if same && live { Ok((Arc::clone(&issued.session), issued.at)) } else { Err(Cause::SessionOver) }
    }

    fn issue(&self, session: Arc<Session>) -> Result<AccessToken, Cause> {
        let (token, hash) = self.secret()?;
        let at = self.moment();
        let mut tables = self.tables();
        if tables.tokens.len() >= TOKENS_MAX {
            tables.tokens.retain(|_, issued| self.within(issued.session.login, SESSION_LIFE));
        }
        if tables.tokens.len() >= TOKENS_MAX {
            let oldest =
                tables.tokens.iter().min_by_key(|(_, issued)| issued.at.steady).map(|(hash, _)| *hash);
            oldest.map(|hash| tables.tokens.remove(&hash));
        }
        tables.tokens.insert(hash, Issued { session, at });
        Ok(token)
    }

    fn secret(&self) -> Result<(AccessToken, [u8; 32]), Cause> {
        let mut bytes = [0_u8; 32];
        self.random.fill(&mut bytes).map_err(|_| Cause::Internal)?;
        let text = URL_SAFE_NO_PAD.encode(bytes);
        let hash = hash_of(&text);
        Ok((AccessToken(text), hash))
    }

    fn moment(&self) -> Moment {
        Moment { wall: self.clock.now(), steady: self.clock.elapsed() }
    }

    /// Whether less than `life` has passed since `then`, by both clocks.
    fn within(&self, then: Moment, life: Duration) -> bool {
        let now = self.moment();
        now.wall < then.wall.plus(life) && now.steady < then.steady.saturating_add(life)
    }

    fn tables(&self) -> std::sync::MutexGuard<'_, Tables> {
        // A panic while holding the lock cannot leave a half-made entry: each change is one insert or remove.
        self.tables.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn hash_of(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}
