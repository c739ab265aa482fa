-- Customers may say that only machines which they have admitted are activated. What was said of each machine.
ALTER TABLE customer ADD COLUMN controlled_activation INTEGER NOT NULL DEFAULT 0;

CREATE TABLE admission (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    customer_id BLOB NOT NULL REFERENCES customer (id),
    machine_code TEXT NOT NULL,
    friendly_name TEXT,
    license_id BLOB REFERENCES license (id),
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    decided_at INTEGER,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL,
    -- When it last asked, and how often: not recorded.
    asked_at INTEGER,
    asks INTEGER NOT NULL,
    -- Code and name, folded.
    search TEXT NOT NULL,
    UNIQUE (machine_code, customer_id)
) STRICT;
CREATE INDEX admission_by_vendor ON admission (vendor_id);
CREATE INDEX admission_by_customer ON admission (customer_id);
CREATE INDEX admission_by_state ON admission (customer_id, state);
