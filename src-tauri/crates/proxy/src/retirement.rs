//! Tells a retired model from one that never was: providers answer both with the same words. Looks at the date only.

use domain::{Cause, Timestamp};
use jiff::civil::Date;

use crate::snapshot::ProviderEntry;

/// `cause`, unless it is an unknown model of which the adapter knows that its last day is over.
pub(crate) fn judged(cause: Cause, entry: &ProviderEntry, now: Timestamp) -> Cause {
    let asked = entry.provider.model.as_ref().map(domain::Model::as_str);
    let known = entry.adapter.descriptor().retired.iter().find(|retired| asked == Some(retired.model));
    match (cause, known) {
        (Cause::ModelUnknown, Some(retired)) if is_over(retired.on, now) => Cause::ModelRetired,
        _ => cause,
    }
}

/// Whether a day such as `2027-01-14` is past.
pub(crate) fn is_over(day: &str, now: Timestamp) -> bool {
    let Ok(day) = day.parse::<Date>() else { return false };
    jiff::Timestamp::from_millisecond(now.0)
        .is_ok_and(|now| now.to_zoned(jiff::tz::TimeZone::UTC).date() > day)
}
