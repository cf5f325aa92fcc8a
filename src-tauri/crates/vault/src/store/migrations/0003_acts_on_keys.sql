-- A provider may keep the key before the current one for a while, and may be switched off.
ALTER TABLE providers ADD COLUMN active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1));

CREATE TABLE sealed_keys_3 (
    provider    BLOB NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
    place       TEXT NOT NULL CHECK (place IN ('current', 'previous')),
    key_version INTEGER NOT NULL,
    blob        BLOB NOT NULL,
    tail        TEXT NOT NULL CHECK (length(tail) <= 4),
    -- Until when a previous key is kept, in milliseconds since 1970.
    valid_until INTEGER,
    PRIMARY KEY (provider, place),
    CHECK ((place = 'previous') = (valid_until IS NOT NULL))
) STRICT;
INSERT INTO sealed_keys_3 (provider, place, key_version, blob, tail)
    SELECT provider, 'current', key_version, blob, tail FROM sealed_keys;
DROP TABLE sealed_keys;
ALTER TABLE sealed_keys_3 RENAME TO sealed_keys;

-- Where a version of the vault key is kept. `coming`: written before the slot itself is; `leaving`: to be removed from
-- the slot. Whatever happens in between, the next start finishes it.
CREATE TABLE custody_slots_3 (
    kind      TEXT NOT NULL CHECK (kind IN ('keyring', 'passphrase', 'key-file', 'credentials', 'recovery')),
    version   INTEGER NOT NULL,
    stage     TEXT NOT NULL CHECK (stage IN ('coming', 'kept', 'leaving')),
    -- For a key file.
    path      TEXT,
    -- For a passphrase and a recovery kit: Argon2id's cost as JSON, its salt, the wrapped vault key.
    cost      TEXT,
    salt      BLOB,
    wrapped   BLOB,
    -- For a recovery kit: to whom the vault key is wrapped, sealed under it, and when the kit was made.
    recipient TEXT,
    seal      BLOB,
    made      INTEGER,
    PRIMARY KEY (kind, version)
) STRICT;
INSERT INTO custody_slots_3 (kind, version, stage, cost, salt, wrapped)
    SELECT kind, version, 'kept', cost, salt, wrapped FROM custody_slots;
DROP TABLE custody_slots;
ALTER TABLE custody_slots_3 RENAME TO custody_slots;

-- The chain of acts. `link` is a hash over the entry and the link before; `seal` is made with the vault key, at once or
-- at the next unlock. Closed words only.
CREATE TABLE audit (
    seq    INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    act    TEXT NOT NULL,
    who    TEXT NOT NULL,
    record BLOB CHECK (record IS NULL OR length(record) = 16),
    link   BLOB NOT NULL CHECK (length(link) = 32),
    seal   BLOB
) STRICT;

-- The newest sealed entry, so that a cut tail shows.
ALTER TABLE meta ADD COLUMN head_seq INTEGER;
ALTER TABLE meta ADD COLUMN head_link BLOB;
ALTER TABLE meta ADD COLUMN head_seal BLOB;
