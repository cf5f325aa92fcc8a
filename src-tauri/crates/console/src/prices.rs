//! The price list in force: this version's own, or a developer's file, kept as a setting.

use std::io::Read as _;

use ::providers::PriceList;
use vault::{StoreError, Vault};

use crate::api::{ApiError, Code, Nothing, PricesSet, PricesView, Topic};
use crate::{Console, system};

const PRICES: &str = "prices";
const FILE_MAX: u64 = 256 * 1024;

/// As stored. One that a later version would write and this one cannot read gives way to our own.
pub(crate) fn stored(vault: &Vault) -> Result<PriceList, StoreError> {
    let own = vault.setting(PRICES)?.and_then(|text| PriceList::parse(text.as_bytes()).ok());
    Ok(own.unwrap_or_else(PriceList::built_in))
}

impl Console {
    pub(crate) async fn prices_get(&self, _: Nothing) -> Result<PricesView, ApiError> {
        let built_in = self.store(|vault| vault.setting(PRICES)).await?.is_none();
        let prices = &self.shared.snapshot.load().prices;
        Ok(PricesView { as_of: prices.as_of.clone(), note: prices.note.clone(), built_in })
    }

    pub(crate) async fn prices_set(&self, set: PricesSet) -> Result<PricesView, ApiError> {
        let text = match set.path {
            None => None,
            Some(path) => Some(system::blocking(move || read(&path)).await??),
        };
        self.change(&[Topic::Limits], move |vault| vault.set_setting(PRICES, text.as_deref())).await?;
        self.prices_get(Nothing {}).await
    }
}

fn read(path: &str) -> Result<String, ApiError> {
    let refused = |message: &str| {
        let hint = "See `docs/limits.md` for the form: as_of, and prices with kind, model and source.";
        ApiError::new(Code::InvalidInput, message, hint)
    };
    let file = std::fs::File::open(path).map_err(|_| refused("The file cannot be read."))?;
    let mut text = String::new();
    file.take(FILE_MAX + 1).read_to_string(&mut text).map_err(|_| refused("The file is not text."))?;
    if text.len() as u64 > FILE_MAX || PriceList::parse(text.as_bytes()).is_err() {
        return Err(refused("The file is not a price list. Nothing was changed."));
    }
    Ok(text)
}
