//! OpenAI's image generation. Knows no key and no error word.
//!
//! Facts: `POST /images/generations` of OpenAI's API description. GPT image models always answer in base64 and refuse
//! `response_format` (recorded).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::Cause;
use domain::addons::ai_image_generation::{AspectRatio, ImageRequest};
use serde::{Deserialize, Serialize};

use crate::adapter::UpstreamDrawing;
use crate::request::{Auth, Target, UpstreamRequest};

/// Named always: the API's own default is still a retired model.
pub(super) const DEFAULT_MODEL: &str = "gpt-image-2";

/// The drawing half of the adapter.
pub(super) struct Images;

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    prompt: String,
    size: &'static str,
    n: u8,
}

#[derive(Deserialize)]
struct Reply {
    data: Vec<Picture>,
}

#[derive(Deserialize)]
struct Picture {
    b64_json: String,
}

/// These models take words only: style and what to leave out are said in the prompt. A seed has no place.
fn prompt(order: &ImageRequest) -> String {
    let mut prompt = order.prompt.clone();
    if let Some(style) = &order.style {
        prompt.push_str(&format!("\nStyle: {}.", style.replace('-', " ")));
    }
    if let Some(negative) = order.negative_prompt.as_deref().filter(|text| !text.trim().is_empty()) {
        prompt.push_str("\nDo not show: ");
        prompt.push_str(negative);
    }
    prompt
}

impl UpstreamDrawing for Images {
    fn model<'t>(&self, target: &Target<'t>) -> &'t str {
        target.options.get("image-model").unwrap_or(DEFAULT_MODEL)
    }

    fn request(&self, target: &Target<'_>, order: &ImageRequest, _: u32) -> UpstreamRequest {
        let body = Body {
            model: self.model(target),
            prompt: prompt(order),
            // The sizes every GPT image model has; the nearest to the ratio.
            size: match order.aspect_ratio {
                AspectRatio::Square => "1024x1024",
                AspectRatio::FourToThree | AspectRatio::ThreeToTwo | AspectRatio::Wide => "1536x1024",
            },
            n: 1,
        };
        UpstreamRequest::post(target.base_url.join(&["images", "generations"]), Auth::Bearer, &body, false)
    }

    fn read_reply(&self, body: &[u8]) -> Result<Vec<u8>, Cause> {
        let reply: Reply = serde_json::from_slice(body).map_err(|_| Cause::ReplyInvalid)?;
        let first = reply.data.into_iter().next().ok_or(Cause::ReplyInvalid)?;
        STANDARD.decode(first.b64_json).map_err(|_| Cause::ReplyInvalid)
    }
}
