//! `POST /demo/session`: turns the one-time code of a demo link into a token for that page alone.

use http::Response;
use serde::Deserialize;

use super::{Visit, login};
use crate::body::{Body, TEXT_BODY_MAX, json_request};
use crate::gate::{self, Caller};
use crate::refusal::Refusal;

/// No `Debug`: the code is a secret until it is used.
#[derive(Deserialize, schemars::JsonSchema)]
pub(crate) struct Redeem {
    /// From the link's fragment; works once.
    code: String,
}

pub(crate) async fn session(visit: Visit) -> Result<Response<Body>, Refusal> {
    // The demo page is served by this proxy; no other page has a use for its code.
    match &visit.caller {
        Caller::Page(origin) if *origin == visit.own => {}
        Caller::Page(origin) => return Err(gate::refused(origin)),
        Caller::Program | Caller::Tag => return Err(gate::refused("")),
    }
    let redeem: Redeem = json_request(visit.request, TEXT_BODY_MAX).await?;
    let token = visit.shared.sessions.redeem(&redeem.code, visit.own)?;
    visit.shared.observer.sessions_changed();
    login::token_reply(&token)
}
