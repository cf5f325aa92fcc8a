//! What models cost: data, dated, with the source of each row; a developer's own file takes its place. A model that is
//! not in it has no price, which is never the price zero.

use domain::limits::Rates;
use serde::Deserialize;

use crate::adapter::Metered;

const BUILT_IN: &[u8] = include_bytes!("prices.json");
/// Stands for every model of a type.
const ANY: &str = "*";

/// The file is no price list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the file is not a price list")]
pub struct PricesInvalid;

/// A price list.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceList {
    /// The day of the prices, as `2026-11-20`.
    pub as_of: String,
    /// What to know about it.
    #[serde(default)]
    pub note: String,
    prices: Vec<Row>,
}

/// US dollars; what is absent is not known.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    kind: String,
    model: String,
    /// Per million tokens sent.
    input: Option<f64>,
    /// Per million tokens answered.
    output: Option<f64>,
    /// Per image.
    image: Option<f64>,
    /// Per million characters.
    characters: Option<f64>,
    /// Where it stands.
    source: String,
}

impl PriceList {
    /// A list from its file.
    pub fn parse(file: &[u8]) -> Result<Self, PricesInvalid> {
        let list: Self = serde_json::from_slice(file).map_err(|_| PricesInvalid)?;
        let prices = |row: &Row| [row.input, row.output, row.image, row.characters];
        let sound = |price: &f64| price.is_finite() && (0.0..1e6).contains(price);
        let all = list.prices.iter().flat_map(prices).flatten().all(|price| sound(&price));
        if all && !list.as_of.trim().is_empty() { Ok(list) } else { Err(PricesInvalid) }
    }

    /// The list of this version.
    #[must_use]
    pub fn built_in() -> Self {
        let none = Self { as_of: String::new(), note: String::new(), prices: Vec::new() };
        Self::parse(BUILT_IN).unwrap_or(none)
    }

    /// What a call costs that is counted so; `None`: not known.
    #[must_use]
    pub fn rates(&self, kind: &str, model: &str, metered: Metered) -> Option<Rates> {
        let of = |name: &str| self.prices.iter().find(|row| row.kind == kind && row.model == name);
        let row = of(model).or_else(|| of(ANY));
        let none = Rates::default();
        match metered {
            Metered::Nothing => Some(none),
            Metered::Tokens => {
                let row = row?;
                Some(Rates { input: millionths(row.input)?, output: millionths(row.output)?, ..none })
            }
            Metered::Images => Some(Rates { image: millionths(row?.image)?, ..none }),
            Metered::Characters => Some(Rates { characters: millionths(row?.characters)?, ..none }),
        }
    }
}

fn millionths(dollars: Option<f64>) -> Option<u64> {
    // Below 10^12, as `parse` sees to, and never negative.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded by `parse`")]
    dollars.map(|dollars| (dollars * 1e6).round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapter::Price;
    use crate::registry::registry;

    #[test]
    fn the_lists_prices_are_those_the_forms_show() {
        let list = PriceList::built_in();
        assert!(!list.as_of.is_empty());
        for known in registry().iter().map(|adapter| adapter.descriptor()) {
            for choice in known.models {
                let rates = |metered| list.rates(known.kind, choice.id, metered);
                let of = |dollars: f64| (dollars * 1e6).round() as u64;
                match choice.price {
                    Some(Price::Tokens(input, output)) => {
                        let wanted = Rates { input: of(input), output: of(output), ..Rates::default() };
                        assert_eq!(rates(Metered::Tokens), Some(wanted), "{}", choice.id);
                    }
                    Some(Price::Image(image)) => {
                        let wanted = Rates { image: of(image), ..Rates::default() };
                        assert_eq!(rates(Metered::Images), Some(wanted), "{}", choice.id);
                    }
                    Some(Price::Characters(_)) | None => {
                        for metered in [Metered::Tokens, Metered::Images, Metered::Characters] {
                            assert_eq!(rates(metered), None, "{}", choice.id);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn an_unknown_price_is_not_zero_and_the_sandboxes_is() {
        let list = PriceList::built_in();
        assert_eq!(list.rates("openai", "gpt-99", Metered::Tokens), None);
        assert_eq!(list.rates("stability", "core", Metered::Tokens), None, "it costs by image");
        for metered in [Metered::Tokens, Metered::Images, Metered::Characters] {
            assert_eq!(list.rates("sandbox", "", metered), Some(Rates::default()));
        }
    }

    #[test]
    fn a_file_that_is_no_list_is_refused() {
        let row = |price: &str| {
            let file = format!(
                r#"{{"as_of":"2026-11-20","prices":[{{"kind":"a","model":"b","input":{price},"source":"x"}}]}}"#
            );
            PriceList::parse(file.as_bytes())
        };
        assert!(row("0.1").is_ok());
        for bad in ["-1", "1e12", "\"1\""] {
            assert_eq!(row(bad), Err(PricesInvalid), "{bad}");
        }
        for bad in ["", "[]", r#"{"prices":[]}"#, r#"{"as_of":"","prices":[]}"#] {
            assert_eq!(PriceList::parse(bad.as_bytes()), Err(PricesInvalid), "{bad}");
        }
    }
}
