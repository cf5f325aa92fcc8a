//! `POST /loginV2`, `POST /refreshV2` and `POST /proxy/bee-auth`: session tokens in Beefree's shape, with Beefree's error numbers.

use domain::{Cause, ClientId, Uid};
use http::Response;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::Visit;
use crate::body::{Body, TEXT_BODY_MAX, json_reply, json_request};
use crate::gate::{self, Caller};
use crate::refusal::Refusal;
use crate::sessions::AccessToken;

/// No `Debug`: it holds a client secret. `grant_type`, which Beefree's package sends, says nothing and is passed over.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct Login {
    /// The application's public half.
    client_id: String,
    /// Its secret half.
    client_secret: String,
    /// The end user, by letters, digits, `_` and `-`. Any value, so that a number is answered with Beefree's 5005 and not as a broken body.
    #[schemars(with = "String")]
    uid: Value,
}

/// Meant for the host app's back end; a page that does it itself must be of an allowed origin.
pub(crate) async fn log_in(visit: Visit) -> Result<Response<Body>, Refusal> {
    let login: Login = json_request(visit.request, TEXT_BODY_MAX).await?;
    let uid = login.uid.as_str().and_then(|uid| Uid::parse(uid).ok()).ok_or(Cause::UidInvalid)?;
    let application = login.client_id.parse::<ClientId>().ok().and_then(|id| visit.snapshot.client(id));
    let hash: [u8; 32] = Sha256::digest(login.client_secret.as_bytes()).into();
    let now = visit.shared.clock.now();
    let application = application.filter(|entry| entry.knows(&hash, now)).ok_or(Cause::LoginRefused)?;
    if !application.enabled {
        return Err(Cause::ApplicationDisabled.into());
    }
    if let Caller::Page(origin) = &visit.caller
        && !application.allows(origin)
    {
        return Err(gate::refused(origin));
    }
    let token = visit.shared.sessions.log_in_by_secret(application.application.id, uid, hash)?;
    visit.shared.observer.sessions_changed();
    token_reply(&token)
}

/// What the auth server of Beefree's quick starts takes; more that a page sends is passed over.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct PageLogin {
    /// The end user, by letters, digits, `_` and `-`. Any value, so that a number is answered with Beefree's 5005 and not as a broken body.
    #[schemars(with = "String")]
    uid: Value,
}

/// In place of the auth server that Beefree's quick starts have a developer write. The origin names the application,
/// so only a page can ask, and the token is good on that origin alone.
pub(crate) async fn bee_auth(visit: Visit) -> Result<Response<Body>, Refusal> {
    let Caller::Page(origin) = &visit.caller else { return Err(gate::refused("")) };
    let application = visit.snapshot.page_login(origin).ok_or(Cause::BeeAuthOff)?;
    if !application.enabled {
        return Err(Cause::ApplicationDisabled.into());
    }
    let login: PageLogin = json_request(visit.request, TEXT_BODY_MAX).await?;
    let uid = login.uid.as_str().and_then(|uid| Uid::parse(uid).ok()).ok_or(Cause::UidInvalid)?;
    let token = visit.shared.sessions.log_in_by_page(application.application.id, uid, origin.clone())?;
    visit.shared.observer.sessions_changed();
    token_reply(&token)
}

/// A new token for a session that is not over.
pub(crate) async fn refresh(visit: Visit) -> Result<Response<Body>, Refusal> {
    let admitted = visit.admitted.ok_or(Cause::Internal)?;
    let token = visit.shared.sessions.refresh(&admitted.session)?;
    visit.shared.observer.sessions_changed();
    token_reply(&token)
}

/// What Beefree's login answers.
pub(crate) fn token_reply(token: &AccessToken) -> Result<Response<Body>, Refusal> {
    json_reply(&json!({ "access_token": token.as_str(), "v2": true }))
}
