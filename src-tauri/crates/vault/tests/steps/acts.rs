//! The acts on keys, each with what it needs to be there. Two providers: one with an overlapping key, one without.

use vault::{KeyActError, KitCode, Vault, Who};

use crate::desk::{Desk, UNTIL, add, add_application, by, id, key, passphrase};

type Outcome = Result<(), KeyActError>;

pub(crate) struct Act {
    pub(crate) name: &'static str,
    pub(crate) prepare: fn(&Desk),
    pub(crate) run: fn(&Desk, &Vault) -> Outcome,
}

pub(crate) fn named(name: &str) -> &'static Act {
    ACTS.iter().find(|act| act.name == name).unwrap()
}

pub(crate) const ACTS: &[Act] = &[
    Act { name: "first-key", prepare: empty, run: |_, vault| add(vault, "First") },
    Act { name: "add", prepare: two, run: |_, vault| add(vault, "Third") },
    Act {
        name: "replace",
        prepare: two,
        run: |_, vault| by(vault).replace_key(id(vault, "Overlapping"), &key("sk-replaced-0123456789"), None),
    },
    Act {
        name: "replace-with-overlap",
        prepare: two,
        run: |_, vault| {
            by(vault).replace_key(id(vault, "Plain"), &key("sk-replaced-0123456789"), Some(UNTIL))
        },
    },
    Act { name: "return", prepare: two, run: |_, vault| by(vault).return_key(id(vault, "Overlapping")) },
    Act {
        name: "expire",
        prepare: two,
        run: |_, vault| Ok(vault.by(Who::Console, UNTIL).expire_previous_keys().map(|_| ())?),
    },
    Act {
        name: "switch-off",
        prepare: two,
        run: |_, vault| Ok(by(vault).switch_provider(id(vault, "Plain"), false)?),
    },
    Act { name: "remove", prepare: two, run: |_, vault| remove(vault, false) },
    Act { name: "shred", prepare: two, run: |_, vault| remove(vault, true) },
    Act { name: "rotate", prepare: two_and_a_kit, run: |_, vault| by(vault).rotate() },
    Act {
        name: "rotate-under-a-passphrase",
        prepare: under_a_passphrase,
        run: |_, vault| by(vault).rotate(),
    },
    Act {
        name: "move-to-a-passphrase",
        prepare: two,
        run: |_, vault| by(vault).move_custody(Some(passphrase())),
    },
    Act {
        name: "move-to-the-keyring",
        prepare: under_a_passphrase,
        run: |_, vault| by(vault).move_custody(None),
    },
    Act {
        name: "make-a-kit",
        prepare: two,
        run: |desk, vault| {
            by(vault).make_kit(|code| {
                desk.keep_code(code);
                Ok(())
            })
        },
    },
    Act { name: "recover", prepare: lost, run: |desk, vault| recover(desk, vault, false) },
    Act { name: "recover-under-a-passphrase", prepare: lost, run: |desk, vault| recover(desk, vault, true) },
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
