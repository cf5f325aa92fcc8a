-- Sets of recorded exchanges. Each has a key of its own, sealed under the vault key: a rotation seals that anew and leaves
-- the tapes as they are; without it they are noise.
CREATE TABLE tape_sets (
    id          BLOB PRIMARY KEY,
    name        TEXT NOT NULL UNIQUE COLLATE NOCASE,
    created     INTEGER NOT NULL,
    sealed_key  BLOB NOT NULL,
    key_version INTEGER NOT NULL
) STRICT;

-- One exchange each, sealed under its set's key. `asked` is what it answers, hashed under a key of the set.
CREATE TABLE tapes (
    seq      INTEGER PRIMARY KEY,
    id       BLOB NOT NULL UNIQUE,
    tape_set BLOB NOT NULL REFERENCES tape_sets (id) ON DELETE CASCADE,
    kind     TEXT NOT NULL,
    recorded INTEGER NOT NULL,
    asked    BLOB NOT NULL,
    bytes    INTEGER NOT NULL,
    sealed   BLOB NOT NULL
) STRICT;
CREATE INDEX tapes_asked ON tapes (tape_set, asked, recorded, seq);

-- What a provider does with a set. A set in use is not removed: its provider would ask the network again.
CREATE TABLE tape_uses (
    provider BLOB PRIMARY KEY REFERENCES providers (id) ON DELETE CASCADE,
    tape_set BLOB NOT NULL REFERENCES tape_sets (id),
    does     TEXT NOT NULL CHECK (does IN ('record', 'play', 'play-fast')),
    since    INTEGER NOT NULL
) STRICT;

-- Whether a tape answered in the provider's place; nobody was asked then.
ALTER TABLE activity ADD COLUMN from_tape INTEGER NOT NULL DEFAULT 0 CHECK (from_tape IN (0, 1));
