-- Webhooks, how far each has been sent the ledger, and what it was sent.

CREATE TABLE webhook (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    -- Kinds of records, separated by spaces; empty means all.
    kinds TEXT NOT NULL,
    state TEXT NOT NULL,
    on_since INTEGER NOT NULL,
    first_index INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    old_sealed BLOB,
    old_secret_until INTEGER,
    tested_at INTEGER,
    -- What was last asked to be sent again, in JSON.
    replay TEXT,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL
) STRICT;
CREATE INDEX webhook_by_vendor ON webhook (vendor_id);

-- How far a webhook is. None of it is recorded in the ledger, whose entries are what is sent.
CREATE TABLE webhook_outbox (
    webhook_id BLOB PRIMARY KEY REFERENCES webhook (id),
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    -- The next entry of the ledger to be looked at.
    next_index INTEGER NOT NULL,
    -- Failures in a row, since when, and until when the receiver is left alone.
    failures INTEGER NOT NULL,
    failing_since INTEGER,
    resume_at INTEGER NOT NULL,
    -- Which server sends at present, and until when nobody else does.
    leased_by BLOB,
    leased_until INTEGER NOT NULL
) STRICT;

CREATE TABLE webhook_delivery (
    seq INTEGER PRIMARY KEY,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    webhook_id BLOB NOT NULL REFERENCES webhook (id),
    -- The entry of the ledger that it is.
    idx INTEGER NOT NULL,
    verb TEXT NOT NULL,
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    -- Attempts that failed since it was asked for, and when it is tried next.
    failures INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    UNIQUE (webhook_id, idx)
) STRICT;
CREATE INDEX webhook_delivery_by_webhook ON webhook_delivery (webhook_id);
CREATE INDEX webhook_delivery_waiting ON webhook_delivery (webhook_id, due_at) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_by_time ON webhook_delivery (at);

CREATE TABLE webhook_attempt (
    seq INTEGER PRIMARY KEY,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    webhook_id BLOB NOT NULL REFERENCES webhook (id),
    idx INTEGER NOT NULL,
    at INTEGER NOT NULL,
    millis INTEGER NOT NULL,
    -- The status of the answer, or why there was none.
    status INTEGER,
    error TEXT,
    -- How the answer begins.
    answer TEXT NOT NULL
) STRICT;
CREATE INDEX webhook_attempt_by_entry ON webhook_attempt (webhook_id, idx);
CREATE INDEX webhook_attempt_by_time ON webhook_attempt (at);
