//! Limits on the request path: what a call may use at most is held before a provider is asked, what it used is settled
//! when it ends. Counts nothing itself: whoever keeps the counts is a [`Limits`].

mod holding;
mod wanted;

use std::future::Future;
use std::pin::Pin;

use domain::limits::{Amounts, Denied, Order, Standing, Unit};
use domain::{ApplicationId, CallId, Cause, Handle, Timestamp, Uid};
use serde_json::{Value, json};

use crate::refusal::Refusal;

pub(crate) use holding::Holding;
pub(crate) use wanted::{Wanted, counted_unasked, lengthened};

/// Who asks for how much.
#[derive(Clone)]
pub struct Ask {
    /// For which application.
    pub application: ApplicationId,
    /// With which AddOn, if with one.
    pub addon: Option<Handle>,
    /// Which end user.
    pub uid: Uid,
    /// When.
    pub at: Timestamp,
    /// How much at most.
    pub order: Order,
}

/// What the methods of [`Limits`] return that wait.
pub type Counting<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Keeps the counts of limits.
pub trait Limits: Send + Sync {
    /// Holds units for a call and has that written down before it answers; gives how many tokens its answer may take.
    /// Asked again for a call, holds that much more.
    fn reserve(&self, call: CallId, ask: Ask) -> Counting<'_, Result<u64, Denied>>;
    /// A call is over and used this much. Never waits; heard in order, also if it was not granted anything.
    fn settle(&self, call: CallId, used: Amounts);
    /// How the limits stand that count this end user's calls with each of these AddOns.
    fn standings(
        &self,
        application: ApplicationId,
        addons: Vec<Handle>,
        uid: Uid,
        at: Timestamp,
    ) -> Counting<'_, Vec<(Handle, Vec<Standing>)>>;
}

/// The refusal a caller gets. It names no provider: none was asked.
pub(crate) fn refused(denied: Denied, now: Timestamp) -> Refusal {
    let (standing, needed) = match denied {
        Denied::Reached(standing, needed) => (standing, needed),
        Denied::PriceUnknown => return Cause::PriceUnknown.into(),
        Denied::NotKept => return Cause::LimitNotKept.into(),
    };
    let limit = &standing.limit;
    let resets = standing.resets.map(|at| jiff::Timestamp::from_millisecond(at.0).map(|at| at.to_string()));
    let mut detail = json!({
        "limit": limit.id,
        "unit": limit.unit,
        "period": limit.period,
        "available": amount(limit.unit, limit.amount),
        "used": amount(limit.unit, standing.count.used.saturating_add(standing.held)),
        "needed": amount(limit.unit, needed),
        "resetsAt": resets.and_then(Result::ok),
    });
    let seconds = standing.resets.map(|at| {
        let milliseconds = u64::try_from(at.0.saturating_sub(now.0)).unwrap_or_default();
        u32::try_from(milliseconds.div_ceil(1000)).unwrap_or(u32::MAX)
    });
    if let Some(seconds) = seconds {
        detail["retryAfter"] = seconds.into();
    }
    Refusal::with_detail(Cause::LimitReached, detail)
}

/// A number as callers read it: money in US dollars.
pub(crate) fn amount(unit: Unit, amount: u64) -> Value {
    match unit {
        #[expect(clippy::cast_precision_loss, reason = "shown, not counted")]
        Unit::Money => json!(amount as f64 / 1e6),
        _ => json!(amount),
    }
}
