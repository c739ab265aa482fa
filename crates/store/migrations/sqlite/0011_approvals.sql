-- Acts that take two people: since when the vendor asks for that, and the approvals that were asked for.
ALTER TABLE vendor ADD COLUMN two_people_at INTEGER;

CREATE TABLE approval (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    -- The exact act, in JSON.
    act TEXT NOT NULL,
    state TEXT NOT NULL,
    requested_by BLOB NOT NULL,
    requested_by_name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    decided_by BLOB,
    decided_by_name TEXT,
    decided_at INTEGER,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL
) STRICT;
CREATE INDEX approval_by_vendor ON approval (vendor_id);
