-- Resellers: who issues on the vendor's behalf, from which templates, and the double-entry ledger of their quota.

CREATE TABLE reseller (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL
) STRICT;
CREATE INDEX reseller_by_vendor ON reseller (vendor_id);

CREATE TABLE template (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    reseller_id BLOB NOT NULL REFERENCES reseller (id),
    policy_id BLOB NOT NULL REFERENCES policy (id),
    name TEXT NOT NULL,
    seats_max INTEGER NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL,
    -- What is in its accounts: the sums over its movements.
    of_vendor INTEGER NOT NULL,
    of_reseller INTEGER NOT NULL CHECK (of_reseller >= 0),
    of_customer INTEGER NOT NULL CHECK (of_customer >= 0),
    of_returned INTEGER NOT NULL,
    of_expired INTEGER NOT NULL,
    CHECK (of_vendor + of_reseller + of_customer + of_returned + of_expired = 0)
) STRICT;
CREATE INDEX template_by_vendor ON template (vendor_id);
CREATE INDEX template_by_reseller ON template (reseller_id);

-- What is posted by each movement. Rows are never changed.
CREATE TABLE quota_movement (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    template_id BLOB NOT NULL REFERENCES template (id),
    reseller_id BLOB NOT NULL REFERENCES reseller (id),
    kind TEXT NOT NULL,
    of_vendor INTEGER NOT NULL,
    of_reseller INTEGER NOT NULL,
    of_customer INTEGER NOT NULL,
    of_returned INTEGER NOT NULL,
    of_expired INTEGER NOT NULL,
    license_id BLOB REFERENCES license (id),
    customer_id BLOB REFERENCES customer (id),
    at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL,
    CHECK (of_vendor + of_reseller + of_customer + of_returned + of_expired = 0)
) STRICT;
CREATE INDEX quota_movement_by_reseller ON quota_movement (reseller_id, at);
CREATE INDEX quota_movement_by_template ON quota_movement (template_id);

-- A reseller's own people sign in too; its customers are private to it, and its licenses say which template they are from.
ALTER TABLE account ADD COLUMN reseller_id BLOB REFERENCES reseller (id);
CREATE INDEX account_by_reseller ON account (reseller_id);
ALTER TABLE customer ADD COLUMN reseller_id BLOB REFERENCES reseller (id);
CREATE INDEX customer_by_reseller ON customer (reseller_id);
ALTER TABLE license ADD COLUMN reseller_id BLOB REFERENCES reseller (id);
ALTER TABLE license ADD COLUMN template_id BLOB REFERENCES template (id);
CREATE INDEX license_by_reseller ON license (reseller_id);
