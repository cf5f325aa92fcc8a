//! The machine goes to sleep: heard from logind on the system bus, where there is one. Locks the vault if that is wanted.

#[cfg(target_os = "linux")]
pub(crate) use linux::watch;

#[cfg(not(target_os = "linux"))]
pub(crate) fn watch(_: &std::sync::Arc<crate::Console>) {}

#[cfg(target_os = "linux")]
mod linux {
    use std::sync::{Arc, Weak};
    use std::time::Duration;

    use dbus::blocking::Connection;
    use dbus::message::MatchRule;
    use tokio::runtime::Handle;
    use vault::Who;

    use crate::Console;
    use crate::actor::acting_as;

    const PACE: Duration = Duration::from_millis(500);

    /// Watches on a thread of its own, as long as the console lives. Without a system bus nothing tells, and nothing is said.
    pub(crate) fn watch(console: &Arc<Console>) {
        let (console, runtime) = (Arc::downgrade(console), Handle::current());
        let _ =
            std::thread::Builder::new().name("suspend".to_owned()).spawn(move || listen(&console, &runtime));
    }

    fn listen(console: &Weak<Console>, runtime: &Handle) {
        let Ok(bus) = Connection::new_system() else { return };
        let rule = MatchRule::new_signal("org.freedesktop.login1.Manager", "PrepareForSleep");
        let (listener, handle) = (console.clone(), runtime.clone());
        let heard = bus.add_match(rule, move |(going,): (bool,), _, _| {
            if let Some(console) = listener.upgrade().filter(|_| going) {
                handle.spawn(acting_as(Who::Console, async move { console.lock_for_sleep().await }));
            }
            true
        });
        if heard.is_err() {
            return;
        }
        while console.strong_count() > 0 && bus.process(PACE).is_ok() {}
    }
}
