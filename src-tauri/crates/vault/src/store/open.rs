//! The one opener: files private before SQLite sees them, safe pragmas, a check, a backup before each migration.

use std::fs::{DirBuilder, OpenOptions, Permissions};
use std::path::Path;

use domain::Random;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension as _};
use rusqlite_migration::{M, MigrationDefinitionError, Migrations, SchemaVersion};

use super::Store;
use crate::failure::VaultError;

const FILE: &str = "addon-console.db";
const BACKUPS: &str = "backups";
/// Bytes of SQLite's smallest page.
const SMALLEST: u64 = 512;
/// Only ever added to.
const MIGRATIONS: &[M<'static>] = &[
    M::up(include_str!("migrations/0001_spine.sql")),
    M::up(include_str!("migrations/0002_providers_of_every_kind.sql")),
    M::up(include_str!("migrations/0003_acts_on_keys.sql")).foreign_key_check(),
    M::up(include_str!("migrations/0004_limits.sql")),
    M::up(include_str!("migrations/0005_faults.sql")),
    M::up(include_str!("migrations/0006_tapes.sql")),
];

impl Store {
    /// Opens or makes the database in `dir`.
    pub(crate) fn open(dir: &Path, random: &dyn Random) -> Result<Self, VaultError> {
        let path = dir.join(FILE);
        make_private_file(&path)?;
        // What is left of a cut database SQLite takes for a new one, and writes over it. A new one is empty.
        let length = std::fs::metadata(&path).map_err(|_| VaultError::NotWritable)?.len();
        if (1..SMALLEST).contains(&length) {
            return Err(VaultError::Damaged);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(&path, flags).map_err(sort)?;
        connection.execute_batch(PRAGMAS).map_err(sort)?;
        let report: String =
            connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(sort)?;
        let astray: Option<String> =
            connection.query_row(INDEX_CHECK, [], |row| row.get(0)).optional().map_err(sort)?;
        if report != "ok" || astray.is_some() {
            return Err(VaultError::Damaged);
        }
        migrate(&mut connection, dir)?;
        // A row whose parent is gone would be left out by every reading, without a word.
        let orphans: Option<String> = connection
            .query_row("PRAGMA foreign_key_check", [], |row| row.get(0))
            .optional()
            .map_err(sort)?;
        if orphans.is_some() {
            return Err(VaultError::Damaged);
        }
        #[cfg(feature = "faults")]
        crate::faults::watch(&connection).map_err(sort)?;
        let store = Self { connection };
        store.ensure_identity(random).map_err(|_| VaultError::NotWritable)?;
        store.clear_log();
        Ok(store)
    }
}

/// `quick_check` does not compare an index with its table, and a row that its index has lost is left out of every join
/// without a word. Every table but those that may be long and hold no key.
const INDEX_CHECK: &str = "
    SELECT found.integrity_check FROM sqlite_schema AS one, pragma_integrity_check(one.name) AS found
    WHERE one.type = 'table' AND one.name NOT IN ('activity', 'tapes') AND found.integrity_check <> 'ok' LIMIT 1";

/// FULL: a key that was confirmed survives a power cut. `secure_delete` is per connection; this is the only one. 512 KiB of
/// pages: rows come at the end of their tables, and what is kept in memory is never given back.
const PRAGMAS: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA busy_timeout = 2000;
    PRAGMA cache_size = -512;
";

fn migrate(connection: &mut Connection, dir: &Path) -> Result<(), VaultError> {
    let migrations = Migrations::from_slice(MIGRATIONS);
    let version = migrations.current_version(connection).map_err(|_| VaultError::Damaged)?;
    if let SchemaVersion::Inside(at) = version
        && at.get() < MIGRATIONS.len()
    {
        back_up(connection, dir, at.get())?;
    }
    migrations.to_latest(connection).map_err(|error| match error {
        rusqlite_migration::Error::MigrationDefinition(MigrationDefinitionError::DatabaseTooFarAhead) => {
            VaultError::NewerVersion
        }
        rusqlite_migration::Error::RusqliteError { err, .. } => sort(err),
        _ => VaultError::Damaged,
    })
}

/// Keys are sealed in it as they are in the database.
fn back_up(connection: &Connection, dir: &Path, version: usize) -> Result<(), VaultError> {
    let folder = dir.join(BACKUPS);
    make_private_dir(&folder)?;
    let path = folder.join(format!("before-schema-{}.db", version + 1));
    if path.exists() {
        return Ok(());
    }
    make_private_file(&path)?;
    connection.backup(rusqlite::MAIN_DB, &path, None).map_err(sort)
}

/// Removes the database and its backups. The lock file stays with whoever holds it.
pub(crate) fn remove_files(dir: &Path) -> std::io::Result<()> {
    let gone = |result: std::io::Result<()>| match result {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        other => other,
    };
    gone(std::fs::remove_dir_all(dir.join(BACKUPS)))?;
    for suffix in ["", "-wal", "-shm"] {
        gone(std::fs::remove_file(dir.join(format!("{FILE}{suffix}"))))?;
    }
    Ok(())
}

/// Makes `dir` with nobody else's access, or takes others' access away.
pub(crate) fn make_private_dir(dir: &Path) -> Result<(), VaultError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir).map_err(|_| VaultError::NotWritable)?;
    set_mode(dir, 0o700)
}

fn make_private_file(path: &Path) -> Result<(), VaultError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|_| VaultError::NotWritable)?;
    set_mode(path, 0o600)
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> Result<(), VaultError> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, Permissions::from_mode(mode)).map_err(|_| VaultError::NotWritable)
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) -> Result<(), VaultError> {
    Ok(())
}

fn sort(error: rusqlite::Error) -> VaultError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => VaultError::Damaged,
        Some(
            ErrorCode::ReadOnly
            | ErrorCode::CannotOpen
            | ErrorCode::DiskFull
            | ErrorCode::SystemIoFailure
            | ErrorCode::PermissionDenied,
        ) => VaultError::NotWritable,
        _ => VaultError::Database(error),
    }
}
