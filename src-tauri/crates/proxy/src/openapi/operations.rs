//! Every operation: what it takes, gives and refuses with. One entry for each method of each row of `routes::ROUTES`;
//! tests compare the two.

use domain::Cause;
use domain::addons::ai_agent::ChatRequest;
use domain::addons::ai_alt_text::AltTextRequest;
use domain::addons::ai_image_generation::ImageRequest;
use domain::addons::ai_integration::WritingRequest;
use domain::addons::ai_translation::TranslateRequest;
use domain::addons::digest::DigestRequest;
use domain::addons::metadata::MetadataRequest;
use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::causes::{ADDON, BODY, KEY, LIMITS, UNREACHED};
use super::pictures::*;
use super::replies::*;
use crate::body::{TEMPLATE_BODY_MAX, TEXT_BODY_MAX};
use crate::routes::demo::Redeem;
use crate::routes::login::{Login, PageLogin};
use crate::routes::{alt_text, chat_completions, pass_through};

/// Makes a type's schema, or a reference to it.
pub(super) type Make = fn(&mut SchemaGenerator) -> Schema;

/// A request body.
pub(super) enum Takes {
    /// Nothing.
    Nothing,
    /// JSON of at most so many bytes.
    Json(Make, usize),
    /// Any JSON object of at most so many bytes, described elsewhere.
    Foreign(&'static str, usize),
    /// Whatever the provider's API takes, of at most so many bytes.
    Bytes(usize),
}

/// A good reply.
pub(super) enum Gives {
    /// JSON.
    Json(Make),
    /// Server-sent events, by name; without a name where the protocol has none.
    Events(&'static [(&'static str, Make)]),
    /// A file of one of these types.
    File(&'static [&'static str]),
    /// Prometheus text.
    Metrics,
    /// Another address.
    Redirect,
    /// The provider's own reply.
    Foreign,
}

/// One method of one path.
pub(super) struct Operation {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) id: &'static str,
    pub(super) about: &'static str,
    pub(super) takes: Takes,
    pub(super) gives: &'static [Gives],
    /// Causes beside the gate's and the token's.
    pub(super) fails: &'static [&'static [Cause]],
    /// Whether it asks a provider, with all that can come of it.
    pub(super) asks: bool,
}

fn of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

const fn get(path: &'static str, id: &'static str, about: &'static str) -> Operation {
    let (takes, gives, fails) = (Takes::Nothing, &[] as &[Gives], &[] as &[&[Cause]]);
    Operation { method: "get", path, id, about, takes, gives, fails, asks: false }
}

const fn post(path: &'static str, id: &'static str, about: &'static str) -> Operation {
    Operation { method: "post", ..get(path, id, about) }
}

impl Operation {
    const fn takes(self, takes: Takes) -> Self {
        Self { takes, ..self }
    }

    const fn gives(self, gives: &'static [Gives]) -> Self {
        Self { gives, ..self }
    }

    const fn fails(self, fails: &'static [&'static [Cause]]) -> Self {
        Self { fails, ..self }
    }

    const fn asks(self) -> Self {
        Self { asks: true, ..self }
    }
}

const PASS: &str = "/providers/{name}/{path}";
const PASS_ABOUT: &str = "A provider's own API, for its official SDK with only base URL and key changed: `name` is the provider's \
     name, `path` any path of its table (docs/sdks.md). Body and status pass unchanged both ways, headers by a list of \
     names; refusals by the provider come in its own shape, with the key cut out and `x-addon-console-error: upstream`.";
const PASS_CAUSES: &[&[Cause]] = &[
    &[Cause::BodyInvalid, Cause::BodyTooLarge, Cause::BodyTimeout],
    &[Cause::ProviderUnknown, Cause::ProviderOff, Cause::PathNotOffered],
    LIMITS,
    KEY,
    UNREACHED,
];
const TEMPLATE: &[Cause] = &[Cause::TemplateInvalid];
const PICTURES: &[&str] = &["image/png", "image/jpeg", "image/gif", "image/webp"];

/// All of them, in the order of the routes.
pub(super) static OPERATIONS: &[Operation] = &[
    get("/healthz", "health", "That the proxy is here.").gives(&[Gives::Json(of::<Health>)]),
    get(
        "/metrics",
        "metrics",
        "Counts for Prometheus; off until switched on in the console. No end user, no address, \
         no key.",
    )
    .gives(&[Gives::Metrics])
    .fails(&[&[Cause::MetricsOff]]),
    post(
        "/loginV2",
        "logIn",
        "Logs an end user in, for the host app's back end; after a secret is regenerated the \
         old one works for 24 hours.",
    )
    .takes(Takes::Json(of::<Login>, TEXT_BODY_MAX))
    .gives(&[Gives::Json(of::<Token>)])
    .fails(&[BODY, &[Cause::UidInvalid, Cause::LoginRefused, Cause::ApplicationDisabled]]),
    post("/refreshV2", "refresh", "A new token for one that has expired, while its session is not over.")
        .gives(&[Gives::Json(of::<Token>)]),
    post(
        "/proxy/bee-auth",
        "logInFromPage",
        "Logs an end user in from a page of an allowed origin, with no secret: in place of the auth server of \
         Beefree's quick starts. Off until switched on for the application.",
    )
    .takes(Takes::Json(of::<PageLogin>, TEXT_BODY_MAX))
    .gives(&[Gives::Json(of::<Token>)])
    .fails(&[BODY, &[Cause::UidInvalid, Cause::BeeAuthOff, Cause::ApplicationDisabled]]),
    post(
        "/demo/session",
        "openDemo",
        "Turns the one-time code of a demo link into a token; for the demo page alone.",
    )
    .takes(Takes::Json(of::<Redeem>, TEXT_BODY_MAX))
    .gives(&[Gives::Json(of::<Token>)])
    .fails(&[BODY, &[Cause::DemoCodeUsed]]),
    get("/v1/session", "session", "The application, its AddOns and the end user; no secret.")
        .gives(&[Gives::Json(of::<Session>)]),
    post(
        "/v1/ai/text",
        "writeText",
        "AI Writing Assistant: text for a block; with `Accept: text/event-stream` piece by \
         piece.",
    )
    .takes(Takes::Json(of::<WritingRequest>, TEXT_BODY_MAX))
    .gives(&[
        Gives::Json(of::<Text>),
        Gives::Events(&[
            ("start", of::<TextStart>),
            ("delta", of::<TextDelta>),
            ("usage", of::<Usage>),
            ("done", of::<Text>),
            ("error", of::<Error>),
        ]),
    ])
    .fails(&[BODY, ADDON, LIMITS, KEY])
    .asks(),
    post("/v1/ai/metadata", "writeMetadata", "Subject, preheader, title and description of a template.")
        .takes(Takes::Json(of::<MetadataRequest>, TEMPLATE_BODY_MAX))
        .gives(&[Gives::Json(of::<Metadata>)])
        .fails(&[BODY, ADDON, LIMITS, TEMPLATE, KEY])
        .asks(),
    post("/v1/ai/summary", "summarise", "A template in a few sentences.")
        .takes(Takes::Json(of::<DigestRequest>, TEMPLATE_BODY_MAX))
        .gives(&[Gives::Json(of::<Summary>)])
        .fails(&[BODY, ADDON, LIMITS, TEMPLATE, KEY])
        .asks(),
    post("/v1/ai/sms", "writeSms", "A template as one text message.")
        .takes(Takes::Json(of::<DigestRequest>, TEMPLATE_BODY_MAX))
        .gives(&[Gives::Json(of::<Sms>)])
        .fails(&[BODY, ADDON, LIMITS, TEMPLATE, KEY])
        .asks(),
    post(
        "/v1/ai/alt-text",
        "describeImages",
        "Alternate text for images; an image that cannot be described is an entry with `error`, \
         not a failed call. With `Accept: text/event-stream` each as it is done.",
    )
    .takes(Takes::Json(of::<AltTextRequest>, alt_text::BODY_MAX))
    .gives(&[
        Gives::Json(of::<AltTexts>),
        Gives::Events(&[
            ("start", of::<AltTextStart>),
            ("result", of::<AltTextProgress>),
            ("done", of::<AltTexts>),
            ("error", of::<Error>),
        ]),
    ])
    .fails(&[BODY, ADDON, LIMITS, &[Cause::ImageUnreachable, Cause::ImageUnsupported], KEY])
    .asks(),
    post("/v1/ai/images", "drawImages", "Pictures from words, as addresses on this proxy.")
        .takes(Takes::Json(of::<ImageRequest>, TEXT_BODY_MAX))
        .gives(&[Gives::Json(of::<Images>)])
        .fails(&[BODY, ADDON, LIMITS, KEY])
        .asks(),
    post(
        "/v1/ai/translate",
        "translate",
        "Every text of a template, or texts, in another language. Errors carry Beefree's \
         numbers 6050 to 6350.",
    )
    .takes(Takes::Json(of::<TranslateRequest>, TEMPLATE_BODY_MAX))
    .gives(&[Gives::Json(of::<Translation>)])
    .fails(&[BODY, ADDON, LIMITS, TEMPLATE, &[Cause::TranslationFailed, Cause::LanguageUnsupported], KEY])
    .asks(),
    post(
        "/v1/agent/chat",
        "chat",
        "AI Co-Pilot: a chat about a template, as the Vercel AI SDK's UI message stream, closed \
         by `data: [DONE]`.",
    )
    .takes(Takes::Json(of::<ChatRequest>, TEMPLATE_BODY_MAX))
    .gives(&[Gives::Events(&[("", of::<ChatPart>)])])
    .fails(&[BODY, ADDON, LIMITS, TEMPLATE, KEY])
    .asks(),
    post(
        "/v1/chat/completions",
        "completeChat",
        "OpenAI's chat completions in front of the application's writing provider, whatever its \
         own dialect. `model`: `default`, or absent, stands for the provider's.",
    )
    .takes(Takes::Foreign("OpenAI's request body.", chat_completions::BODY_MAX))
    .gives(&[Gives::Json(of::<Completion>), Gives::Events(&[("", of::<Completion>)])])
    .fails(&[BODY, ADDON, LIMITS, &[Cause::NotSupported], KEY])
    .asks(),
    get("/v1/models", "listModels", "The models of the AI Writing Assistant's providers, in OpenAI's shape.")
        .gives(&[Gives::Json(of::<Models>)])
        .fails(&[&[Cause::AddOnUnknown, Cause::AddOnDisabled]]),
    get(PASS, "passGet", PASS_ABOUT).gives(&[Gives::Foreign]).fails(PASS_CAUSES),
    post(PASS, "passPost", PASS_ABOUT)
        .takes(Takes::Bytes(pass_through::BODY_MAX))
        .gives(&[Gives::Foreign])
        .fails(PASS_CAUSES),
    Operation {
        method: "delete",
        ..get(PASS, "passDelete", PASS_ABOUT).gives(&[Gives::Foreign]).fails(PASS_CAUSES)
    },
    get(
        "/v1/files/{id}/{folder}/{file}",
        "file",
        "A generated image. Whoever knows its id may read it: an `<img>` sends no token.",
    )
    .gives(&[Gives::File(PICTURES)])
    .fails(&[&[Cause::FileUnknown]]),
    get("/demo", "demo", "Leads to `/demo/`.").gives(&[Gives::Redirect]),
    get("/demo/{file}", "demoFile", "The demo host page; `/demo/` is its start.")
        .gives(&[Gives::File(&["text/html", "text/css", "text/javascript"])])
        .fails(&[&[Cause::RouteUnknown]]),
    get("/sdk/{file}", "sdkFile", "The AddOn SDK, such as `ha-addon.js`.")
        .gives(&[Gives::File(&["text/javascript"])])
        .fails(&[&[Cause::RouteUnknown]]),
    get(
        "/plugin/v2/BeePlugin.js",
        "beePlugin",
        "The stand-in for Beefree's plugin: a host app on `@beefree.io/sdk` sets `beePluginUrl` to it.",
    )
    .gives(&[Gives::File(&["text/javascript"])]),
];
