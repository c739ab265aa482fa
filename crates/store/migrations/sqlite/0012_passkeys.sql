-- Passkeys of the people who sign in: their public parts.
CREATE TABLE passkey (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    user_id BLOB NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    -- What its device calls it, in base64url: once, also after it was removed.
    credential_id TEXT NOT NULL,
    -- The public key and what was promised with it, in JSON.
    credential TEXT NOT NULL,
    backed_up INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL,
    counter INTEGER NOT NULL,
    last_used_at INTEGER,
    -- When the last question that it answered was asked.
    asked_at INTEGER,
    UNIQUE (vendor_id, credential_id)
) STRICT;
CREATE INDEX passkey_by_user ON passkey (user_id);
