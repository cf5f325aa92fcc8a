//! Session tokens: 256 random bits, kept as hashes in memory only, bound to application, uid and perhaps one origin.
//!
//! A token lives 5 minutes; its session can be refreshed for 12 hours after login (Beefree's figures, "Authorization
//! process in detail"). Both clocks count: a wall clock can be set back, a monotonic one stops while asleep.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{ApplicationId, Cause, Clock, Random, Timestamp, Uid};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

/// How long a token can be used.
pub const TOKEN_LIFE: Duration = Duration::from_secs(5 * 60);
/// How long after login a session can be refreshed.
pub(crate) const SESSION_LIFE: Duration = Duration::from_secs(12 * 60 * 60);
/// How long a link to the demo page waits to be opened.
const CODE_LIFE: Duration = SESSION_LIFE;
/// More tokens than this are not kept; the oldest go first.
pub(crate) const TOKENS_MAX: usize = 10_000;
/// Nor more than this of one session: a tab that refreshes late still holds one of them.
pub(crate) const TOKENS_OF_ONE: usize = 8;
/// Nor more than this of sessions that pages opened by themselves: a page in a loop drops its like, not the others.
pub(crate) const TOKENS_OF_PAGES: usize = 1_000;

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
    id: Uuid,
    pub(crate) application: ApplicationId,
    pub(crate) uid: Uid,
    /// The only origin it may be used from; absent: any its application allows.
    pub(crate) pinned: Option<String>,
    /// Hash of the client secret it was opened with; it ends when that one does.
    pub(crate) secret: Option<[u8; 32]>,
    /// Whether a page opened it with no secret; it ends when its application no longer lets pages do so.
    pub(crate) by_page: bool,
    login: Moment,
    /// Its application was changed so much that the builder must be made anew.
    reset: AtomicBool,
}

/// A session as faces see it: no token, nothing a token could be guessed from.
pub struct SessionInfo {
    /// Names it to [`Sessions::revoke_one`].
    pub id: Uuid,
    /// Whose pages it calls for.
    pub application: ApplicationId,
    /// Which end user.
    pub uid: Uid,
    /// The only origin it may be used from.
    pub pinned: Option<String>,
    /// When it was opened.
    pub login: Timestamp,
    /// When its newest token was given out.
    pub refreshed: Timestamp,
    /// When it ends for good.
    pub ends: Timestamp,
}

#[derive(Clone, Copy)]
struct Moment {
    wall: Timestamp,
    steady: Duration,
}

struct Issued {
    session: Arc<Session>,
    at: Moment,
    /// Which came first, also of those of one moment.
    nth: u64,
}

struct Code {
    application: ApplicationId,
    at: Moment,
}

#[derive(Default)]
struct Tables {
    issued: u64,
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
        self.open(application, uid, pinned, None, false)
    }

    /// Logs `uid` in for the page of `origin` that asked, and for that origin only.
    pub(crate) fn log_in_by_page(
        &self,
        application: ApplicationId,
        uid: Uid,
        origin: String,
    ) -> Result<AccessToken, Cause> {
        self.open(application, uid, Some(origin), None, true)
    }

    /// Logs `uid` in by a client secret.
    pub(crate) fn log_in_by_secret(
        &self,
        application: ApplicationId,
        uid: Uid,
        secret: [u8; 32],
    ) -> Result<AccessToken, Cause> {
        self.open(application, uid, None, Some(secret), false)
    }

    fn open(
        &self,
        application: ApplicationId,
        uid: Uid,
        pinned: Option<String>,
        secret: Option<[u8; 32]>,
        by_page: bool,
    ) -> Result<AccessToken, Cause> {
        let mut bytes = [0; 16];
        self.random.fill(&mut bytes).map_err(|_| Cause::Internal)?;
        let id = uuid::Builder::from_random_bytes(bytes).into_uuid();
        let (login, reset) = (self.moment(), AtomicBool::new(false));
        self.issue(Arc::new(Session { id, application, uid, pinned, secret, by_page, login, reset }))
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

    /// Every session that lives, newest login first.
    #[must_use]
    pub fn list(&self) -> Vec<SessionInfo> {
        let mut newest: HashMap<Uuid, SessionInfo> = HashMap::new();
        for issued in self.tables().tokens.values() {
            let (session, at) = (&issued.session, issued.at.wall);
            if !self.within(session.login, SESSION_LIFE) || session.reset.load(Ordering::Relaxed) {
                continue;
            }
            let info = newest.entry(session.id).or_insert_with(|| SessionInfo {
                id: session.id,
                application: session.application,
                uid: session.uid.clone(),
                pinned: session.pinned.clone(),
                login: session.login.wall,
                refreshed: at,
                ends: session.login.wall.plus(SESSION_LIFE),
            });
            info.refreshed = info.refreshed.max(at);
        }
        let mut all: Vec<_> = newest.into_values().collect();
        all.sort_by_key(|info| std::cmp::Reverse((info.login, info.id)));
        all
    }

    /// Ends one session; whether there was one.
    pub fn revoke_one(&self, id: Uuid) -> bool {
        let mut tables = self.tables();
        let before = tables.tokens.len();
        tables.tokens.retain(|_, issued| issued.session.id != id);
        tables.tokens.len() < before
    }

    /// Tells every builder of an application to be made anew: its sessions answer 5102 until they are over.
    pub fn reset(&self, application: ApplicationId) {
        let tables = self.tables();
        let theirs = tables.tokens.values().filter(|issued| issued.session.application == application);
        theirs.for_each(|issued| issued.session.reset.store(true, Ordering::Relaxed));
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
        match same && live {
            true if issued.session.reset.load(Ordering::Relaxed) => Err(Cause::SessionReset),
            true => Ok((Arc::clone(&issued.session), issued.at)),
            false => Err(Cause::SessionOver),
        }
    }

    fn issue(&self, session: Arc<Session>) -> Result<AccessToken, Cause> {
        let (token, hash) = self.secret()?;
        let at = self.moment();
        let mut tables = self.tables();
        if tables.tokens.len() >= TOKENS_MAX {
            tables.tokens.retain(|_, issued| self.within(issued.session.login, SESSION_LIFE));
        }
        make_room(&mut tables.tokens, TOKENS_OF_ONE, |issued| Arc::ptr_eq(&issued.session, &session));
        if session.by_page {
            make_room(&mut tables.tokens, TOKENS_OF_PAGES, |issued| issued.session.by_page);
        }
        make_room(&mut tables.tokens, TOKENS_MAX, |_| true);
        tables.issued += 1;
        let nth = tables.issued;
        tables.tokens.insert(hash, Issued { session, at, nth });
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

/// Drops the oldest of those counted when there are `most` of them.
fn make_room(tokens: &mut HashMap<[u8; 32], Issued>, most: usize, counted: impl Fn(&Issued) -> bool) {
    let theirs = || tokens.iter().filter(|(_, issued)| counted(issued));
    if theirs().count() >= most
        && let Some(oldest) = theirs().min_by_key(|(_, issued)| issued.nth).map(|(hash, _)| *hash)
    {
        tokens.remove(&oldest);
    }
}

fn hash_of(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

#[cfg(test)]
mod tests;
