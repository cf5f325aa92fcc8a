//! A disk without room, a limit on file sizes, a directory that cannot be written: an act is done or refused as
//! `not-writable`, and every key that was there is there.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Output};

use testkit::leak::Canary;

use crate::desk::{APP, Desk, Keys, Known, Slot, agree};

/// What stands in an act's way.
#[derive(Clone, Copy)]
enum Narrow<'a> {
    Nothing,
    /// It runs through a program that takes it as its last arguments.
    Through(&'a [&'a str]),
    /// So many bytes are left on its disk; afterwards there is room again.
    Room(&'a SmallDisk, usize),
}

/// What is stored, and what each act makes of it.
struct Stored {
    desk: Desk,
    known: Known,
    done: u32,
    refused: u32,
}

impl Stored {
    fn new(slot: Slot) -> Self {
        Self::with(Desk::new(slot))
    }

    fn with(desk: Desk) -> Self {
        let mut stored = Self { desk, known: Known::default(), done: 0, refused: 0 };
        for name in ["One", "Two"] {
            let added = stored.act(&["add", name, "--kind", "openai"], true, Narrow::Nothing);
            assert!(added, "{name} is added");
        }
        stored
    }

    /// Does an act, and looks what became of the keys.
    fn act(&mut self, words: &[&str], keyed: bool, narrow: Narrow<'_>) -> bool {
        let key = keyed.then(|| Canary::new("sk").key().to_owned());
        let source: &[&str] = if keyed { &["--key-stdin"] } else { &[] };
        let words = [&["provider"], words, &["--app", APP], source].concat();
        let wrapper = if let Narrow::Through(wrapper) = narrow { wrapper } else { &[] };
        let ballast = if let Narrow::Room(disk, room) = narrow { Some(disk.fill_but(room)) } else { None };
        let Output { status, stderr, .. } = self.desk.run_through(wrapper, &words, key.as_deref());
        ballast.iter().for_each(|ballast| std::fs::remove_file(ballast).unwrap());
        let error = String::from_utf8_lossy(&stderr).into_owned();
        let what = format!("{wrapper:?} {words:?}");
        let code = status.code().unwrap_or_else(|| panic!("{what} was killed: {status}"));
        let mut after = self.known.clone();
        match key {
            Some(current) => drop(after.keys.insert(words[2].to_owned(), Keys { current, previous: None })),
            None => drop(after.keys.remove(words[2])),
        }
        after.version = Some(1);
        let opened = self.desk.read();
        if code == 0 {
            assert!(agree(&opened, &after), "{what}: done, and not there");
            self.known = after;
            self.done += 1;
            return true;
        }
        assert!(code == 1 && error.contains("\"not-writable\""), "{what}: {code} {error}");
        assert!(agree(&opened, &self.known), "{what}: refused, and changed: {error}");
        self.refused += 1;
        false
    }

    /// Replaces, adds and removes. Back to two providers afterwards.
    fn acts(&mut self, narrow: Narrow<'_>) {
        self.act(&["rotate", "One"], true, narrow);
        if self.act(&["add", "Three", "--kind", "openai"], true, narrow) {
            self.act(&["remove", "Three"], false, narrow);
            if self.known.keys.contains_key("Three") {
                assert!(self.act(&["remove", "Three"], false, Narrow::Nothing));
            }
        }
        self.act(&["rotate", "Two"], true, narrow);
    }
}

#[test]
fn a_limit_on_file_sizes_refuses_acts_and_loses_no_key() {
    let mut stored = Stored::new(Slot::KeyFile);
    let database = std::fs::metadata(stored.desk.data().join("addon-console.db")).unwrap().len();
    let around = |size: u64| [size.saturating_sub(1), size, size + 4096, size + 32 * 1024];
    let limits = [0, 1024, 8192].into_iter().chain(around(32 * 1024)).chain(around(database));
    for limit in limits {
        stored.acts(Narrow::Through(&["prlimit", &format!("--fsize={limit}")]));
    }
    let (done, refused) = (stored.done, stored.refused);
    assert!(
        done > 2 && refused > 2,
        "{done} done, {refused} refused: the limits are not where they should be"
    );
    assert!(stored.act(&["rotate", "One"], true, Narrow::Nothing), "without a limit all is well again");
}

#[test]
fn a_full_disk_refuses_acts_and_loses_no_key() {
    let Some(disk) = SmallDisk::mount("2m") else {
        println!("SKIPPED: no tmpfs may be mounted here, so a full disk was not tried");
        return;
    };
    let mut stored = Stored::with(Desk::in_folder(Slot::KeyFile, disk.folder.path().join("data")));
    for room in [0, 4, 12, 28, 36, 60, 100, 200] {
        stored.acts(Narrow::Room(&disk, room * 1024));
    }
    let (done, refused) = (stored.done, stored.refused);
    assert!(
        done > 2 && refused > 2,
        "{done} done, {refused} refused: the disk is not full when it should be"
    );
    assert!(stored.act(&["rotate", "One"], true, Narrow::Nothing), "with room again all is well");
}

#[test]
fn a_directory_of_somebody_else_refuses_acts_and_loses_no_key() {
    // Root may write everywhere but for these two capabilities, and only root can give a directory away.
    let as_stranger = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", "--inh-caps=-all"];
    let mut stored = Stored::new(Slot::KeyFile);
    let data = stored.desk.data();
    let files: Vec<PathBuf> = std::fs::read_dir(&data)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .chain([data])
        .collect();
    let give = |owner: u32, folder: u32, file: u32| {
        let given = files.iter().all(|path| std::os::unix::fs::chown(path, Some(owner), None).is_ok());
        for path in &files {
            let mode = if path.is_dir() { folder } else { file };
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        }
        given
    };
    if !give(65_534, 0o755, 0o644) {
        println!("SKIPPED: not root, so no directory could be given to somebody else");
        return;
    }
    stored.acts(Narrow::Through(&as_stranger));
    assert_eq!(stored.done, 2, "nothing but the two that were added before");
    give(0, 0o700, 0o600);
    assert!(stored.act(&["rotate", "One"], true, Narrow::Nothing));
}

/// A file system of its own. Unmounted when dropped.
struct SmallDisk {
    folder: tempfile::TempDir,
}

impl SmallDisk {
    fn mount(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let options = format!("size={size},mode=700");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(folder.path());
        mount.output().unwrap().status.success().then_some(Self { folder })
    }

    /// A file that takes all the room but for `room` bytes.
    fn fill_but(&self, room: usize) -> PathBuf {
        let path = self.folder.path().join("ballast");
        let mut size = 0;
        let block = [0_u8; 4096];
        let mut file = std::fs::File::create(&path).unwrap();
        while std::io::Write::write_all(&mut file, &block).is_ok() {
            size += block.len();
        }
        assert!(size > room, "{} is not small", self.folder.path().display());
        file.set_len((size - room) as u64).unwrap();
        path
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.folder.path()).status();
    }
}
