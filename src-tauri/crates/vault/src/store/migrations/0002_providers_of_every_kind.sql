-- What a provider's type asks for besides address and model, as a JSON object of strings.
ALTER TABLE providers ADD COLUMN options TEXT NOT NULL DEFAULT '{}';

-- `activity.addon` is empty where a provider was called by its own API.
ALTER TABLE activity ADD COLUMN images INTEGER;
ALTER TABLE activity ADD COLUMN characters INTEGER;
ALTER TABLE activity ADD COLUMN attempts INTEGER NOT NULL DEFAULT 1;

-- Settings of the console itself, by name. Never a secret.
CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
