//! The rounds: an act is started, killed at some moment, and the store must then hold what stood before or what the act
//! makes of it; and the latter if the act had said that it was done.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read as _;
use std::thread;
use std::time::{Duration, Instant};

use fastrand::Rng;
use vault::OpenError;

use crate::desk::{APP, Desk};

/// Providers at most: few enough to read them all in every round.
const PROVIDERS: usize = 5;

pub(crate) struct Limits {
    pub(crate) rounds: Option<u64>,
    pub(crate) time: Option<Duration>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    Add,
    Replace,
    Remove,
}

/// Names and keys, as they were confirmed.
type Keys = BTreeMap<String, String>;

struct Step {
    act: Act,
    words: Vec<String>,
    key: Option<String>,
    after: Keys,
}

#[derive(Default, Clone, Copy)]
struct Tally {
    /// Killed, nothing of it in the store.
    before: u32,
    /// Killed without a word, and done.
    after: u32,
    /// Said to be done, then killed or ended.
    said: u32,
}

#[derive(Default)]
struct Report {
    seed: u64,
    custody: String,
    acts: BTreeMap<Act, Tally>,
    /// How long an undisturbed act takes.
    whole: BTreeMap<Act, Duration>,
    lost: u32,
    blanked: u32,
    mixed: u32,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sum: u32 = self.acts.values().map(|tally| tally.before + tally.after + tally.said).sum();
        write!(f, "crash loop: seed {}, custody {}, {sum} rounds:", self.seed, self.custody)?;
        for (act, Tally { before, after, said }) in &self.acts {
            write!(
                f,
                " {act:?} {} ({before} before, {after} after, {said} confirmed),",
                before + after + said
            )?;
        }
        let Self { lost, blanked, mixed, .. } = self;
        write!(f, " {lost} lost, {blanked} blanked, {mixed} of mixed generations")
    }
}

/// Runs rounds until a limit is reached, prints the report, and fails unless every confirmed key was there every time.
pub(crate) fn crash_loop(desk: &Desk, seed: u64, limits: &Limits) {
    let started = Instant::now();
    let mut random = Rng::with_seed(seed);
    let mut report = Report { seed, custody: format!("{:?}", desk.slot), ..Report::default() };
    let mut keys = Keys::new();
    let mut rounds = 0;
    while limits.rounds.is_none_or(|limit| rounds < limit)
        && limits.time.is_none_or(|limit| started.elapsed() < limit)
    {
        round(desk, &mut random, &mut keys, &mut report);
        rounds += 1;
        if report.lost + report.blanked + report.mixed > 0 {
            panic!("{report}\nleft in {}", desk.keep().display());
        }
    }
    println!("{report}, in {} s", started.elapsed().as_secs());
    // A loop in which no act was cut short, or none was finished, would prove nothing.
    let cut: u32 = report.acts.values().map(|tally| tally.before).sum();
    let said: u32 = report.acts.values().map(|tally| tally.said).sum();
    assert!(cut > 0 && said > 0, "{report}");
}

fn round(desk: &Desk, random: &mut Rng, keys: &mut Keys, report: &mut Report) {
    let step = step(random, keys);
    let said = act_and_kill(desk, random, &step, report);
    // The next start of the real program finishes what was left.
    let status = desk.command(&["vault", "status"]).output().unwrap();
    assert!(status.status.success(), "{report}: {status:?}");
    let opened = desk.read();
    let tally = report.acts.entry(step.act).or_default();
    let is = |keys: &Keys| {
        opened.len() == keys.len()
            && keys.iter().all(|(name, key)| opened.get(name) == Some(&Ok(key.clone())))
    };
    if is(&step.after) {
        *if said { &mut tally.said } else { &mut tally.after } += 1;
        *keys = step.after;
    } else if is(keys) && !said {
        tally.before += 1;
    } else {
        println!("{:?} (said to be done: {said}) left {:?}", step.act, opened.keys());
        // By the names: what must be there in either outcome, and in the one that was confirmed.
        for (name, _) in step.after.iter().filter(|(name, _)| said || keys.contains_key(*name)) {
            match opened.get(name) {
                Some(Err(OpenError::OtherVersion)) => report.mixed += 1,
                Some(Err(_)) => report.blanked += 1,
                None | Some(Ok(_)) => report.lost += 1,
            }
        }
        // Something is there that should not be.
        report.mixed += u32::from(report.lost + report.blanked + report.mixed == 0);
    }
}

/// The next act, and what it makes of the keys.
fn step(random: &mut Rng, keys: &Keys) -> Step {
    let names: Vec<&String> = keys.keys().collect();
    let act = match random.u8(..100) {
        _ if names.is_empty() => Act::Add,
        0..35 if names.len() < PROVIDERS => Act::Add,
        85.. => Act::Remove,
        _ => Act::Replace,
    };
    let name = match act {
        Act::Add => format!("P-{:08x}", random.u32(..)),
        Act::Replace | Act::Remove => (*random.choice(&names).unwrap()).clone(),
    };
    let key = (act != Act::Remove).then(|| format!("sk-crash-{:032x}", random.u128(..)));
    let mut after = keys.clone();
    match &key {
        Some(key) => drop(after.insert(name.clone(), key.clone())),
        None => drop(after.remove(&name)),
    }
    let words: &[&str] = match act {
        Act::Add => &["provider", "add", &name, "--app", APP, "--kind", "openai", "--key-stdin"],
        Act::Replace => &["provider", "rotate", &name, "--app", APP, "--key-stdin"],
        Act::Remove => &["provider", "remove", &name, "--app", APP],
    };
    Step { act, words: words.iter().map(|word| (*word).to_owned()).collect(), key, after }
}

/// Whether the act said that it was done, before it was killed.
fn act_and_kill(desk: &Desk, random: &mut Rng, step: &Step, report: &mut Report) -> bool {
    // The first of its kind is left alone, to learn how long it takes.
    let known = report.whole.get(&step.act).copied();
    let whole = known.unwrap_or(Duration::from_secs(60));
    // Half the kills anywhere, half of them late, where the writing is; some after the end.
    let share = if random.bool() { random.f64() } else { 0.6 + 0.5 * random.f64() };
    let started = Instant::now();
    let mut child = desk.start(&step.words, step.key.as_deref());
    let deadline = started + whole.mul_f64(if known.is_some() { share } else { 1.0 });
    let ended = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break Some(status);
        }
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            child.kill().unwrap();
            child.wait().unwrap();
            break None;
        }
        // Not waiting for anything to come true: the moment of death is what this loop is about.
        thread::sleep(left.min(Duration::from_millis(5)));
    };
    let mut out = String::new();
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    if let Some(status) = ended {
        let mut error = String::new();
        child.stderr.take().unwrap().read_to_string(&mut error).unwrap();
        assert!(status.success(), "{report}: {:?} refused: {error}", step.act);
        // Slowly towards the latest: a busy machine must not pull every kill to the front.
        let mean = known.map_or(started.elapsed(), |known| (known * 3 + started.elapsed()) / 4);
        report.whole.insert(step.act, mean);
    } else if out.is_empty() {
        // A little later next time, or a machine that has become slower would never let an act end.
        report.whole.insert(step.act, whole.mul_f64(1.02));
    }
    out.ends_with('\n')
}
