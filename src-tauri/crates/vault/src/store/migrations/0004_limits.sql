-- What keeps uids unreadable in counts: they are hashed under it.
CREATE TABLE pseudonyms (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    salt BLOB NOT NULL CHECK (length(salt) = 32)
) STRICT;

-- An empty `addon`: every call of the application. An empty `person`: not one end user's.
CREATE TABLE limits (
    id          BLOB PRIMARY KEY CHECK (length(id) = 16),
    application BLOB NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    addon       TEXT NOT NULL,
    whose       TEXT NOT NULL CHECK (whose IN ('everyone', 'each', 'one')),
    person      BLOB NOT NULL CHECK (length(person) = 16 * (whose = 'one')),
    period      TEXT NOT NULL,
    unit        TEXT NOT NULL,
    amount      INTEGER NOT NULL CHECK (amount >= 0),
    UNIQUE (application, addon, whose, person, period, unit)
) STRICT;

-- `span`: the number of the day or month. `assumed`: the part of `used` that belongs to calls whose end was not seen.
CREATE TABLE counts (
    limited BLOB NOT NULL REFERENCES limits (id) ON DELETE CASCADE,
    person  BLOB NOT NULL,
    span    INTEGER NOT NULL,
    used    INTEGER NOT NULL,
    assumed INTEGER NOT NULL,
    PRIMARY KEY (limited, person, span)
) STRICT;

-- Units held for calls on their way. Those found at a start belong to calls nobody settled.
CREATE TABLE reservations (
    call    BLOB NOT NULL,
    nth     INTEGER NOT NULL,
    limited BLOB NOT NULL REFERENCES limits (id) ON DELETE CASCADE,
    person  BLOB NOT NULL,
    span    INTEGER NOT NULL,
    amount  INTEGER NOT NULL,
    PRIMARY KEY (call, nth)
) STRICT;

-- What calls used, by day (UTC): outlives the rows of activity it adds up. No end user.
CREATE TABLE usage (
    day               INTEGER NOT NULL,
    application       BLOB NOT NULL,
    addon             TEXT NOT NULL,
    provider          BLOB NOT NULL,
    provider_kind     TEXT NOT NULL,
    model             TEXT NOT NULL,
    calls             INTEGER NOT NULL,
    prompt_tokens     INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL,
    images            INTEGER NOT NULL,
    characters        INTEGER NOT NULL,
    PRIMARY KEY (day, application, addon, provider, provider_kind, model)
) STRICT;
INSERT INTO usage
    SELECT at / 86400000, application, addon, provider, coalesce(provider_kind, ''), coalesce(model, ''), count(*),
        coalesce(sum(prompt_tokens), 0), coalesce(sum(completion_tokens), 0), coalesce(sum(images), 0),
        coalesce(sum(characters), 0)
    FROM activity WHERE provider IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5, 6;
