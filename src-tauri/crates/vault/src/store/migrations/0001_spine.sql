-- The first schema. Never edited; later ones are added beside it.
PRAGMA application_id = 1094995790; -- 'ADDN'

CREATE TABLE meta (
    id             INTEGER PRIMARY KEY CHECK (id = 1),
    vault_id       BLOB NOT NULL CHECK (length(vault_id) = 16),
    -- Which vault key seals; NULL until the first key is stored. The truth about rotation.
    active_version INTEGER,
    check_value    BLOB,
    CHECK ((active_version IS NULL) = (check_value IS NULL))
) STRICT;

CREATE TABLE custody_slots (
    kind       TEXT NOT NULL CHECK (kind IN ('keyring', 'passphrase')),
    version    INTEGER NOT NULL,
    -- For a passphrase: Argon2id's cost as JSON, its salt, the wrapped vault key.
    cost       TEXT,
    salt       BLOB,
    wrapped    BLOB,
    PRIMARY KEY (kind, version)
) STRICT;

CREATE TABLE applications (
    id        BLOB PRIMARY KEY CHECK (length(id) = 16),
    client_id BLOB NOT NULL UNIQUE CHECK (length(client_id) = 16),
    name      TEXT NOT NULL COLLATE NOCASE UNIQUE,
    kind      TEXT NOT NULL,
    created   INTEGER NOT NULL
) STRICT;

CREATE TABLE origins (
    application BLOB NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    origin      TEXT NOT NULL,
    PRIMARY KEY (application, origin)
) STRICT;

CREATE TABLE client_secrets (
    hash        BLOB PRIMARY KEY CHECK (length(hash) = 32),
    application BLOB NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    valid_until INTEGER
) STRICT;

CREATE TABLE providers (
    id                 BLOB PRIMARY KEY CHECK (length(id) = 16),
    application        BLOB NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    name               TEXT NOT NULL COLLATE NOCASE,
    kind               TEXT NOT NULL,
    base_url           TEXT NOT NULL,
    model              TEXT,
    plain_http_allowed INTEGER NOT NULL CHECK (plain_http_allowed IN (0, 1)),
    created            INTEGER NOT NULL,
    UNIQUE (application, name)
) STRICT;

CREATE TABLE sealed_keys (
    provider    BLOB PRIMARY KEY REFERENCES providers (id) ON DELETE CASCADE,
    key_version INTEGER NOT NULL,
    blob        BLOB NOT NULL,
    tail        TEXT NOT NULL CHECK (length(tail) <= 4)
) STRICT;

CREATE TABLE addons (
    application BLOB NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    handle      TEXT NOT NULL,
    enabled     INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    settings    TEXT NOT NULL,
    PRIMARY KEY (application, handle)
) STRICT;

CREATE TABLE addon_providers (
    application BLOB NOT NULL,
    handle      TEXT NOT NULL,
    place       INTEGER NOT NULL,
    provider    BLOB NOT NULL REFERENCES providers (id) ON DELETE CASCADE,
    PRIMARY KEY (application, handle, place),
    FOREIGN KEY (application, handle) REFERENCES addons (application, handle) ON DELETE CASCADE
) STRICT;

-- Closed and typed: no column takes free text from a call.
CREATE TABLE activity (
    seq               INTEGER PRIMARY KEY AUTOINCREMENT,
    id                BLOB NOT NULL,
    at                INTEGER NOT NULL,
    application       BLOB NOT NULL,
    route             TEXT NOT NULL,
    addon             TEXT NOT NULL,
    provider          BLOB,
    provider_kind     TEXT,
    model             TEXT,
    streamed          INTEGER NOT NULL,
    status            INTEGER NOT NULL,
    cause             TEXT,
    upstream_status   INTEGER,
    prompt_tokens     INTEGER,
    completion_tokens INTEGER,
    admitted_us       INTEGER,
    key_open_us       INTEGER,
    sent_us           INTEGER,
    first_byte_us     INTEGER,
    total_us          INTEGER NOT NULL
) STRICT;
