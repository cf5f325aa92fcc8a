//! Which route takes a request, and what it needs of the caller. One file per route, one line each here.

mod addon;
mod agent;
pub(crate) mod alt_text;
pub(crate) mod chat_completions;
pub(crate) mod demo;
mod details;
mod files;
mod health;
mod images;
pub(crate) mod login;
mod metrics;
pub(crate) mod pass_through;
mod session;
mod template;
mod text;
pub(crate) mod translate;
pub(crate) mod writing;

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

/// Which paths a route takes.
#[derive(Debug)]
pub(crate) enum Path {
    /// This one.
    At(&'static str),
    /// Every path that begins so.
    Below(&'static str),
}

impl Path {
    pub(crate) fn takes(&self, path: &str) -> bool {
        match self {
            Self::At(own) => path == *own,
            Self::Below(start) => path.starts_with(start),
        }
    }
}

/// A route.
pub(crate) struct Route {
    pub(crate) path: Path,
    pub(crate) methods: &'static [Method],
    pub(crate) need: Need,
    pub(crate) answer: fn(Visit) -> Answer,
}

macro_rules! route {
    ([$($method:ident),*] $path:expr, $need:ident, $handler:path) => {
        Route {
            path: $path,
            methods: &[$(Method::$method),*],
            need: Need::$need,
            answer: |visit| Box::pin($handler(visit)),
        }
    };
}

const CHAT_COMPLETIONS: &str = "/v1/chat/completions";
const MODELS: &str = "/v1/models";

/// Every route. What each takes and gives is written down in `crate::openapi`.
pub(crate) static ROUTES: &[Route] = &[
    route!([GET] Path::At("/healthz"), NoTag, health::answer),
    route!([GET] Path::At("/metrics"), NoTag, metrics::answer),
    route!([POST] Path::At("/loginV2"), NoTag, login::log_in),
    route!([POST] Path::At("/refreshV2"), TokenOfAnyAge, login::refresh),
    route!([POST] Path::At("/proxy/bee-auth"), NoTag, login::bee_auth),
    route!([POST] Path::At("/demo/session"), NoTag, demo::session),
    route!([GET] Path::At("/v1/session"), Token, session::answer),
    route!([POST] Path::At("/v1/ai/text"), Token, text::answer),
    route!([POST] Path::At("/v1/ai/metadata"), Token, details::metadata),
    route!([POST] Path::At("/v1/ai/summary"), Token, details::summary),
    route!([POST] Path::At("/v1/ai/sms"), Token, details::sms),
    route!([POST] Path::At("/v1/ai/alt-text"), Token, alt_text::answer),
    route!([POST] Path::At("/v1/ai/images"), Token, images::answer),
    route!([POST] Path::At("/v1/ai/translate"), Token, translate::answer),
    route!([POST] Path::At("/v1/agent/chat"), Token, agent::answer),
    route!([POST] Path::At(CHAT_COMPLETIONS), TokenAsKey, chat_completions::answer),
    route!([GET] Path::At(MODELS), TokenAsKey, chat_completions::models),
    route!([GET, POST, DELETE] Path::Below("/providers/"), TokenAsKey, pass_through::answer),
    // An `<img>` sends no header: the id in the path is what opens a file.
    route!([GET] Path::Below("/v1/files/"), Nothing, images::file),
    route!([GET] Path::At("/demo"), Nothing, files::answer),
    route!([GET] Path::Below("/demo/"), Nothing, files::answer),
    route!([GET] Path::Below("/sdk/"), Nothing, files::answer),
    route!([GET] Path::At(files::PLUGIN), Nothing, files::answer),
];

pub(crate) use pass_through::{passes_down, passes_up};

/// Whether clients of a path expect errors in OpenAI's shape.
pub(crate) fn speaks_openai(path: &str) -> bool {
    matches!(path, CHAT_COMPLETIONS | MODELS)
}

/// The route for a method and path, or why there is none.
pub(crate) fn find(method: &Method, path: &str) -> Result<&'static Route, Cause> {
    let route = ROUTES.iter().find(|route| route.path.takes(path)).ok_or(Cause::RouteUnknown)?;
    if route.methods.contains(method) { Ok(route) } else { Err(Cause::MethodNotAllowed) }
}
