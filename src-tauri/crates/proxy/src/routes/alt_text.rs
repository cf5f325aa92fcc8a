//! `POST /v1/ai/alt-text`: alternate text for one image or many, as JSON or with progress as server-sent events:
//! `start`, `result`…, then `done` or `error`. A failed image is an entry, not a failed call; it is not counted.

use std::sync::Arc;

use domain::addons::ai_alt_text::{self, AltTextRequest, Image};
use domain::writing::{Picture, PictureKind};
use domain::{CallPhase, Cause, Party, Route};
use http::Response;
use http::header::{CONTENT_TYPE, HeaderValue};
use providers::{Captioner, Target};
use serde_json::{Value, json};

use super::addon::{Begun, Purpose, begin, fail};
use super::writing::stream::{Gone, Output};
use super::{Visit, session, writing};
use crate::asking::Asking;
use crate::body::{Body, channel, json_reply};
use crate::limits::Wanted;
use crate::picture;
use crate::refusal::Refusal;
use crate::snapshot::ProviderEntry;
use crate::upstream::{TEXT, refused_by};

/// 50 images inside the body, should all of them come so.
pub(crate) const BODY_MAX: usize = 24 * 1024 * 1024;

pub(crate) async fn answer(visit: Visit) -> Result<Response<Body>, Refusal> {
    let purpose = Purpose {
        route: Route::AltText,
        handle: ai_alt_text::DESCRIPTOR.handle,
        body_max: BODY_MAX,
        able: |entry| entry.adapter.captioning().is_some(),
    };
    let (body, mut begun) = begin::<AltTextRequest>(visit, purpose).await?;
    if let Err(rule) = body.check() {
        return Err(begun.invalid(rule));
    }
    if let Err(refusal) = hold(&mut begun, &body).await {
        return Err(fail(begun.call, refusal));
    }
    begun.call.reached(CallPhase::Admitted);
    let batch = Batch { results: Vec::new(), consumed: 0, by: None, stopped: None };
    if begun.streamed {
        return Ok(streamed(begun, body, batch));
    }
    let (begun, batch) = match run(begun, &body, batch, None).await {
        Ok(done) => done,
        // Only a stream has somebody who can leave in between.
        Err((begun, Gone)) => return Err(fail(begun.call, Cause::ClientGone.into())),
    };
    match batch.refusal() {
        Some(refusal) => Err(fail(begun.call, refusal)),
        None => {
            let reply = json_reply(&batch.reply())?;
            finish(begun, &batch);
            Ok(reply)
        }
    }
}

/// Holds units for every image of the batch.
async fn hold(begun: &mut Begun, body: &AltTextRequest) -> Result<(), Refusal> {
    let Begun { application, providers, uid, snapshot, call, .. } = begun;
    let wanted = || {
        let empty = Picture { kind: PictureKind::Png, bytes: Arc::from([]) };
        let conversation = ai_alt_text::conversation(empty, body.language.as_deref());
        Wanted::captions(&conversation, body.images.len() as u64, providers, &snapshot.prices)
    };
    call.reserve(application, uid, wanted).await
}

/// What has come of a batch so far.
struct Batch {
    results: Vec<Value>,
    consumed: u64,
    by: Option<Arc<ProviderEntry>>,
    /// Why no further image is tried: what stands in the way is not the image.
    stopped: Option<Refusal>,
}

impl Batch {
    fn reply(&self) -> Value {
        json!({
            "results": self.results,
            "consumedImages": self.consumed,
            "provider": self.by.as_ref().map(|entry| session::provider(entry)),
        })
    }

    /// The whole call's failure: nothing was described, and not because of the images.
    fn refusal(&self) -> Option<Refusal> {
        self.stopped.clone().filter(|_| self.consumed == 0)
    }
}

fn finish(mut begun: Begun, batch: &Batch) {
    begun.call.used_images(batch.consumed);
    begun.call.succeeded();
}

fn streamed(begun: Begun, body: AltTextRequest, batch: Batch) -> Response<Body> {
    let (pieces, reply) = channel();
    tokio::spawn(async move {
        let output = Output(pieces);
        // A batch whose reader has left goes no further than the image at hand.
        let Ok((begun, batch)) = run(begun, &body, batch, Some(&output)).await else { return };
        let _ = match batch.refusal() {
            Some(refusal) => {
                begun.call.failed(&refusal, true);
                output.send(event("error", &refusal.body())).await
            }
            None => {
                finish(begun, &batch);
                output.send(event("done", &batch.reply())).await
            }
        };
    });
    let mut response = Response::new(reply);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    response
}

fn event(name: &str, data: &Value) -> String {
    format!("event: {name}\ndata: {data}\n\n")
}

/// One image after the other: providers count calls a minute, and progress is in order.
async fn run(
    mut begun: Begun,
    body: &AltTextRequest,
    mut batch: Batch,
    output: Option<&Output>,
) -> Result<(Begun, Batch), (Begun, Gone)> {
    let total = body.images.len();
    let start =
        json!({ "total": total, "provider": begun.providers.first().map(|entry| session::provider(entry)) });
    if let Some(output) = output
        && let Err(gone) = output.send(event("start", &start)).await
    {
        return Err((begun, gone));
    }
    for (index, image) in body.images.iter().enumerate() {
        let outcome = match &batch.stopped {
            Some(refusal) => Err(refusal.clone()),
            None => describe(&mut begun, image, body.language.as_deref(), &mut batch.by).await,
        };
        batch.results.push(result(image, &outcome));
        match outcome {
            Ok(_) => {
                begun.call.made_image();
                batch.consumed += 1;
            }
            Err(refusal) if concerns_all(refusal.cause) => batch.stopped = Some(refusal),
            Err(_) => {}
        }
        if let (Some(output), Some(latest)) = (output, batch.results.last()) {
            let mut progress = latest.clone();
            progress["index"] = index.into();
            progress["done"] = (index + 1).into();
            progress["total"] = total.into();
            if let Err(gone) = output.send(event("result", &progress)).await {
                begun.call.used_images(batch.consumed);
                return Err((begun, gone));
            }
        }
    }
    Ok((begun, batch))
}

/// Whether the next image would fail for the same reason.
fn concerns_all(cause: Cause) -> bool {
    let about_the_image = matches!(
        cause,
        Cause::ImageUnreachable
            | Cause::ImageUnsupported
            | Cause::ImageRejected
            | Cause::ContentFiltered
            | Cause::ReplyInvalid
    );
    // As the gate says them, where they were provoked on purpose: the SDK renews its token by the reply's status.
    let about_the_session = matches!(cause, Cause::TokenExpired | Cause::SessionOver | Cause::FaultUnknown);
    about_the_session || (!about_the_image && (cause.party() == Party::Upstream || cause.status() == 503))
}

fn result(image: &Image, outcome: &Result<String, Refusal>) -> Value {
    let mut result = json!({ "moduleId": image.module_id });
    if let Some(item) = &image.item_id {
        result["itemId"] = item.as_str().into();
    }
    match outcome {
        Ok(alt) => result["alt"] = alt.as_str().into(),
        Err(refusal) => {
            let cause = refusal.cause;
            result["error"] = json!({ "code": cause.code(), "message": cause.message(), "cause": cause });
        }
    }
    result
}

async fn describe(
    begun: &mut Begun,
    image: &Image,
    language: Option<&str>,
    by: &mut Option<Arc<ProviderEntry>>,
) -> Result<String, Refusal> {
    let picture = picture::get(&begun.shared, &begun.application, &begun.own_origin, &image.src).await?;
    let mut candidates = begun.candidates();
    loop {
        let entry = candidates.next(&mut begun.call)?;
        let answer = describe_by(begun, &entry, &picture, language).await;
        if let Some(answer) = candidates.counts(&entry, answer) {
            *by = Some(entry);
            return Ok(ai_alt_text::shape(&answer?));
        }
    }
}

async fn describe_by(
    begun: &mut Begun,
    entry: &Arc<ProviderEntry>,
    picture: &domain::writing::Picture,
    language: Option<&str>,
) -> Result<String, Refusal> {
    let Begun { shared, snapshot, call, .. } = begun;
    let refused = |cause| refused_by(entry, cause);
    let asking = Asking { shared, snapshot, bounds: TEXT };
    let captioner: Captioner<'static> = entry.adapter.captioning().ok_or(Cause::NoProvider)?;
    match captioner {
        Captioner::ByWriting => {
            let conversation = ai_alt_text::conversation(picture.clone(), language);
            let (text, _) = writing::by(&asking, entry, &conversation, 0, call).await?;
            Ok(text)
        }
        Captioner::Upstream(captioning) => {
            let request = captioning.request(&Target::of(&entry.provider), picture);
            let reply = asking.ask(entry, call, &request).await?;
            call.reached(CallPhase::FirstByte);
            let body = reply.read().await.map_err(refused)?;
            captioning.read_reply(&body).map_err(refused)
        }
        Captioner::Local(captioning) => {
            call.reached(CallPhase::Sent);
            let (picture, language) = (picture.clone(), language.map(str::to_owned));
            // Decoding takes a processor for a while.
            let work = move || captioning.caption(&picture, language.as_deref());
            let text =
                tokio::task::spawn_blocking(work).await.map_err(|_| Cause::Internal)?.map_err(refused)?;
            call.reached(CallPhase::FirstByte);
            Ok(text)
        }
    }
}
