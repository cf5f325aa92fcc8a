-- Failures provoked on purpose: which one is on at a provider, and for how many more calls; NULL: for all.
CREATE TABLE faults (
    provider  BLOB PRIMARY KEY REFERENCES providers (id) ON DELETE CASCADE,
    fault     TEXT NOT NULL,
    remaining INTEGER CHECK (remaining BETWEEN 1 AND 1000),
    since     INTEGER NOT NULL
) STRICT;

-- Whether an application's sessions may ask for a fault by header.
ALTER TABLE applications ADD COLUMN testing INTEGER NOT NULL DEFAULT 0 CHECK (testing IN (0, 1));

-- The fault a call met; no provider was asked then.
ALTER TABLE activity ADD COLUMN fault TEXT;
