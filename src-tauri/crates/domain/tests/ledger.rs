//! Invariant 8 of the ledger alone: random orders, settlings, restarts and clock moves against a naive model.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use domain::limits::*;
use domain::{ApplicationId, CallId, Handle, Timestamp};
use proptest::prelude::*;
use uuid::Uuid;

const DAY: i64 = 86_400_000;

#[derive(Debug, Clone)]
enum Step {
    Reserve { person: u8, addon: bool, input: u64, output: u64, images: u64 },
    Settle { nth: usize, tokens: u64, images: u64 },
    Release { nth: usize },
    Restart,
    Clock { days: i64 },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (0..3_u8, any::<bool>(), 0..40_u64, 0..60_u64, 0..3_u64)
            .prop_map(|(person, addon, input, output, images)| Step::Reserve { person, addon, input, output, images }),
        // Often less than was held, now and then more than was promised.
        4 => (0..8_usize, 0..120_u64, 0..4_u64).prop_map(|(nth, tokens, images)| Step::Settle { nth, tokens, images }),
        2 => (0..8_usize).prop_map(|nth| Step::Release { nth }),
        1 => Just(Step::Restart),
        1 => (-40..40_i64).prop_map(|days| Step::Clock { days }),
    ];
    proptest::collection::vec(step, 1..80)
}

fn limits(amounts: &[u64]) -> Vec<Limit> {
    let application = ApplicationId(Uuid::from_u128(1));
    let writing = Handle::try_from("ai-integration".to_owned()).unwrap();
    let each = [
        (None, Whose::Everyone, Period::Total, Unit::Tokens),
        (None, Whose::Each, Period::Day, Unit::Tokens),
        (Some(writing), Whose::Everyone, Period::Month, Unit::Tokens),
        (None, Whose::One(Person([1; 16])), Period::Day, Unit::Images),
    ];
    let limit = |(nth, (addon, whose, period, unit)): (usize, (Option<Handle>, Whose, Period, Unit))| Limit {
        id: LimitId(Uuid::from_u128(nth as u128)),
        application,
        addon,
        whose,
        period,
        unit,
        amount: amounts[nth],
    };
    each.into_iter().enumerate().map(limit).collect()
}

/// What is on disk.
#[derive(Default)]
struct Disk {
    counts: BTreeMap<Key, Count>,
    calls: BTreeMap<CallId, Vec<Hold>>,
}

impl Disk {
    fn write(&mut self, changes: Changes) {
        self.counts.extend(changes.counts);
        for (call, holds) in changes.calls {
            if holds.is_empty() {
                self.calls.remove(&call)
            } else {
                self.calls.insert(call, holds)
            };
        }
    }

    fn kept(&self) -> Kept {
        let counts = self.counts.iter().map(|(key, count)| (*key, *count)).collect();
        Kept { counts, holds: self.calls.values().flatten().copied().collect() }
    }
}

/// The naive model: a list of everything that ever happened, added up anew each time.
#[derive(Default)]
struct Model {
    held: Vec<(CallId, Key, u64)>,
    used: Vec<(Key, u64)>,
}

impl Model {
    fn taken(&self, key: &Key) -> u64 {
        let used: u64 = self.used.iter().filter(|(at, _)| at == key).map(|(_, amount)| amount).sum();
        let held: u64 = self.held.iter().filter(|(_, at, _)| at == key).map(|(_, _, amount)| amount).sum();
        used + held
    }
}

proptest! {
    #[test]
    fn invariant_8_never_more_is_granted_than_the_limit(
        steps in steps(),
        amounts in proptest::collection::vec(0..400_u64, 4),
    ) {
        let all = limits(&amounts);
        let (mut disk, mut model) = (Disk::default(), Model::default());
        let mut ledger = Ledger::reopen(all.clone(), Kept::default());
        let (mut now, mut open) = (Timestamp(1_790_000_000_000), Vec::new());
        for (nth, step) in steps.into_iter().enumerate() {
            match step {
                Step::Reserve { person, addon, input, output, images } => {
                    let call = CallId(Uuid::from_u128(nth as u128));
                    let addon = addon.then(|| Handle::try_from("ai-integration".to_owned()).unwrap());
                    let asker = Asker { application: all[0].application, addon, person: Person([person; 16]) };
                    let order = Order { input, output, least: output.min(16), images, ..Order::default() };
                    let counting: Vec<&Limit> = all.iter().filter(|limit| limit.counts(&asker)).collect();
                    let fits = |output: u64| counting.iter().all(|limit| {
                        let taken = model.taken(&limit.key(&asker, now));
                        let wanted = order.amounts(output).of(limit.unit);
                        wanted == 0 || taken + wanted <= limit.amount
                    });
                    let longest = (order.least..=output).rev().find(|output| fits(*output));
                    let granted = ledger.reserve(call, &asker, now, &order).ok();
                    prop_assert_eq!(granted, longest);
                    if let Some(output) = granted {
                        for limit in counting {
                            let amount = order.amounts(output).of(limit.unit);
                            model.held.push((call, limit.key(&asker, now), amount));
                        }
                        open.push(call);
                    }
                }
                Step::Settle { nth, tokens, images } if !open.is_empty() => {
                    let call = open.remove(nth % open.len());
                    let used = Amounts { tokens, images, ..Amounts::default() };
                    ledger.settle(call, &used);
                    // Twice is once.
                    ledger.settle(call, &used);
                    for (_, key, held) in model.held.extract_if(.., |(of, _, _)| *of == call) {
                        let unit = all.iter().find(|limit| limit.id == key.limit).unwrap().unit;
                        if held > 0 {
                            model.used.push((key, used.of(unit)));
                        }
                    }
                }
                Step::Release { nth } if !open.is_empty() => {
                    let call = open.remove(nth % open.len());
                    ledger.settle(call, &Amounts::default());
                    model.held.retain(|(of, _, _)| *of != call);
                }
                Step::Restart => {
                    ledger = Ledger::reopen(all.clone(), disk.kept());
                    open.clear();
                    for (_, key, amount) in model.held.drain(..) {
                        model.used.push((key, amount));
                    }
                    disk.calls.clear();
                }
                Step::Clock { days } => now = Timestamp(now.0 + days * DAY),
                Step::Settle { .. } | Step::Release { .. } => {}
            }
            disk.write(ledger.take_changes());
            for standing in ledger.standings(now) {
                let key = Key { limit: standing.limit.id, person: standing.person, window: standing.limit.period.window(now) };
                prop_assert_eq!(standing.count.used + standing.held, model.taken(&key));
            }
        }
    }

    #[test]
    fn what_is_held_never_passes_what_is_left(orders in proptest::collection::vec((0..50_u64, 0..50_u64), 1..60), amount in 0..500_u64) {
        let all = limits(&[amount, u64::MAX, u64::MAX, u64::MAX]);
        let mut ledger = Ledger::reopen(all.clone(), Kept::default());
        let asker = Asker { application: all[0].application, addon: None, person: Person([7; 16]) };
        let mut granted = 0;
        for (nth, (input, output)) in orders.into_iter().enumerate() {
            let order = Order { input, output, least: output / 2, ..Order::default() };
            if let Ok(output) = ledger.reserve(CallId(Uuid::from_u128(nth as u128)), &asker, Timestamp(0), &order) {
                granted += input + output;
            }
        }
        prop_assert!(granted <= amount);
    }
}

#[test]
fn a_clock_that_jumps_back_finds_the_old_count() {
    let all = limits(&[u64::MAX, 50, u64::MAX, u64::MAX]);
    let asker = Asker { application: all[0].application, addon: None, person: Person([7; 16]) };
    let mut ledger = Ledger::reopen(all, Kept::default());
    let order = Order { input: 50, ..Order::default() };
    let mut ask = |nth: u128, day: i64| {
        ledger.reserve(CallId(Uuid::from_u128(nth)), &asker, Timestamp(day * DAY), &order).is_ok()
    };
    assert!(ask(1, 100));
    assert!(!ask(2, 100));
    assert!(ask(3, 101));
    assert!(!ask(4, 100), "yesterday was used up yesterday");
    assert!(!ask(5, 101));
}

#[test]
fn a_call_that_is_granted_more_after_midnight_counts_on_both_days() {
    let all = limits(&[u64::MAX, 100, u64::MAX, u64::MAX]);
    let asker = Asker { application: all[0].application, addon: None, person: Person([7; 16]) };
    let mut ledger = Ledger::reopen(all, Kept::default());
    let (call, order) = (CallId(Uuid::from_u128(1)), Order { input: 60, ..Order::default() });
    for day in [5, 6] {
        ledger.reserve(call, &asker, Timestamp(day * DAY), &order).unwrap();
    }
    ledger.settle(call, &Amounts { tokens: 75, ..Amounts::default() });
    let used = |day: i64| ledger.standings_of(&asker, Timestamp(day * DAY))[1].count.used;
    assert_eq!((used(5), used(6)), (60, 15));
}
