//! How much a call may use at most, route by route. The rules stand in `docs/limits.md`.

use std::sync::Arc;

use domain::ProviderId;
use domain::limits::{Order, Rates};
use domain::writing::Conversation;
use providers::{Captioner, Metered, PICTURE_TOKENS, PriceList, Target, Way, Worst, answer_limit};
use serde_json::Value;

use crate::snapshot::ProviderEntry;

/// An answer shorter than this is no use; some providers refuse to be asked for less.
const LEAST: u64 = 16;
/// The longest answer of any model known, for requests that pass unchanged and name no maximum.
const UNNAMED: u64 = 131_072;
/// What the proxy names where a request by OpenAI's API names no maximum.
const NAMED: u64 = 32_768;
/// Of what nobody can tell the size, all that is left.
const ALL: u64 = 1 << 40;
/// What a message costs beside its text.
const PER_MESSAGE: u64 = 16;

/// What a call asks to be held.
pub(crate) struct Wanted {
    /// For one question.
    pub(crate) each: Order,
    /// How many questions.
    pub(crate) times: u64,
    /// What those cost that may be asked; `None`: not known.
    pub(crate) rates: Vec<(ProviderId, Option<Rates>)>,
}

type Entries<'a> = &'a [Arc<ProviderEntry>];

impl Wanted {
    /// An answer in words.
    pub(crate) fn writing(conversation: &Conversation, entries: Entries<'_>, prices: &PriceList) -> Self {
        let turns = conversation.turns.iter().map(|turn| turn.text.len() as u64 + PER_MESSAGE);
        let picture = conversation.picture.as_ref().map_or(0, |_| PICTURE_TOKENS);
        let input = turns.sum::<u64>() + conversation.instructions.len() as u64 + PER_MESSAGE + picture;
        let output = u64::from(answer_limit(&conversation.task));
        let each = Order { input, output, least: LEAST, ..Order::default() };
        Self { each, times: 1, rates: rates(entries, prices, Metered::Tokens, None) }
    }

    /// That many pictures, described. `conversation` is what a writer would be asked about one.
    pub(crate) fn captions(
        conversation: &Conversation,
        times: u64,
        entries: Entries<'_>,
        prices: &PriceList,
    ) -> Self {
        let writes = |entry: &ProviderEntry| matches!(entry.adapter.captioning(), Some(Captioner::ByWriting));
        let mut wanted = Self::writing(conversation, entries, prices);
        if !entries.iter().any(|entry| writes(entry)) {
            wanted.each = Order::default();
        }
        wanted.each.images = 1;
        let of = |entry: &Arc<ProviderEntry>| {
            let metered = if writes(entry) { Metered::Tokens } else { Metered::Images };
            (entry.provider.id, rate(entry, prices, metered, None))
        };
        Self { times, rates: entries.iter().map(of).collect(), ..wanted }
    }

    /// That many pictures, drawn.
    pub(crate) fn drawings(times: u64, entries: Entries<'_>, prices: &PriceList) -> Self {
        let of = |entry: &Arc<ProviderEntry>| {
            let target = Target::of(&entry.provider);
            let model = match entry.adapter.drawing() {
                Some(Way::Upstream(drawing)) => Some(drawing.model(&target)),
                _ => None,
            };
            (entry.provider.id, rate(entry, prices, Metered::Images, model))
        };
        let each = Order { images: 1, ..Order::default() };
        Self { each, times, rates: entries.iter().map(of).collect() }
    }

    /// Texts, translated.
    pub(crate) fn translation(texts: &[String], entries: Entries<'_>, prices: &PriceList) -> Self {
        let characters = texts.iter().map(|text| text.chars().count() as u64).sum();
        let each = Order { characters, ..Order::default() };
        Self { each, times: 1, rates: rates(entries, prices, Metered::Characters, None) }
    }

    /// A request by OpenAI's API, whose length the proxy may bound.
    pub(crate) fn chat(body: &Value, model: Option<&str>, entries: Entries<'_>, prices: &PriceList) -> Self {
        let worst = Worst::of(Metered::Tokens, "chat/completions", body.to_string().as_bytes());
        let least = LEAST.saturating_mul(worst.choices);
        let named = worst.output.unwrap_or(NAMED.saturating_mul(worst.choices));
        let output = if worst.unbounded { ALL } else { named };
        let each = Order { input: worst.input, output, least: least.min(named), ..Order::default() };
        Self { each, times: 1, rates: rates(entries, prices, Metered::Tokens, model) }
    }

    /// A request that passes unchanged.
    pub(crate) fn passing(
        worst: &Worst,
        metered: Metered,
        entry: &ProviderEntry,
        prices: &PriceList,
    ) -> Self {
        let least = worst.output.unwrap_or(LEAST.saturating_mul(worst.choices));
        let output = match worst.output {
            _ if worst.unbounded => ALL,
            Some(named) => named,
            None => UNNAMED.saturating_mul(worst.choices),
        };
        let Worst { input, images, characters, .. } = *worst;
        let each = Order { input, output, least, images, characters, rates: None };
        let rates = vec![(entry.provider.id, rate(entry, prices, metered, worst.model.as_deref()))];
        Self { each, times: 1, rates }
    }

    /// All of it, at the dearest price.
    pub(crate) fn order(&self) -> Order {
        let times = |number: u64| number.saturating_mul(self.times);
        let dearest = |sum: Option<Rates>, one: &Option<Rates>| sum.zip(*one).map(|(a, b)| a.dearest(b));
        Order {
            input: times(self.each.input),
            output: times(self.each.output),
            least: times(self.each.least),
            images: times(self.each.images),
            characters: times(self.each.characters),
            rates: self.rates.iter().map(|(_, rates)| rates).fold(Some(Rates::default()), dearest),
        }
    }
}

/// A chat request whose answers are no longer than was granted in all.
pub(crate) fn lengthened(body: &mut Value, granted: u32, field: &str) {
    let choices = body.get("n").and_then(Value::as_u64).unwrap_or(1).max(1);
    let most = (u64::from(granted) / choices).min(NAMED.max(longest_named(body).unwrap_or_default()));
    let mut named = false;
    for name in ["max_completion_tokens", "max_tokens"] {
        if let Some(wished) = body.get(name).and_then(Value::as_u64) {
            body[name] = wished.min(most).into();
            named = true;
        }
    }
    if !named {
        body[field] = most.into();
    }
    // A stream that does not count itself would count for more than it is.
    if streams(body) {
        body["stream_options"]["include_usage"] = true.into();
    }
}

fn streams(body: &Value) -> bool {
    let options = body.get("stream_options");
    body.get("stream").and_then(Value::as_bool).unwrap_or_default()
        && options.is_none_or(|options| options.is_object() || options.is_null())
}

/// Whether a caller's stream is counted though the caller did not ask for that.
pub(crate) fn counted_unasked(body: &Value) -> bool {
    let asked = body.pointer("/stream_options/include_usage").and_then(Value::as_bool);
    streams(body) && !asked.unwrap_or_default()
}

fn longest_named(body: &Value) -> Option<u64> {
    let names = ["max_completion_tokens", "max_tokens"];
    names.into_iter().filter_map(|name| body.get(name)?.as_u64()).max()
}

fn rates(
    entries: Entries<'_>,
    prices: &PriceList,
    metered: Metered,
    model: Option<&str>,
) -> Vec<(ProviderId, Option<Rates>)> {
    entries.iter().map(|entry| (entry.provider.id, rate(entry, prices, metered, model))).collect()
}

fn rate(entry: &ProviderEntry, prices: &PriceList, metered: Metered, model: Option<&str>) -> Option<Rates> {
    let own = entry.provider.model.as_ref().map(domain::Model::as_str);
    let model = model.or(own).or(entry.adapter.descriptor().default_model).unwrap_or_default();
    prices.rates(entry.provider.kind.as_str(), model, metered)
}
