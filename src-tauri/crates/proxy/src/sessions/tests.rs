//! Sessions on two clocks that go their own ways, as they do around suspend and when somebody sets the time.

use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};

use domain::NoRandom;
use proptest::prelude::*;

use super::*;

const MINUTE: i64 = 60_000;

#[derive(Default)]
struct TwoClocks {
    wall: AtomicI64,
    steady: AtomicI64,
}

impl TwoClocks {
    fn pass(&self, wall: i64, steady: i64) {
        self.wall.fetch_add(wall, Ordering::SeqCst);
        self.steady.fetch_add(steady, Ordering::SeqCst);
    }
}

impl Clock for TwoClocks {
    fn now(&self) -> Timestamp {
        Timestamp(1_790_000_000_000 + self.wall.load(Ordering::SeqCst))
    }

    fn elapsed(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.steady.load(Ordering::SeqCst)).unwrap())
    }
}

/// Never the same bytes twice.
#[derive(Default)]
struct Counter(AtomicU8);

impl Random for Counter {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandom> {
        bytes.fill(self.0.fetch_add(1, Ordering::SeqCst));
        Ok(())
    }
}

fn sessions() -> (Sessions, Arc<TwoClocks>) {
    let clock = Arc::new(TwoClocks::default());
    (Sessions::new(Arc::clone(&clock) as _, Arc::new(Counter::default())), clock)
}

fn log_in(sessions: &Sessions, uid: &str) -> AccessToken {
    let application = ApplicationId(Uuid::from_u128(7));
    sessions.log_in(application, Uid::parse(uid).unwrap(), None).ok().unwrap()
}

#[test]
fn a_token_ends_when_either_clock_says_so() {
    for (wall, steady, good) in [
        (5 * MINUTE - 1, 5 * MINUTE - 1, true),
        (5 * MINUTE, 5 * MINUTE, false),
        // Asleep: the steady clock stood still.
        (5 * MINUTE, 0, false),
        // Set back an hour while it lived.
        (-60 * MINUTE, 5 * MINUTE, false),
        (-60 * MINUTE, 5 * MINUTE - 1, true),
        // Set forward.
        (60 * MINUTE, 1, false),
    ] {
        let (sessions, clock) = sessions();
        let token = log_in(&sessions, "ada");
        clock.pass(wall, steady);
        assert_eq!(sessions.check(token.as_str()).is_ok(), good, "{wall} {steady}");
    }
}

#[test]
fn a_session_ends_when_either_clock_says_so_however_often_it_is_refreshed() {
    for (wall, steady) in [(1, 1), (1, 0), (-1, 1)] {
        let (sessions, clock) = sessions();
        let mut token = log_in(&sessions, "ada");
        for _ in 0..143 {
            clock.pass(wall * 5 * MINUTE, steady * 5 * MINUTE);
            let session = sessions.of_any_age(token.as_str()).unwrap_or_else(|cause| panic!("{cause:?}"));
            token = sessions.refresh(&session).ok().unwrap();
        }
        clock.pass(wall * 5 * MINUTE, steady * 5 * MINUTE);
        assert_eq!(sessions.of_any_age(token.as_str()).err(), Some(Cause::SessionOver));
        assert!(sessions.list().is_empty());
    }
}

/// Never the same bytes twice, for longer.
#[derive(Default)]
struct Many(AtomicI64);

impl Random for Many {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandom> {
        let next = self.0.fetch_add(1, Ordering::SeqCst).to_le_bytes();
        bytes.iter_mut().zip(next).for_each(|(byte, new)| *byte = new);
        Ok(())
    }
}

#[test]
fn a_page_that_logs_in_again_and_again_drops_its_like_and_nobody_else() {
    let sessions = Sessions::new(Arc::new(TwoClocks::default()), Arc::new(Many::default()));
    let ada = log_in(&sessions, "ada");
    let open = || {
        let (application, uid) = (ApplicationId(Uuid::from_u128(7)), Uid::parse("loop").unwrap());
        sessions.log_in_by_page(application, uid, "http://localhost:3000".to_owned()).ok().unwrap()
    };
    let first = open();
    let all: Vec<_> = (0..TOKENS_OF_PAGES).map(|_| open()).collect();
    assert_eq!(sessions.check(first.as_str()).err(), Some(Cause::SessionOver));
    assert!(all.iter().all(|token| sessions.check(token.as_str()).is_ok()));
    assert!(sessions.check(ada.as_str()).is_ok());
    assert_eq!(sessions.list().len(), TOKENS_OF_PAGES + 1);
}

#[test]
fn one_session_is_revoked_and_another_lives() {
    let (sessions, clock) = sessions();
    let (first, second) = (log_in(&sessions, "ada"), log_in(&sessions, "bob"));
    clock.pass(MINUTE, MINUTE);
    let session = sessions.check(first.as_str()).ok().unwrap();
    let again = sessions.refresh(&session).ok().unwrap();
    let listed = sessions.list();
    assert_eq!(listed.len(), 2, "a session is one, however many tokens it has");
    let ada = listed.iter().find(|info| info.uid.as_str() == "ada").unwrap();
    assert_eq!(ada.refreshed.0 - ada.login.0, MINUTE);
    assert!(sessions.revoke_one(ada.id) && !sessions.revoke_one(ada.id));
    for token in [&first, &again] {
        assert_eq!(sessions.of_any_age(token.as_str()).err(), Some(Cause::SessionOver));
    }
    assert!(sessions.check(second.as_str()).is_ok());
}

#[test]
fn one_session_cannot_crowd_out_the_others() {
    let (sessions, clock) = sessions();
    let (other, mine) = (log_in(&sessions, "ada"), log_in(&sessions, "bob"));
    let session = sessions.check(mine.as_str()).ok().unwrap();
    let mut newest = mine;
    for _ in 0..100 {
        clock.pass(1, 1);
        newest = sessions.refresh(&session).ok().unwrap();
    }
    assert_eq!(sessions.tables().tokens.len(), 1 + TOKENS_OF_ONE);
    assert!(sessions.check(other.as_str()).is_ok() && sessions.check(newest.as_str()).is_ok());
}

#[test]
fn a_reset_session_says_so_until_it_is_over() {
    let (sessions, clock) = sessions();
    let token = log_in(&sessions, "ada");
    sessions.reset(ApplicationId(Uuid::from_u128(8)));
    assert!(sessions.check(token.as_str()).is_ok());
    sessions.reset(ApplicationId(Uuid::from_u128(7)));
    assert_eq!(sessions.check(token.as_str()).err(), Some(Cause::SessionReset));
    assert!(sessions.list().is_empty());
    clock.pass(0, 12 * 60 * MINUTE);
    assert_eq!(sessions.check(token.as_str()).err(), Some(Cause::SessionOver));
    assert!(sessions.check(log_in(&sessions, "ada").as_str()).is_ok(), "a new login is not touched");
}

proptest! {
    /// A naive model: when a token was issued and its session opened, on both clocks.
    #[test]
    fn tokens_live_as_long_as_the_model_says(
        steps in prop::collection::vec((0_u8..3, -400_i64..400, 0_i64..400), 1..40)
    ) {
        let (sessions, clock) = sessions();
        // Token, issued (wall, steady), opened (wall, steady).
        let mut model: Vec<(AccessToken, [i64; 2], [i64; 2])> = Vec::new();
        let (mut wall, mut steady) = (0, 0);
        for (act, by_wall, by_steady) in steps {
            match act {
                0 => model.push((log_in(&sessions, "ada"), [wall, steady], [wall, steady])),
                1 => if let Some((token, _, opened)) = model.last()
                    && let Ok(session) = sessions.of_any_age(token.as_str())
                {
                    let opened = *opened;
                    model.push((sessions.refresh(&session).ok().unwrap(), [wall, steady], opened));
                },
                _ => {
                    clock.pass(by_wall * MINUTE, by_steady * MINUTE);
                    (wall, steady) = (wall + by_wall, steady + by_steady);
                }
            }
            // Never more than eight of one session in a row are looked at, so none has been dropped.
            for (token, issued, opened) in model.iter().rev().take(TOKENS_OF_ONE) {
                let young = |since: &[i64; 2], life| wall - since[0] < life && steady - since[1] < life;
                let expected = match (young(opened, 720), young(issued, 5)) {
                    (false, _) => Some(Cause::SessionOver),
                    (true, false) => Some(Cause::TokenExpired),
                    (true, true) => None,
                };
                prop_assert_eq!(sessions.check(token.as_str()).err(), expected);
            }
        }
    }
}
