//! A session of its own for one test: a bus, and on it the real GNOME Keyring with profiles that can be exchanged.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use dbus::Message;
use dbus::blocking::{Connection, Proxy};
use dbus::channel::Channel;
use tempfile::TempDir;

const SERVICE: &str = "org.freedesktop.secrets";
pub(crate) const PROMPTER: &str = "org.gnome.keyring.SystemPrompter";
const ANSWER: Duration = Duration::from_secs(5);

/// Nobody is started by being asked, and everybody may do everything.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context="default">
<allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>"#;

pub(crate) struct Session {
    folder: TempDir,
    bus: Child,
    address: String,
    daemon: Option<Child>,
}

impl Session {
    /// A bus with nobody on it.
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("bus.conf");
        std::fs::write(&config, BUS).unwrap();
        let mut bus = Command::new("dbus-daemon")
            .args(["--nofork", "--print-address=1", "--config-file"])
            .arg(config)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is installed by script/setup");
        let mut address = String::new();
        BufReader::new(bus.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self { folder, bus, address: address.trim().to_owned(), daemon: None }
    }

    /// A bus with a keyring that is unlocked.
    pub(crate) fn with_keyring() -> Self {
        let mut session = Self::start();
        session.keyring("home", "x");
        session
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What a program of this session sees, and nothing of the session that the tests run in.
    pub(crate) fn enter<'a>(&self, command: &'a mut Command, profile: &str) -> &'a mut Command {
        let home = self.profile(profile);
        for unset in ["DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL", "XDG_DATA_DIRS"] {
            command.env_remove(unset);
        }
        command
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .env("XDG_RUNTIME_DIR", home.join("run"))
            .env("XDG_DATA_HOME", home.join("share"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("HOME", home)
    }

    fn profile(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Starts GNOME Keyring on a profile, new or as it was left. A password that is not the profile's leaves it locked.
    pub(crate) fn keyring(&mut self, profile: &str, password: &str) {
        use std::os::unix::fs::DirBuilderExt as _;
        self.kill_keyring();
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(self.profile(profile).join("run"))
            .unwrap();
        let mut command = Command::new("gnome-keyring-daemon");
        command.args(["--foreground", "--unlock", "--components=secrets"]);
        let mut daemon = self
            .enter(&mut command, profile)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("gnome-keyring-daemon is installed by script/setup");
        daemon.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
        self.daemon = Some(daemon);
        self.wait_for_owner(SERVICE, true);
    }

    pub(crate) fn kill_keyring(&mut self) {
        if let Some(mut daemon) = self.daemon.take() {
            daemon.kill().unwrap();
            daemon.wait().unwrap();
            self.wait_for_owner(SERVICE, false);
        }
    }

    /// Somebody who takes a name on this bus and never answers anything.
    pub(crate) fn silent(&self, name: &'static str) {
        let mut channel = Channel::open_private(&self.address).unwrap();
        channel.register().unwrap();
        let bus = "org.freedesktop.DBus";
        let take = Message::call_with_args(bus, "/org/freedesktop/DBus", bus, "RequestName", (name, 0_u32));
        let reply = channel.send_with_reply_and_block(take, ANSWER).unwrap();
        assert_eq!(reply.read1::<u32>().unwrap(), 1, "{name} is taken");
        // Ends with the bus.
        thread::spawn(move || {
            while channel.read_write(Some(ANSWER)).is_ok() {
                while channel.pop_message().is_some() {}
            }
        });
    }

    /// The bus goes away, and with it everybody on it.
    pub(crate) fn kill_bus(&mut self) {
        self.bus.kill().unwrap();
        self.bus.wait().unwrap();
    }

    /// Locks what the keyring keeps.
    pub(crate) fn lock(&self) {
        let paths = vec![dbus::Path::from("/org/freedesktop/secrets/aliases/default")];
        let asked: Result<(Vec<dbus::Path<'static>>, dbus::Path<'static>), _> = self
            .ask(|service| service.method_call("org.freedesktop.Secret.Service", "Lock", (paths.clone(),)));
        assert!(!asked.unwrap().0.is_empty());
    }

    /// The entries of this program, by their paths.
    pub(crate) fn entries(&self) -> Vec<dbus::Path<'static>> {
        let attributes = std::collections::HashMap::from([("service", "addon-console")]);
        let found: (Vec<dbus::Path<'static>>, Vec<dbus::Path<'static>>) = self
            .ask(|service| {
                service.method_call("org.freedesktop.Secret.Service", "SearchItems", (attributes.clone(),))
            })
            .unwrap();
        [found.0, found.1].concat()
    }

    /// Deletes every entry of this program.
    pub(crate) fn empty(&self) {
        let connection = self.connect();
        for path in self.entries() {
            let item = connection.with_proxy(SERVICE, path, ANSWER);
            let (_,): (dbus::Path<'static>,) =
                item.method_call("org.freedesktop.Secret.Item", "Delete", ()).unwrap();
        }
        assert!(self.entries().is_empty());
    }

    fn ask<R>(&self, question: impl Fn(&Proxy<'_, &Connection>) -> R) -> R {
        let connection = self.connect();
        question(&connection.with_proxy(SERVICE, "/org/freedesktop/secrets", ANSWER))
    }

    fn connect(&self) -> Connection {
        let mut channel = Channel::open_private(&self.address).unwrap();
        channel.register().unwrap();
        Connection::from(channel)
    }

    fn wait_for_owner(&self, name: &str, wanted: bool) {
        let connection = self.connect();
        let bus = connection.with_proxy("org.freedesktop.DBus", "/org/freedesktop/DBus", ANSWER);
        let started = Instant::now();
        loop {
            let (owned,): (bool,) = bus.method_call("org.freedesktop.DBus", "NameHasOwner", (name,)).unwrap();
            if owned == wanted {
                return;
            }
            assert!(started.elapsed() < ANSWER * 2, "{name}: owned is {owned}");
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        for child in [Some(&mut self.bus), self.daemon.as_mut()].into_iter().flatten() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
