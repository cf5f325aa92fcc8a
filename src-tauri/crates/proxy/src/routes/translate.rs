//! `POST /v1/ai/translate`: every text of a template in another language, written beside its source. Errors carry
//! Beefree's numbers 6050 to 6350.

use std::sync::Arc;

use domain::addons::ai_translation::{self, TEXTS_MAX, TranslateRequest};
use domain::template::{LanguageTag, Markup, Protected, Template, protect};
use domain::{CallPhase, Cause, InvalidValue, Party, Route};
use http::Response;
use providers::{Target, TranslationOrder, Translations, Translator, Way};
use serde_json::{Value, json};

use super::addon::{Begun, Purpose, begin, broken, fail};
use super::{Visit, session, template};
use crate::asking::Asking;
use crate::body::{Body, TEMPLATE_BODY_MAX, json_reply};
use crate::limits::Wanted;
use crate::refusal::Refusal;
use crate::snapshot::ProviderEntry;
use crate::upstream::{TEXT, refused_by};

pub(crate) async fn answer(visit: Visit) -> Result<Response<Body>, Refusal> {
    let purpose = Purpose {
        route: Route::Translate,
        handle: ai_translation::DESCRIPTOR.handle,
        body_max: TEMPLATE_BODY_MAX,
        able: |entry| entry.adapter.translating().is_some(),
    };
    let (body, mut begun) = begin::<TranslateRequest>(visit, purpose).await.map_err(numbered)?;
    begun.call.reached(CallPhase::Admitted);
    match translate(&mut begun, body).await {
        Ok(reply) => {
            let reply = json_reply(&reply)?;
            begun.call.succeeded();
            Ok(reply)
        }
        Err(refusal) => Err(fail(begun.call, numbered(refusal))),
    }
}

/// Beefree's number for the step that failed; what stands before translation keeps its own.
pub(crate) fn numbered(refusal: Refusal) -> Refusal {
    let number = match refusal.cause {
        Cause::AddOnUnknown | Cause::AddOnDisabled | Cause::LanguageUnsupported => return refusal,
        // As the gate says them, also where they were provoked on purpose.
        Cause::TokenExpired | Cause::SessionOver | Cause::Busy | Cause::FaultUnknown => return refusal,
        Cause::TemplateInvalid | Cause::TranslationFailed => return refusal,
        Cause::LimitReached | Cause::PriceUnknown | Cause::LimitNotKept => return refusal,
        Cause::BodyInvalid | Cause::BodyTooLarge | Cause::BodyTimeout | Cause::ContentType => 6100,
        Cause::NoProvider | Cause::KeyMissing | Cause::KeyDamaged | Cause::VaultLocked => 6350,
        cause if cause.party() == Party::Upstream => 6350,
        _ => 6050,
    };
    refusal.numbered(number)
}

/// What to translate, and where it goes.
enum Given {
    Template(Template),
    Texts,
}

async fn translate(begun: &mut Begun, body: TranslateRequest) -> Result<Value, Refusal> {
    let missing =
        || broken(InvalidValue { what: "sourceLanguage and targetLanguage", rule: "must be given" });
    let tag =
        |given: Option<String>| given.map(|text| LanguageTag::try_from(text).map_err(broken)).transpose();
    let source = tag(body.source_language)?.ok_or_else(missing)?;
    let target = tag(body.target_language)?.ok_or_else(missing)?;
    let (given, protected) = match (body.template, body.texts) {
        (Some(value), None) => {
            let template = template::read(value)?;
            let fields =
                template.fields().into_iter().map(|field| protect(&field.text, field.markup)).collect();
            (Given::Template(template), fields)
        }
        (None, Some(texts)) if texts.len() <= TEXTS_MAX => {
            let fields: Vec<Protected> = texts.iter().map(|text| protect(text, Markup::Html)).collect();
            (Given::Texts, fields)
        }
        (None, Some(_)) => {
            return Err(broken(InvalidValue { what: "texts", rule: "may have at most 500 texts" }));
        }
        _ => {
            return Err(broken(InvalidValue { what: "template", rule: "must be given, or texts, not both" }));
        }
    };
    let html: Vec<String> = protected.iter().map(|one| one.html().to_owned()).collect();
    let (texts, billed, entry) = if html.is_empty() {
        (Vec::new(), Some(0), None)
    } else {
        let (translations, entry) = ask(begun, source.as_str(), target.as_str(), &html).await?;
        (translations.texts, translations.billed, Some(entry))
    };
    let characters = billed.unwrap_or_else(|| characters(&html));
    begun.call.used_characters(characters);
    let mut reply = json!({ "provider": entry.as_ref().map(|entry| session::provider(entry)) });
    if let Some(billed) = billed {
        reply["billedCharacters"] = billed.into();
    }
    let (whole, skipped) = restored(&protected, &texts);
    reply["translatedFields"] = (whole.len() - skipped).into();
    reply["skippedFields"] = skipped.into();
    match given {
        Given::Texts => reply["texts"] = whole.into(),
        Given::Template(mut template) => {
            template.write_translations(&target, whole).map_err(|_| Cause::TranslationFailed)?;
            reply["template"] = template.into_value();
        }
    }
    Ok(reply)
}

/// The translations with every merge tag and tag back in place, and how many kept their source because one was lost.
fn restored(protected: &[Protected], texts: &[String]) -> (Vec<String>, usize) {
    let mut skipped = 0;
    let whole = protected.iter().zip(texts).map(|(one, text)| {
        one.restore(text).unwrap_or_else(|| {
            skipped += 1;
            one.source().to_owned()
        })
    });
    let whole = whole.collect();
    (whole, skipped)
}

async fn ask(
    begun: &mut Begun,
    source: &str,
    target: &str,
    html: &[String],
) -> Result<(Translations, Arc<ProviderEntry>), Refusal> {
    let Begun { application, providers, uid, snapshot, call, .. } = begun;
    call.reserve(application, uid, || Wanted::translation(html, providers, &snapshot.prices)).await?;
    let mut candidates = begun.candidates();
    loop {
        let entry = candidates.next(&mut begun.call)?;
        let answer = ask_one(begun, &entry, source, target, html).await;
        if let Some(answer) = candidates.counts(&entry, answer) {
            return Ok((answer?, entry));
        }
    }
}

fn characters(texts: &[String]) -> u64 {
    texts.iter().map(|text| text.chars().count() as u64).sum()
}

async fn ask_one(
    begun: &mut Begun,
    entry: &Arc<ProviderEntry>,
    source: &str,
    target: &str,
    html: &[String],
) -> Result<Translations, Refusal> {
    let Begun { shared, snapshot, call, .. } = begun;
    let translator: Translator<'static> = entry.adapter.translating().ok_or(Cause::NoProvider)?;
    let order = |texts| TranslationOrder { source: Some(source), target, texts };
    let upstream = match translator {
        Way::Local(local) => {
            call.reached(CallPhase::Sent);
            let done = local.translate(&order(html));
            call.translated(done.billed.unwrap_or_else(|| characters(html)));
            call.reached(CallPhase::FirstByte);
            return Ok(done);
        }
        Way::Upstream(upstream) => upstream,
    };
    upstream.check(&order(html))?;
    let asking = Asking { shared, snapshot, bounds: TEXT };
    let mut all = Translations { texts: Vec::with_capacity(html.len()), billed: Some(0) };
    let mut rest = html;
    while !rest.is_empty() {
        let (batch, after) = rest.split_at(upstream.batch(rest).clamp(1, rest.len()));
        let request = upstream.request(&Target::of(&entry.provider), &order(batch));
        let reply = asking.ask(entry, call, &request).await?;
        call.reached(CallPhase::FirstByte);
        let body = reply.read().await.map_err(|cause| refused_by(entry, cause))?;
        let part = upstream.read_reply(&body).map_err(|cause| refused_by(entry, cause))?;
        if part.texts.len() != batch.len() {
            return Err(refused_by(entry, Cause::ReplyInvalid));
        }
        call.translated(part.billed.unwrap_or_else(|| characters(batch)));
        all.texts.extend(part.texts);
        all.billed = all.billed.zip(part.billed).map(|(sum, more)| sum.saturating_add(more));
        rest = after;
        if !rest.is_empty() {
            call.goes_on();
        }
    }
    Ok(all)
}
