-- Machines without a network: the public key that an activation's license files are bound to, and the receipts with which
-- such machines give their licenses back.

CREATE TABLE return_receipt (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    activation_id BLOB NOT NULL REFERENCES activation (id),
    license_id BLOB NOT NULL REFERENCES license (id),
    license_file_id BLOB NOT NULL REFERENCES license_file (id),
    machine_id BLOB NOT NULL REFERENCES machine (id),
    customer_id BLOB NOT NULL REFERENCES customer (id),
    machine_key TEXT NOT NULL,
    returned_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    document TEXT NOT NULL,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL,
    receipt TEXT NOT NULL,
    countersignature TEXT NOT NULL,
    UNIQUE (machine_key, vendor_id)
) STRICT;
CREATE INDEX return_receipt_by_vendor ON return_receipt (vendor_id);

ALTER TABLE activation ADD COLUMN machine_key TEXT;
ALTER TABLE activation ADD COLUMN return_receipt_id BLOB;
CREATE INDEX activation_by_machine_key ON activation (machine_key, vendor_id) WHERE machine_key IS NOT NULL;
