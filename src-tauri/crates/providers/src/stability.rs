//! Stability AI: makes pictures. The stable-image API (core, ultra, sd3.5) by default, and SDXL's v1, Beefree's choice.
//!
//! Facts: Stability's own descriptions, `openapi-v2beta-generate.trimmed.json` and `openapi-v1.json`.

mod form;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::Cause;
use domain::addons::Capability;
use domain::addons::ai_image_generation::{AspectRatio, ImageRequest};
use serde::{Deserialize, Serialize};

use crate::adapter::{
    Adapter, BASE_URL, Descriptor, Drawer, Field, KeyRule, MODEL, Metered, ModelChoice, PassRoute, Price,
    Probed, UpstreamDrawing, Way,
};
use crate::failure::{Complaint, Words, by_status, without_complaint};
use crate::faults::{self, Refusals};
use crate::request::{Auth, Target, UpstreamRequest};

/// The adapter.
pub(crate) struct Stability;

const DEFAULT_MODEL: &str = "core";
const SDXL: &str = "stable-diffusion-xl-1024-v1-0";
const SEED_MAX: u64 = 4_294_967_294;
/// v1 refuses longer prompts; SDXL itself reads the first 77 tokens of each.
const SDXL_PROMPT_MAX: usize = 2_000;

const fn model(id: &'static str, note: &'static str, dollars: f64) -> ModelChoice {
    ModelChoice { id, note, price: Some(Price::Image(dollars)) }
}

static DESCRIPTOR: Descriptor = Descriptor {
    kind: "stability",
    title: "Stability AI",
    key: KeyRule::Required,
    base_url: "https://api.stability.ai",
    fields: &[Field { hint: "What draws; prices differ.", ..MODEL }, BASE_URL],
    // A credit is one cent; credits are the descriptions' own.
    models: &[
        model(DEFAULT_MODEL, "fast, 3 credits", 0.03),
        model("ultra", "best, 8 credits", 0.08),
        model("sd3.5-large", "6.5 credits", 0.065),
        model("sd3.5-large-turbo", "4 credits", 0.04),
        model("sd3.5-medium", "3.5 credits", 0.035),
        ModelChoice { id: SDXL, note: "Beefree's choice; takes CFG and steps", price: None },
    ],
    default_model: Some(DEFAULT_MODEL),
    retired: &[],
    capabilities: &[Capability::Drawing],
    key_hint: "begins with sk-",
    key_pattern: "^sk-[A-Za-z0-9]{32,}$",
    key_url: "https://platform.stability.ai/account/keys",
    local: false,
};

/// `name` of both APIs' error bodies.
const WORDS: Words = &[
    ("unauthorized", Cause::KeyRejected),
    ("permission_denied", Cause::PermissionDenied),
    ("payment_required", Cause::QuotaExhausted),
    ("insufficient_balance", Cause::QuotaExhausted),
    ("content_moderation", Cause::ContentFiltered),
    ("invalid_prompts", Cause::ContentFiltered),
    ("public_figure", Cause::ContentFiltered),
    ("invalid_language", Cause::LanguageUnsupported),
    ("rate_limit_exceeded", Cause::RateLimited),
    ("not_found", Cause::ModelUnknown),
    ("payload_too_large", Cause::UpstreamRejected),
    ("internal_error", Cause::UpstreamError),
];

impl Adapter for Stability {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn auth(&self) -> Auth {
        Auth::Bearer
    }

    fn drawing(&self) -> Option<Drawer<'_>> {
        Some(Way::Upstream(self))
    }

    fn probe(&self, target: &Target<'_>) -> Option<UpstreamRequest> {
        Some(UpstreamRequest::get(target.base_url.join(&["v1", "user", "balance"]), Auth::Bearer))
    }

    fn read_probe(&self, body: &[u8]) -> Probed {
        #[derive(Deserialize)]
        struct Balance {
            credits: f64,
        }
        let balance: Option<Balance> = serde_json::from_slice(body).ok();
        // Whole credits: a fraction of one buys nothing.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what fits")]
        let left = balance.map(|balance| balance.credits.clamp(0.0, 1e15) as u64);
        Probed { models: None, left }
    }

    fn read_failure(&self, status: u16, body: &[u8]) -> Cause {
        match Complaint::read(body) {
            Some(complaint) if status >= 400 => complaint.by_word(WORDS).unwrap_or(match status {
                // Moderation, says the description; a key's own 403 is `permission_denied`.
                403 => Cause::ContentFiltered,
                _ => by_status(status),
            }),
            _ => without_complaint(status),
        }
    }

    fn refusals(&self) -> Refusals {
        faults::STABILITY
    }

    fn pass_routes(&self) -> &'static [PassRoute] {
        const ROUTES: &[PassRoute] = &[
            PassRoute { method: "POST", path: "v2beta/stable-image/generate/core", meter: Metered::Images },
            PassRoute { method: "POST", path: "v2beta/stable-image/generate/ultra", meter: Metered::Images },
            PassRoute { method: "POST", path: "v2beta/stable-image/generate/sd3", meter: Metered::Images },
            PassRoute { method: "POST", path: "v1/generation/*/text-to-image", meter: Metered::Images },
            PassRoute { method: "GET", path: "v1/engines/list", meter: Metered::Nothing },
            PassRoute { method: "GET", path: "v1/user/balance", meter: Metered::Nothing },
        ];
        ROUTES
    }
}

/// v1's body.
#[derive(Serialize)]
struct Sdxl<'a> {
    text_prompts: Vec<Weighted<'a>>,
    width: u32,
    height: u32,
    samples: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    cfg_scale: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    style_preset: Option<&'a str>,
}

#[derive(Serialize)]
struct Weighted<'a> {
    text: &'a str,
    weight: f32,
}

/// The seed of an order's `nth` picture. After the largest comes 1: to Stability 0 is no seed but a wish for any.
fn seed(order: &ImageRequest, nth: u32) -> Option<u64> {
    let sum = u64::from(order.seed?) + u64::from(nth);
    Some(if sum > SEED_MAX { sum - SEED_MAX } else { sum })
}

fn negative(order: &ImageRequest) -> Option<&str> {
    order.negative_prompt.as_deref().filter(|text| !text.trim().is_empty())
}

/// As much of a prompt as v1 takes.
fn beginning(text: &str) -> &str {
    text.char_indices().nth(SDXL_PROMPT_MAX).map_or(text, |(end, _)| &text[..end])
}

fn sdxl(target: &Target<'_>, model: &str, order: &ImageRequest, nth: u32) -> UpstreamRequest {
    // The sizes SDXL was trained on, nearest to the ratio.
    let (width, height) = match order.aspect_ratio {
        AspectRatio::Square => (1024, 1024),
        AspectRatio::FourToThree => (1152, 896),
        AspectRatio::ThreeToTwo => (1216, 832),
        AspectRatio::Wide => (1344, 768),
    };
    let positive = Weighted { text: beginning(&order.prompt), weight: 1.0 };
    let negative = negative(order).map(|text| Weighted { text: beginning(text), weight: -1.0 });
    let body = Sdxl {
        text_prompts: std::iter::once(positive).chain(negative).collect(),
        width,
        height,
        samples: 1,
        cfg_scale: order.cfg_scale,
        steps: order.steps,
        seed: seed(order, nth),
        style_preset: order.style.as_deref(),
    };
    let url = target.base_url.join(&["v1", "generation", model, "text-to-image"]);
    UpstreamRequest::post(url, Auth::Bearer, &body, false)
}

fn stable_image(target: &Target<'_>, model: &str, order: &ImageRequest, nth: u32) -> UpstreamRequest {
    let endpoint = if model.starts_with("sd3") { "sd3" } else { model };
    // Beefree's 4:3 is none of Stability's; 5:4 is the nearest.
    let ratio = match order.aspect_ratio {
        AspectRatio::Square => "1:1",
        AspectRatio::FourToThree => "5:4",
        AspectRatio::ThreeToTwo => "3:2",
        AspectRatio::Wide => "16:9",
    };
    let mut form = form::Form::new(&order.prompt);
    form.field("prompt", &order.prompt).field("aspect_ratio", ratio).field("output_format", "png");
    if let Some(negative) = negative(order) {
        form.field("negative_prompt", negative);
    }
    if let Some(seed) = seed(order, nth) {
        form.field("seed", &seed.to_string());
    }
    if let Some(style) = &order.style {
        form.field("style_preset", style);
    }
    if endpoint == "sd3" {
        form.field("model", model);
        if let Some(scale) = order.cfg_scale {
            form.field("cfg_scale", &scale.clamp(1.0, 10.0).to_string());
        }
    }
    let (kind, body) = form.finish();
    let url = target.base_url.join(&["v2beta", "stable-image", "generate", endpoint]);
    UpstreamRequest::post_bytes(url, Auth::Bearer, kind, body)
}

/// A reply of either API.
#[derive(Deserialize)]
struct Reply {
    #[serde(default)]
    image: Option<String>,
    #[serde(default)]
    artifacts: Vec<Artifact>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    base64: String,
    #[serde(default)]
    finish_reason: Option<String>,
}

impl UpstreamDrawing for Stability {
    fn model<'t>(&self, target: &Target<'t>) -> &'t str {
        target.model.map_or(DEFAULT_MODEL, domain::Model::as_str)
    }

    fn request(&self, target: &Target<'_>, order: &ImageRequest, nth: u32) -> UpstreamRequest {
        let model = self.model(target);
        let is_v1 = model.starts_with("stable-diffusion");
        if is_v1 { sdxl(target, model, order, nth) } else { stable_image(target, model, order, nth) }
    }

    /// A picture that was blurred because of its content comes with a 200; it is shown, as Stability asks.
    fn read_reply(&self, body: &[u8]) -> Result<Vec<u8>, Cause> {
        let reply: Reply = serde_json::from_slice(body).map_err(|_| Cause::ReplyInvalid)?;
        let artifact = reply.artifacts.into_iter().next();
        if artifact.as_ref().is_some_and(|artifact| artifact.finish_reason.as_deref() == Some("ERROR")) {
            return Err(Cause::UpstreamError);
        }
        let text = reply.image.or(artifact.map(|artifact| artifact.base64)).ok_or(Cause::ReplyInvalid)?;
        STANDARD.decode(text).map_err(|_| Cause::ReplyInvalid)
    }
}
