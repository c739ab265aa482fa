-- The tables of an embedded store. The PostgreSQL twin of this file has the same names and meanings.
-- Times are milliseconds since 1970, ids are UUIDs of 16 bytes, `seq` is the order of creation.
-- An embedded store has one vendor: its indexes do not begin with the vendor, and end with `seq`, the rowid.

CREATE TABLE vendor (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    owner_id BLOB NOT NULL,
    trust_version INTEGER NOT NULL,
    trust_digest TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL,
    trust_bundle TEXT NOT NULL
) STRICT;

CREATE TABLE product (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL,
    UNIQUE (vendor_id, code)
) STRICT;
CREATE INDEX product_by_state ON product (state);

CREATE TABLE feature (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    product_id BLOB NOT NULL REFERENCES product (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL,
    UNIQUE (product_id, code)
) STRICT;
CREATE INDEX feature_by_vendor ON feature (vendor_id);

CREATE TABLE policy (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    product_id BLOB NOT NULL REFERENCES product (id),
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    state TEXT NOT NULL,
    revision INTEGER NOT NULL,
    revision_id BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL
) STRICT;
CREATE INDEX policy_by_vendor ON policy (vendor_id);
CREATE INDEX policy_by_product ON policy (product_id);

CREATE TABLE policy_revision (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    policy_id BLOB NOT NULL REFERENCES policy (id),
    revision INTEGER NOT NULL,
    rules TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL,
    UNIQUE (policy_id, revision)
) STRICT;
CREATE INDEX policy_revision_by_vendor ON policy_revision (vendor_id);

CREATE TABLE customer (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    email TEXT,
    reference TEXT,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL,
    UNIQUE (vendor_id, reference)
) STRICT;
CREATE INDEX customer_by_state ON customer (state);
CREATE INDEX customer_by_name ON customer (name_folded);

CREATE TABLE license (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    key TEXT NOT NULL,
    product_id BLOB NOT NULL REFERENCES product (id),
    policy_id BLOB NOT NULL REFERENCES policy (id),
    policy_revision_id BLOB NOT NULL REFERENCES policy_revision (id),
    policy_revision INTEGER NOT NULL,
    customer_id BLOB NOT NULL REFERENCES customer (id),
    standing TEXT NOT NULL,
    suspended_for TEXT,
    starts_at INTEGER NOT NULL,
    expires_at INTEGER,
    seats_max INTEGER NOT NULL,
    node_locked INTEGER NOT NULL,
    license_file_days INTEGER NOT NULL,
    issued_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL,
    seats_used INTEGER NOT NULL CHECK (seats_used BETWEEN 0 AND seats_max),
    UNIQUE (key, vendor_id)
) STRICT;
CREATE INDEX license_by_product ON license (product_id);
CREATE INDEX license_by_policy ON license (policy_id);
CREATE INDEX license_by_customer ON license (customer_id);
CREATE INDEX license_by_standing ON license (standing);
CREATE INDEX license_by_end ON license (expires_at);

CREATE TABLE entitlement (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    license_id BLOB NOT NULL REFERENCES license (id),
    feature_id BLOB NOT NULL REFERENCES feature (id),
    "limit" INTEGER,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL,
    UNIQUE (license_id, feature_id)
) STRICT;
CREATE INDEX entitlement_by_vendor ON entitlement (vendor_id);

CREATE TABLE machine (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL,
    customer_id BLOB NOT NULL REFERENCES customer (id),
    code TEXT NOT NULL,
    friendly_name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL,
    -- In this order it also finds a machine by how its code begins, on whichever customer's license it is.
    UNIQUE (code, customer_id)
) STRICT;

CREATE TABLE activation (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL,
    license_id BLOB NOT NULL REFERENCES license (id),
    machine_id BLOB NOT NULL REFERENCES machine (id),
    customer_id BLOB NOT NULL,
    product_id BLOB NOT NULL,
    state TEXT NOT NULL,
    activated_at INTEGER NOT NULL,
    deactivated_at INTEGER,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL,
    last_seen_at INTEGER NOT NULL,
    -- The machine's friendly name, folded for search, with two closing marks (U+0003), so that every character of
    -- it begins a trigram.
    name_folded TEXT NOT NULL,
    UNIQUE (machine_id, license_id)
) STRICT;
CREATE INDEX activation_by_license ON activation (license_id);
CREATE INDEX activation_by_customer ON activation (customer_id);
CREATE INDEX activation_by_product ON activation (product_id);
CREATE INDEX activation_by_state ON activation (state);
CREATE INDEX activation_by_last_seen ON activation (last_seen_at);
CREATE INDEX activation_by_state_last_seen ON activation (state, last_seen_at);

-- Search by a fragment of the friendly name.
CREATE VIRTUAL TABLE activation_name USING fts5 (
    name_folded, content = 'activation', content_rowid = 'seq', tokenize = 'trigram case_sensitive 1', detail = 'full',
    -- How long each name is only matters for ranking.
    columnsize = 0
);
CREATE VIRTUAL TABLE activation_name_term USING fts5vocab ('activation_name', 'row');
CREATE TRIGGER activation_name_insert AFTER INSERT ON activation BEGIN
    INSERT INTO activation_name (rowid, name_folded) VALUES (new.seq, new.name_folded);
END;
CREATE TRIGGER activation_name_update AFTER UPDATE OF name_folded ON activation
WHEN old.name_folded <> new.name_folded BEGIN
    INSERT INTO activation_name (activation_name, rowid, name_folded) VALUES ('delete', old.seq, old.name_folded);
    INSERT INTO activation_name (rowid, name_folded) VALUES (new.seq, new.name_folded);
END;

CREATE TABLE signing_key (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    role TEXT NOT NULL,
    product_id BLOB REFERENCES product (id),
    state TEXT NOT NULL,
    public_key TEXT NOT NULL,
    void_from_index INTEGER,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
CREATE INDEX signing_key_by_vendor ON signing_key (vendor_id);

CREATE TABLE license_file (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    license_id BLOB NOT NULL REFERENCES license (id),
    product_id BLOB NOT NULL,
    customer_id BLOB NOT NULL,
    signing_key_id BLOB NOT NULL REFERENCES signing_key (id),
    machine_ids TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    document TEXT NOT NULL,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL,
    ledger_index INTEGER NOT NULL,
    envelope TEXT NOT NULL
) STRICT;
CREATE INDEX license_file_by_vendor ON license_file (vendor_id);
CREATE INDEX license_file_by_license ON license_file (license_id);

CREATE TABLE ledger_head (
    vendor_id BLOB PRIMARY KEY,
    size INTEGER NOT NULL,
    frontier BLOB NOT NULL,
    root BLOB NOT NULL,
    checkpoint TEXT NOT NULL
) STRICT;

CREATE TABLE ledger_entry (
    seq INTEGER PRIMARY KEY,
    vendor_id BLOB NOT NULL,
    idx INTEGER NOT NULL,
    at INTEGER NOT NULL,
    verb TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id BLOB NOT NULL,
    version INTEGER NOT NULL,
    change_id BLOB NOT NULL,
    undoes_change_id BLOB,
    entry TEXT NOT NULL,
    leaf BLOB NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (vendor_id, idx)
) STRICT;
CREATE INDEX ledger_entry_by_entity ON ledger_entry (entity_id);
CREATE INDEX ledger_entry_by_change ON ledger_entry (change_id);
CREATE INDEX ledger_entry_by_undo ON ledger_entry (undoes_change_id) WHERE undoes_change_id IS NOT NULL;
-- These guard against mistakes; the Merkle root guards against people.
CREATE TRIGGER ledger_entry_stays BEFORE UPDATE ON ledger_entry BEGIN
    SELECT raise(ABORT, 'ledger entries never change');
END;
CREATE TRIGGER ledger_entry_remains BEFORE DELETE ON ledger_entry BEGIN
    SELECT raise(ABORT, 'ledger entries are never deleted');
END;

-- Hashes of complete subtrees of 256, 65,536, … leaves.
CREATE TABLE ledger_node (
    vendor_id BLOB NOT NULL,
    level INTEGER NOT NULL,
    idx INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (vendor_id, level, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE idempotency (
    vendor_id BLOB NOT NULL,
    key TEXT NOT NULL,
    request BLOB NOT NULL,
    answer TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (vendor_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_by_age ON idempotency (created_at);
