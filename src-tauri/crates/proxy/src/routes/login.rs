//! `POST /loginV2` and `POST /refreshV2`: session tokens in Beefree's shape, with Beefree's error numbers.

use domain::{Cause, ClientId, Timestamp, Uid};
use http::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::Visit;
use crate::body::{Body, TEXT_BODY_MAX, json_reply, json_request};
use crate::gate::{self, Caller};
use crate::refusal::Refusal;
use crate::sessions::AccessToken;
use crate::snapshot::ApplicationEntry;

/// No `Debug`: it holds a client secret. `grant_type`, which Beefree's package sends, says nothing and is passed over.
#[derive(Deserialize)]
struct Login {
    client_id: String,
    client_secret: String,
    /// Any value, so that a number is answered with Beefree's 5005 and not as a broken body.
    uid: Value,
}

/// Meant for the host app's back end; a page that does it itself must be of an allowed origin.
pub(crate) async fn log_in(visit: Visit) -> Result<Response<Body>, Refusal> {
    let login: Login = json_request(visit.request, TEXT_BODY_MAX).await?;
    let uid = login.uid.as_str().and_then(|uid| Uid::parse(uid).ok()).ok_or(Cause::UidInvalid)?;
    let application = login.client_id.parse::<ClientId>().ok().and_then(|id| visit.snapshot.client(id));
    let now = visit.shared.clock.now();
    let application =
        application.filter(|entry| knows(entry, &login.client_secret, now)).ok_or(Cause::LoginRefused)?;
    if let Caller::Page(origin) = &visit.caller
        && !application.allows(origin)
    {
        return Err(gate::refused(origin));
    }
    token_reply(&visit.shared.sessions.log_in(application.application.id, uid, None)?)
}

fn knows(entry: &ApplicationEntry, secret: &str, now: Timestamp) -> bool {
    let hash: [u8; 32] = Sha256::digest(secret.as_bytes()).into();
    // Every secret is compared, so that time does not tell which one came close.
    entry.secrets.iter().fold(false, |found, known| {
        let good = known.valid_until.is_none_or(|until| now < until);
        found | (good & bool::from(known.hash.ct_eq(&hash)))
    })
}

/// A new token for a session that is not over.
pub(crate) async fn refresh(visit: Visit) -> Result<Response<Body>, Refusal> {
    let admitted = visit.admitted.ok_or(Cause::Internal)?;
    token_reply(&visit.shared.sessions.refresh(&admitted.session)?)
}

/// What Beefree's login answers.
pub(crate) fn token_reply(token: &AccessToken) -> Result<Response<Body>, Refusal> {
    json_reply(&json!({ "access_token": token.as_str(), "v2": true }))
}
