//! Azure AI Vision, Image Analysis 4.0: describes pictures and reads the text in them. Writes nothing else.
//!
//! Facts: `imageanalysis-2023-10-01.swagger.json`. Captions are English, and not offered in every region. The service
//! is retired on 2028-09-25 (Microsoft Q&A).

use domain::Cause;
use domain::addons::Capability;
use domain::writing::Picture;
use http::{HeaderName, HeaderValue};
use serde::Deserialize;
use url::Url;

use crate::adapter::{
    Adapter, Captioner, Descriptor, Field, KeyRule, Metered, PassRoute, Pasted, UpstreamCaptioning,
    base_url_field,
};
use crate::failure::{Complaint, Words, without_complaint};
use crate::faults::{self, Refusals};
use crate::request::{Auth, Target, UpstreamRequest};

/// The adapter.
pub(crate) struct AzureVision;

const KEY_HEADER: HeaderName = HeaderName::from_static("ocp-apim-subscription-key");
const VERSION: &str = "2023-10-01";
const FEATURES: &str = "features";
/// Below this a caption says less than the text in the picture (the service's own confidence, 0 to 1).
const SURE: f64 = 0.5;

static DESCRIPTOR: Descriptor = Descriptor {
    kind: "azure-vision",
    title: "Azure AI Vision",
    key: KeyRule::Required,
    base_url: "",
    fields: &[
        base_url_field(
            "Endpoint",
            "The resource's address. A new resource can take 15 minutes.",
            "https://my-resource.cognitiveservices.azure.com",
        ),
        Field {
            name: FEATURES,
            label: "Features",
            hint: "caption, denseCaptions, read: each is one transaction per image. Captions only in some regions; read everywhere.",
            placeholder: "caption",
            required: false,
        },
    ],
    models: &[],
    default_model: None,
    retired: &[],
    capabilities: &[Capability::Captioning],
    key_hint: "has 32 or 84 letters and digits",
    key_pattern: "^([A-Fa-f0-9]{32}|[A-Za-z0-9]{84})$",
    key_url: "https://portal.azure.com",
    local: false,
};

/// `error.innererror.code` and `error.code`.
const WORDS: Words = &[
    ("InvalidImageSize", Cause::ImageRejected),
    ("InvalidImageFormat", Cause::ImageRejected),
    ("InvalidImageUrl", Cause::ImageRejected),
    ("NotSupportedImage", Cause::ImageRejected),
    ("UnsupportedMediaType", Cause::ImageRejected),
    ("InvalidImageContent", Cause::ImageRejected),
    ("401", Cause::KeyRejected),
    ("404", Cause::EndpointUnknown),
    ("429", Cause::RateLimited),
    ("InternalServerError", Cause::UpstreamError),
];

/// The region's refusal names the feature, not a code of its own (Microsoft Q&A).
const PHRASES: Words = &[
    ("not supported in this region", Cause::RegionUnsupported),
    ("not supported in region", Cause::RegionUnsupported),
    ("quota", Cause::QuotaExhausted),
    ("image dimension", Cause::ImageRejected),
    ("image size", Cause::ImageRejected),
    ("api version", Cause::EndpointUnknown),
];

/// What a status means by itself: the image is all a request holds, and there is no model to be unknown.
fn without_word(status: u16) -> Cause {
    if matches!(status, 413 | 415) { Cause::ImageRejected } else { without_complaint(status) }
}

fn analyze_url(target: &Target<'_>, features: &str) -> Url {
    let mut url = target.base_url.join(&["computervision", "imageanalysis:analyze"]);
    // By hand: the service's own client leaves the commas as they are.
    let features: String = features.chars().filter(|c| c.is_ascii_alphanumeric() || *c == ',').collect();
    url.set_query(Some(&format!("api-version={VERSION}&features={features}")));
    url
}

fn post(target: &Target<'_>, features: &str, body: Vec<u8>) -> UpstreamRequest {
    let kind = HeaderValue::from_static("application/octet-stream");
    UpstreamRequest::post_bytes(analyze_url(target, features), Auth::Header(KEY_HEADER), kind, body.into())
}

impl Adapter for AzureVision {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn auth(&self) -> Auth {
        Auth::Header(KEY_HEADER)
    }

    fn captioning(&self) -> Option<Captioner<'_>> {
        Some(Captioner::Upstream(self))
    }

    /// There is no free question: an image of no bytes is refused without being analysed, after the key was read.
    fn probe(&self, target: &Target<'_>) -> Option<UpstreamRequest> {
        Some(post(target, "read", Vec::new()))
    }

    fn read_failure(&self, status: u16, body: &[u8]) -> Cause {
        match Complaint::read(body) {
            Some(complaint) if status >= 400 => {
                let known = complaint.by_phrase(PHRASES).or_else(|| complaint.by_word(WORDS));
                known.unwrap_or_else(|| without_word(status))
            }
            _ => without_word(status),
        }
    }

    fn refusals(&self) -> Refusals {
        faults::AZURE_VISION
    }

    fn pass_routes(&self) -> &'static [PassRoute] {
        const ROUTES: &[PassRoute] = &[PassRoute {
            method: "POST",
            path: "computervision/imageanalysis:analyze",
            meter: Metered::Images,
        }];
        ROUTES
    }

    /// The portal shows the endpoint; examples show the whole address.
    fn split_url(&self, typed: &str) -> Option<Pasted> {
        let mut url = Url::parse(typed.trim()).ok().filter(Url::has_host)?;
        let before = url.path().split("/computervision").next().unwrap_or_default().to_owned();
        let before = before.split("/vision/").next().unwrap_or_default().to_owned();
        url.set_path(&before);
        url.set_query(None);
        url.set_fragment(None);
        Some(Pasted {
            base_url: url.as_str().trim_end_matches('/').to_owned(),
            model: None,
            options: Vec::new(),
        })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Analysis {
    #[serde(default)]
    caption_result: Option<Caption>,
    #[serde(default)]
    dense_captions_result: Option<DenseCaptions>,
    #[serde(default)]
    read_result: Option<Read>,
}

#[derive(Deserialize)]
struct DenseCaptions {
    #[serde(default)]
    values: Vec<Caption>,
}

#[derive(Deserialize)]
struct Caption {
    text: String,
    #[serde(default)]
    confidence: f64,
}

#[derive(Deserialize)]
struct Read {
    #[serde(default)]
    blocks: Vec<Block>,
}

#[derive(Deserialize)]
struct Block {
    #[serde(default)]
    lines: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    text: String,
}

impl Analysis {
    /// The caption; without one, or with an unsure one, the text in the picture.
    fn alt(self) -> Option<String> {
        // The first dense caption is that of the whole image.
        let dense = self.dense_captions_result.and_then(|dense| dense.values.into_iter().next());
        let caption = self.caption_result.or(dense).filter(|caption| !caption.text.trim().is_empty());
        let lines = self.read_result.into_iter().flat_map(|read| read.blocks).flat_map(|block| block.lines);
        let text = lines.map(|line| line.text).collect::<Vec<_>>().join(" ");
        match caption {
            Some(caption) if text.is_empty() || caption.confidence >= SURE => Some(caption.text),
            Some(caption) => Some(format!("{}: {text}", caption.text)),
            None => (!text.is_empty()).then_some(text),
        }
    }
}

impl UpstreamCaptioning for AzureVision {
    fn request(&self, target: &Target<'_>, picture: &Picture) -> UpstreamRequest {
        let features = target.options.get(FEATURES).unwrap_or("caption");
        post(target, features, picture.bytes.to_vec())
    }

    fn read_reply(&self, body: &[u8]) -> Result<String, Cause> {
        let analysis: Analysis = serde_json::from_slice(body).map_err(|_| Cause::ReplyInvalid)?;
        analysis.alt().ok_or(Cause::ReplyInvalid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unsure_caption_is_helped_by_the_text() {
        let read = |json: &str| AzureVision.read_reply(json.as_bytes());
        let text = r#""readResult":{"blocks":[{"lines":[{"text":"SALE"},{"text":"50 %"}]}]}"#;
        let sure = format!(r#"{{"captionResult":{{"text":"a sign","confidence":0.9}},{text}}}"#);
        assert_eq!(read(&sure).unwrap(), "a sign");
        let unsure = format!(r#"{{"captionResult":{{"text":"a sign","confidence":0.3}},{text}}}"#);
        assert_eq!(read(&unsure).unwrap(), "a sign: SALE 50 %");
        assert_eq!(read(&format!("{{{text}}}")).unwrap(), "SALE 50 %");
        let dense =
            r#"{"denseCaptionsResult":{"values":[{"text":"whole","confidence":0.8},{"text":"part"}]}}"#;
        assert_eq!(read(dense).unwrap(), "whole");
        assert!(read("{}").is_err());
    }

    #[test]
    fn a_whole_address_is_cut_to_the_endpoint() {
        let host = "https://res.cognitiveservices.azure.com";
        for typed in [
            host.to_owned(),
            format!("{host}/computervision/imageanalysis:analyze?api-version=2024-02-01&features=read"),
            format!("{host}/vision/v3.2/analyze"),
        ] {
            assert_eq!(AzureVision.split_url(&typed).unwrap().base_url, host);
        }
    }
}
