//! Every step of every act on keys is made to fail, and the process is ended there: what is found afterwards is what
//! stood before or what the act makes of it, and an act that says that it failed has changed nothing.
//!
//! Built with the feature `faults`: `cargo test -p vault --features faults --test steps`.

// Test code may stop on the spot; the bans are for what ships.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod acts;
mod desk;
mod runner;

use acts::ACTS;

/// Not a test of its own: the process that `runner` starts to be ended in the middle of an act.
#[test]
fn child() {
    runner::child();
}

macro_rules! each_step_of {
    ($($name:ident: $act:literal),* $(,)?) => {
        $(#[test]
        fn $name() {
            runner::try_every_step(acts::named($act));
        })*

        #[test]
        fn no_act_is_left_out() {
            assert_eq!(ACTS.iter().map(|act| act.name).collect::<Vec<_>>(), [$($act),*]);
        }
    };
}

each_step_of! {
    first_key: "first-key",
    add: "add",
    replace: "replace",
    replace_with_overlap: "replace-with-overlap",
    return_to_the_previous_key: "return",
    expire: "expire",
    switch_off: "switch-off",
    remove: "remove",
    shred: "shred",
    rotate: "rotate",
    rotate_under_a_passphrase: "rotate-under-a-passphrase",
    move_to_a_passphrase: "move-to-a-passphrase",
    move_to_the_keyring: "move-to-the-keyring",
    make_a_kit: "make-a-kit",
    recover: "recover",
    recover_under_a_passphrase: "recover-under-a-passphrase",
}
