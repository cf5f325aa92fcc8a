//! Limits and usage as faces see them. No uid: an end user is a short pseudonym.

use domain::limits::{LimitId, Period, Unit};
use domain::{ApplicationId, Handle, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whose calls a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LimitWhose {
    /// Everyone's, together.
    Everyone,
    /// Each end user's own.
    Each,
    /// One end user's.
    One,
}

/// Which limits.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct LimitList {
    /// Of this application; absent: of all.
    #[ts(optional)]
    pub application: Option<ApplicationId>,
}

/// A limit to set. One of the same kind gets the new amount and keeps its counts.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LimitSet {
    /// Of which application.
    pub application: ApplicationId,
    /// Of which AddOn; absent: of every call, those by a provider's own API included.
    #[ts(optional)]
    pub addon: Option<Handle>,
    /// Whose calls count.
    pub whose: LimitWhose,
    /// Which end user, for `one`. Kept as a keyed hash only.
    #[ts(optional)]
    pub uid: Option<String>,
    /// After which time the count begins anew.
    pub period: Period,
    /// What is counted.
    pub unit: Unit,
    /// How much; money in millionths of a US dollar.
    #[ts(type = "number")]
    pub amount: u64,
}

/// Names a limit.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct LimitRef {
    /// As listed.
    pub limit: LimitId,
}

/// A limit, and how it stands.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LimitView {
    /// Names it to `limit_remove`.
    pub id: LimitId,
    /// Of which application.
    pub application: ApplicationId,
    /// That application's name.
    pub application_name: String,
    /// Of which AddOn; `null`: of every call.
    pub addon: Option<Handle>,
    /// Whose calls count.
    pub whose: LimitWhose,
    /// Which end user, for `one`, as a pseudonym.
    pub who: Option<String>,
    /// After which time the count begins anew.
    pub period: Period,
    /// What is counted.
    pub unit: Unit,
    /// How much there is; money in millionths of a US dollar.
    #[ts(type = "number")]
    pub amount: u64,
    /// When the count begins anew; `null`: never.
    pub resets: Option<Timestamp>,
    /// How it stands; where each end user has a count, that of the one who used most.
    pub standing: LimitStanding,
    /// The end users who used most, where each has a count: at most 20.
    pub people: Vec<LimitStanding>,
    /// How many end users have a count.
    pub people_count: u32,
}

/// A count.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct LimitStanding {
    /// Whose, as a pseudonym.
    pub who: Option<String>,
    /// Used up.
    #[ts(type = "number")]
    pub used: u64,
    /// Held for calls on their way.
    #[ts(type = "number")]
    pub held: u64,
    /// The part of `used` that belongs to calls whose end was not seen, since the console was killed meanwhile.
    #[ts(type = "number")]
    pub assumed: u64,
    /// What can still be had.
    #[ts(type = "number")]
    pub left: u64,
}

/// By what usage is added up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum UsageBy {
    /// By day, UTC.
    #[default]
    Day,
    /// By AddOn.
    Addon,
    /// By provider.
    Provider,
    /// By application.
    Application,
}

/// Which usage.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, TS)]
pub struct UsageList {
    /// By what it is added up.
    #[serde(default)]
    pub by: UsageBy,
    /// The last days, today included; absent: 30.
    #[ts(optional)]
    pub days: Option<u32>,
    /// Of this application; absent: of all.
    #[ts(optional)]
    pub application: Option<ApplicationId>,
}

/// What calls used and cost.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct UsageLine {
    /// The day as `2026-11-20`, the AddOn's handle, or an id; `pass-through` for calls by a provider's own API.
    pub key: String,
    /// The same for people.
    pub name: String,
    /// Calls that came to a provider.
    #[ts(type = "number")]
    pub calls: u64,
    /// Tokens sent.
    #[ts(type = "number")]
    pub prompt_tokens: u64,
    /// Tokens answered.
    #[ts(type = "number")]
    pub completion_tokens: u64,
    /// Images made or described.
    #[ts(type = "number")]
    pub images: u64,
    /// Characters translated.
    #[ts(type = "number")]
    pub characters: u64,
    /// By the price list, in millionths of a US dollar; `null`: not known.
    #[ts(type = "number | null")]
    pub cost: Option<u64>,
    /// Calls whose price is not known; `cost` is without them.
    #[ts(type = "number")]
    pub unpriced: u64,
}

/// Usage, added up.
#[derive(Debug, Clone, Serialize, TS)]
pub struct UsageReport {
    /// Line by line; days oldest first, anything else by most calls.
    pub items: Vec<UsageLine>,
    /// All of it.
    pub total: UsageLine,
    /// The day of the price list, as `2026-11-20`.
    pub prices_as_of: String,
}

/// Where to write usage as CSV.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct UsageExport {
    /// The last days, today included; absent: 30.
    #[ts(optional)]
    pub days: Option<u32>,
    /// Of this application; absent: of all.
    #[ts(optional)]
    pub application: Option<ApplicationId>,
    /// Write a new file in the downloads folder; without it the text is given only.
    #[serde(default)]
    pub save: bool,
}

/// Usage as CSV (RFC 4180): a line for each day, application, AddOn, provider and model.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UsageCsv {
    /// The file's text.
    pub text: String,
    /// The file that was written, if one was.
    pub path: Option<String>,
}

/// A price list to use from now on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PricesSet {
    /// The file; absent: back to this version's own list.
    #[ts(optional)]
    pub path: Option<String>,
}

/// The price list in force.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PricesView {
    /// The day of its prices.
    pub as_of: String,
    /// What to know about it.
    pub note: String,
    /// Whether it is this version's own.
    pub built_in: bool,
}
