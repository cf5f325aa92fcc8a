//! The acts on keys, each with what it needs to be there. Two providers: one with an overlapping key, one without.

use vault::{KeyActError, KitCode, Vault, Who};

use crate::desk::{Desk, UNTIL, add, add_application, by, id, key, passphrase};

type Outcome = Result<(), KeyActError>;

pub(crate) struct Act {
    pub(crate) name: &'static str,
    pub(crate) prepare: fn(&Desk),
    pub(crate) run: Run,
    /// What it puts into the keyring is what was missing there: it counts at once, though the act fails later.
    pub(crate) heals: bool,
}

pub(crate) fn named(name: &str) -> &'static Act {
    ACTS.iter().find(|act| act.name == name).unwrap()
}

type Run = fn(&Desk, &Vault) -> Outcome;

const fn act(name: &'static str, prepare: fn(&Desk), run: Run) -> Act {
    Act { name, prepare, run, heals: false }
}

pub(crate) const ACTS: &[Act] = &[
    act("first-key", empty, |_, vault| add(vault, "First")),
    act("add", two, |_, vault| add(vault, "Third")),
    act("replace", two, |_, vault| {
        by(vault).replace_key(id(vault, "Overlapping"), &key("sk-replaced-0123456789"), None)
    }),
    act("replace-with-overlap", two, |_, vault| {
        by(vault).replace_key(id(vault, "Plain"), &key("sk-replaced-0123456789"), Some(UNTIL))
    }),
    act("return", two, |_, vault| by(vault).return_key(id(vault, "Overlapping"))),
    act("expire", two, |_, vault| Ok(vault.by(Who::Console, UNTIL).expire_previous_keys().map(|_| ())?)),
    act("switch-off", two, |_, vault| Ok(by(vault).switch_provider(id(vault, "Plain"), false)?)),
    act("remove", two, |_, vault| remove(vault, false)),
    act("shred", two, |_, vault| remove(vault, true)),
    act("rotate", two_and_a_kit, |_, vault| by(vault).rotate()),
    act("rotate-under-a-passphrase", under_a_passphrase, |_, vault| by(vault).rotate()),
    act("move-to-a-passphrase", two, |_, vault| by(vault).move_custody(Some(passphrase()))),
    act("move-to-the-keyring", under_a_passphrase, |_, vault| by(vault).move_custody(None)),
    act("make-a-kit", two, |desk, vault| {
        by(vault).make_kit(|code| {
            desk.keep_code(code);
            Ok(())
        })
    }),
    Act { heals: true, ..act("recover", lost, |desk, vault| recover(desk, vault, false)) },
    act("recover-under-a-passphrase", lost, |desk, vault| recover(desk, vault, true)),
];

fn empty(desk: &Desk) {
    add_application(&desk.open());
}

fn two(desk: &Desk) {
    let vault = desk.open();
    add_application(&vault);
    add(&vault, "Plain").unwrap();
    add(&vault, "Overlapping").unwrap();
    by(&vault).replace_key(id(&vault, "Overlapping"), &key("sk-second-0123456789"), Some(UNTIL)).unwrap();
}

fn two_and_a_kit(desk: &Desk) {
    two(desk);
    (named("make-a-kit").run)(desk, &desk.open()).unwrap();
}

fn under_a_passphrase(desk: &Desk) {
    two(desk);
    by(&desk.open()).move_custody(Some(passphrase())).unwrap();
}

/// There is a kit, and nothing in the keyring any more.
fn lost(desk: &Desk) {
    two_and_a_kit(desk);
    desk.empty_keyring();
}

fn remove(vault: &Vault, shred: bool) -> Outcome {
    by(vault).remove_provider(id(vault, "Overlapping"), shred)
}

fn recover(desk: &Desk, vault: &Vault, under_a_passphrase: bool) -> Outcome {
    let code = KitCode::parse(&desk.code()).unwrap();
    by(vault).recover(&code, under_a_passphrase.then(passphrase)).map(|_| ())
}
