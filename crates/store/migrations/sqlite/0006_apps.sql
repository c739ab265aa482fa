-- What scripts and apps come with, and the log of the machines that asked whether they may use their license.

CREATE TABLE access_token (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    name TEXT NOT NULL,
    -- The scopes, separated by spaces.
    scopes TEXT NOT NULL,
    product_id BLOB REFERENCES product (id),
    license_id BLOB REFERENCES license (id),
    state TEXT NOT NULL,
    token_digest TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL,
    last_used_at INTEGER
) STRICT;
CREATE INDEX access_token_by_vendor ON access_token (vendor_id);

CREATE TABLE validation (
    seq INTEGER PRIMARY KEY,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    at INTEGER NOT NULL,
    license_id BLOB NOT NULL,
    machine_code TEXT NOT NULL,
    activation_id BLOB,
    access_token_id BLOB,
    -- The code of why it may not; null if it may.
    refusal TEXT
) STRICT;
CREATE INDEX validation_by_license ON validation (license_id);
CREATE INDEX validation_by_time ON validation (at);
CREATE INDEX validation_refused ON validation (seq) WHERE refusal IS NOT NULL;
