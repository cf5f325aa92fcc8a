//! The rounds: an act is started, killed at some moment, and the store must then hold what stood before or what the act
//! makes of it; and the latter if the act had said that it was done.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read as _;
use std::thread;
use std::time::{Duration, Instant};

use fastrand::Rng;
use vault::OpenError;

use crate::desk::{APP, Desk, Keys, Known, Opened, agree};

/// Providers at most, besides those of a `.env`: few enough to read them all in every round.
const PROVIDERS: usize = 5;
/// What a `.env` calls its keys, and what the providers of these are called.
const ENV: [(&str, &str); 3] =
    [("OPENAI_API_KEY", "OpenAI"), ("ANTHROPIC_API_KEY", "Anthropic"), ("STABILITY_API_KEY", "Stability AI")];

pub(crate) struct Limits {
    pub(crate) rounds: Option<u64>,
    pub(crate) time: Option<Duration>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    Add,
    Replace,
    Overlap,
    Return,
    Rotate,
    Remove,
    Shred,
    /// Keys from a file under a passphrase, for every provider there is.
    ImportKeys,
    /// Providers with their keys from a `.env`.
    ImportEnv,
}

impl Act {
    /// Whole in each of its steps: killed, it leaves some done and the rest as they were.
    fn has_steps(self) -> bool {
        matches!(self, Self::ImportKeys | Self::ImportEnv)
    }
}

struct Step {
    act: Act,
    words: Vec<String>,
    key: Option<String>,
    after: Known,
}

#[derive(Default, Clone, Copy)]
struct Tally {
    /// Killed, nothing of it in the store.
    before: u32,
    /// Killed without a word, and done.
    after: u32,
    /// Killed with some of its steps done, each of them whole.
    between: u32,
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
        let sum: u32 =
            self.acts.values().map(|tally| tally.before + tally.between + tally.after + tally.said).sum();
        write!(f, "crash loop: seed {}, custody {}, {sum} rounds:", self.seed, self.custody)?;
        for (act, Tally { before, between, after, said }) in &self.acts {
            let steps = if act.has_steps() { format!("{between} between, ") } else { String::new() };
            write!(
                f,
                " {act:?} {} ({before} before, {steps}{after} after, {said} confirmed),",
                before + between + after + said
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
    let mut known = Known::default();
    let mut rounds = 0;
    while limits.rounds.is_none_or(|limit| rounds < limit)
        && limits.time.is_none_or(|limit| started.elapsed() < limit)
    {
        round(desk, &mut random, &mut known, &mut report);
        rounds += 1;
        if report.lost + report.blanked + report.mixed > 0 {
            panic!("{report}\nleft in {}", desk.keep().display());
        }
    }
    println!("{report}, in {} s", started.elapsed().as_secs());
    // A loop in which no act was cut short, or none was finished, would prove nothing.
    let cut: u32 = report.acts.values().map(|tally| tally.before + tally.between).sum();
    let said: u32 = report.acts.values().map(|tally| tally.said).sum();
    assert!(cut > 0 && said > 0, "{report}");
}

fn round(desk: &Desk, random: &mut Rng, known: &mut Known, report: &mut Report) {
    let step = step(desk, random, known);
    let said = act_and_kill(desk, random, &step, report);
    // The next start of the real program finishes what was left.
    let status = desk.command(&["vault", "status"]).output().unwrap();
    assert!(status.status.success(), "{report}: {status:?}");
    let opened = desk.read();
    let tally = report.acts.entry(step.act).or_default();
    if agree(&opened, &step.after) {
        *if said { &mut tally.said } else { &mut tally.after } += 1;
        *known = step.after;
    } else if agree(&opened, known) && !said {
        tally.before += 1;
    } else if let Some(between) = between(&opened, known, &step).filter(|_| !said) {
        tally.between += 1;
        *known = between;
    } else {
        println!("{:?} (said to be done: {said}) left {:?}", step.act, opened.keys.keys());
        // By the names: what must be there in either outcome, and in the one that was confirmed.
        for (name, _) in step.after.keys.iter().filter(|(name, _)| said || known.keys.contains_key(*name)) {
            match opened.keys.get(name).map(|keys| &keys.current) {
                Some(Err(OpenError::OtherVersion)) => report.mixed += 1,
                Some(Err(_)) => report.blanked += 1,
                None | Some(Ok(_)) => report.lost += 1,
            }
        }
        // Something is there that should not be.
        report.mixed += u32::from(report.lost + report.blanked + report.mixed == 0);
    }
}

/// What is stored, where each provider is as it was or as the act makes it.
fn between(opened: &Opened, known: &Known, step: &Step) -> Option<Known> {
    let mut between = Known { version: step.after.version, ..Known::default() };
    if !step.act.has_steps() {
        return None;
    }
    for name in opened.keys.keys() {
        let one = |known: &Known| Known {
            keys: known.keys.get(name).map(|keys| (name.clone(), keys.clone())).into_iter().collect(),
            version: opened.version,
        };
        let stored = Opened { keys: BTreeMap::from([(name.clone(), opened.keys[name].clone())]), ..*opened };
        let found = [one(known), one(&step.after)].into_iter().find(|one| agree(&stored, one))?;
        between.keys.extend(found.keys);
    }
    // Nothing that was there may be missing.
    let all = known.keys.keys().all(|name| between.keys.contains_key(name));
    (all && opened.version == between.version).then_some(between)
}

/// A file with new keys, and how it is imported.
fn import(desk: &Desk, act: Act, random: &mut Rng, after: &mut Known) -> Vec<String> {
    let key = |random: &mut Rng| format!("sk-crash-{:032x}", random.u128(..));
    if act == Act::ImportEnv {
        let mut lines = String::new();
        for (variable, name) in ENV {
            let key = key(random);
            lines += &format!("{variable}={key}\n");
            after.keys.insert(name.to_owned(), Keys { current: key, previous: None });
        }
        let file = desk.file("crash.env", lines.as_bytes());
        return ["import", &file, "--app", APP].map(str::to_owned).to_vec();
    }
    let mut entries = Vec::new();
    for (name, keys) in &mut after.keys {
        *keys = Keys { current: key(random), previous: None };
        let (kind, origin) = match ENV.into_iter().find(|(_, known)| known == name) {
            Some((_, "Anthropic")) => ("anthropic", "https://api.anthropic.com:443"),
            Some((_, "Stability AI")) => ("stability", "https://api.stability.ai:443"),
            _ => ("openai", "https://api.openai.com:443"),
        };
        entries.push(transfer::KeyEntry {
            application: APP.to_owned(),
            provider: name.clone(),
            kind: kind.to_owned(),
            origin: origin.to_owned(),
            key: keys.current.clone().into(),
        });
    }
    let sealed = transfer::seal_keys(&entries, "a passphrase").unwrap();
    let file = desk.file("crash.age", &sealed);
    let passphrase = desk.file("passphrase", b"a passphrase\n");
    ["import", &file, "--export-passphrase-file", &passphrase].map(str::to_owned).to_vec()
}

/// The next act, and what it makes of the keys.
fn step(desk: &Desk, random: &mut Rng, known: &Known) -> Step {
    let act = choose(random, &known.keys);
    if act.has_steps() {
        let mut after = known.clone();
        after.version = Some(known.version.unwrap_or(1));
        let words = import(desk, act, random, &mut after);
        return Step { act, words, key: None, after };
    }
    let able = |keys: &Keys<String>| act != Act::Return || keys.previous.is_some();
    let names: Vec<&String> =
        known.keys.iter().filter(|(_, keys)| able(keys)).map(|(name, _)| name).collect();
    let name = match act {
        Act::Add => format!("P-{:08x}", random.u32(..)),
        _ => random.choice(&names).map(|name| (*name).clone()).unwrap_or_default(),
    };
    let key = matches!(act, Act::Add | Act::Replace | Act::Overlap)
        .then(|| format!("sk-crash-{:032x}", random.u128(..)));
    let mut after = known.clone();
    match (act, &key) {
        (Act::Overlap, Some(key)) => {
            let known = after.keys.get_mut(&name).unwrap();
            known.previous = Some(std::mem::replace(&mut known.current, key.clone()));
        }
        (_, Some(key)) => {
            drop(after.keys.insert(name.clone(), Keys { current: key.clone(), previous: None }))
        }
        (Act::Return, None) => {
            let known = after.keys.get_mut(&name).unwrap();
            known.current = known.previous.take().unwrap();
        }
        (Act::Rotate, None) => {}
        (_, None) => drop(after.keys.remove(&name)),
    }
    let rotates = u32::from(matches!(act, Act::Rotate | Act::Shred));
    after.version = Some(known.version.unwrap_or(1) + rotates);
    let words: &[&str] = match act {
        Act::Add => &["provider", "add", &name, "--app", APP, "--kind", "openai", "--key-stdin"],
        Act::Replace => &["provider", "rotate", &name, "--app", APP, "--key-stdin"],
        Act::Overlap => &["provider", "rotate", &name, "--app", APP, "--overlap", "24", "--key-stdin"],
        Act::Return => &["provider", "return", &name, "--app", APP],
        Act::Rotate => &["vault", "rotate"],
        Act::Remove => &["provider", "remove", &name, "--app", APP],
        Act::Shred => &["provider", "remove", &name, "--app", APP, "--shred"],
        Act::ImportKeys | Act::ImportEnv => &[],
    };
    Step { act, words: words.iter().map(|word| (*word).to_owned()).collect(), key, after }
}

fn choose(random: &mut Rng, keys: &BTreeMap<String, Keys<String>>) -> Act {
    if keys.is_empty() {
        return Act::Add;
    }
    match random.u8(..100) {
        0..25 if keys.len() < PROVIDERS => Act::Add,
        0..40 => Act::Replace,
        40..50 => Act::Overlap,
        50..60 if keys.values().any(|keys| keys.previous.is_some()) => Act::Return,
        50..70 => Act::Rotate,
        70..77 => Act::Remove,
        77..84 => Act::ImportKeys,
        84..92 => Act::ImportEnv,
        _ => Act::Shred,
    }
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
