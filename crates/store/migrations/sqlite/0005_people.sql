-- The people who sign in, and what lets them in: only digests of tokens are kept.
-- "user" is a reserved word, so their table is called account.

CREATE TABLE account (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL,
    password TEXT,
    email_folded TEXT NOT NULL,
    UNIQUE (vendor_id, email_folded)
) STRICT;

CREATE TABLE session (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    user_id BLOB NOT NULL REFERENCES account (id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    token_digest TEXT NOT NULL UNIQUE,
    address TEXT,
    agent TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL,
    last_used_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_by_user ON session (user_id);

CREATE TABLE invitation (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    user_id BLOB NOT NULL REFERENCES account (id),
    state TEXT NOT NULL,
    token_digest TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL
) STRICT;
CREATE INDEX invitation_by_user ON invitation (user_id);
