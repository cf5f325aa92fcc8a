//! Which route takes a request, and what it needs of the caller. One file per route, one line each here.

mod addon;
mod agent;
mod alt_text;
mod chat_completions;
mod demo;
mod details;
mod files;
mod health;
mod images;
mod login;
mod pass_through;
mod session;
mod template;
mod text;
mod translate;
mod writing;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use domain::Cause;
use http::{Method, Request, Response};
use hyper::body::Incoming;

use crate::Shared;
use crate::body::Body;
use crate::call::Arrival;
use crate::gate::{Admitted, Caller};
use crate::refusal::Refusal;
use crate::snapshot::Snapshot;

/// What a caller must bring.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Nothing: files that a page loads with plain tags.
    Nothing,
    /// Not be a browser that hides its origin.
    NoTag,
    /// A session token.
    Token,
    /// A session token, also where a provider's SDK puts its key.
    TokenAsKey,
    /// A session token, expired or not.
    TokenOfAnyAge,
}

/// A request that passed the gate.
pub(crate) struct Visit {
    pub(crate) shared: Arc<Shared>,
    pub(crate) snapshot: Arc<Snapshot>,
    pub(crate) arrival: Arrival,
    /// The origin of this proxy's own pages, as the caller names it.
    pub(crate) own: String,
    pub(crate) caller: Caller,
    /// Present wherever the route needs a token.
    pub(crate) admitted: Option<Admitted>,
    pub(crate) request: Request<Incoming>,
}

pub(crate) type Answer = Pin<Box<dyn Future<Output = Result<Response<Body>, Refusal>> + Send>>;

/// A route.
pub(crate) struct Route {
    pub(crate) need: Need,
    pub(crate) answer: fn(Visit) -> Answer,
}

macro_rules! route {
    ($need:ident, $handler:path) => {
        Route { need: Need::$need, answer: |visit| Box::pin($handler(visit)) }
    };
}

const CHAT_COMPLETIONS: &str = "/v1/chat/completions";
const MODELS: &str = "/v1/models";

pub(crate) use pass_through::passes_up;

/// Whether clients of a path expect errors in OpenAI's shape.
pub(crate) fn speaks_openai(path: &str) -> bool {
    matches!(path, CHAT_COMPLETIONS | MODELS)
}

/// The route for a method and path, or why there is none.
pub(crate) fn find(method: &Method, path: &str) -> Result<Route, Cause> {
    let (takes, route) = match path {
        "/healthz" => (Method::GET, route!(NoTag, health::answer)),
        "/loginV2" => (Method::POST, route!(NoTag, login::log_in)),
        "/refreshV2" => (Method::POST, route!(TokenOfAnyAge, login::refresh)),
        "/demo/session" => (Method::POST, route!(NoTag, demo::session)),
        "/v1/session" => (Method::GET, route!(Token, session::answer)),
        "/v1/ai/text" => (Method::POST, route!(Token, text::answer)),
        "/v1/ai/metadata" => (Method::POST, route!(Token, details::metadata)),
        "/v1/ai/summary" => (Method::POST, route!(Token, details::summary)),
        "/v1/ai/sms" => (Method::POST, route!(Token, details::sms)),
        "/v1/ai/alt-text" => (Method::POST, route!(Token, alt_text::answer)),
        "/v1/ai/images" => (Method::POST, route!(Token, images::answer)),
        "/v1/ai/translate" => (Method::POST, route!(Token, translate::answer)),
        "/v1/agent/chat" => (Method::POST, route!(Token, agent::answer)),
        CHAT_COMPLETIONS => (Method::POST, route!(TokenAsKey, chat_completions::answer)),
        MODELS => (Method::GET, route!(TokenAsKey, chat_completions::models)),
        _ if path.starts_with("/providers/") => {
            let takes = if pass_through::takes(method) { method.clone() } else { Method::POST };
            (takes, route!(TokenAsKey, pass_through::answer))
        }
        // An `<img>` sends no header: the id in the path is what opens a file.
        _ if path.starts_with("/v1/files/") => (Method::GET, route!(Nothing, images::file)),
        _ if path == "/demo" || path.starts_with("/demo/") || path.starts_with("/sdk/") => {
            (Method::GET, route!(Nothing, files::answer))
        }
        _ => return Err(Cause::RouteUnknown),
    };
    if *method == takes { Ok(route) } else { Err(Cause::MethodNotAllowed) }
}
