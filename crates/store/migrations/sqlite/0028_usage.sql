-- Seats in use of a license that a customer has, on the days (since 1970, of UTC) on which that changed: at its end, and at
-- the same time at most. It is counted from the ledger, whose first entry that is not counted yet is in usage_head, so it
-- can be made anew at any time.
CREATE TABLE usage_day (
    vendor_id BLOB NOT NULL,
    license_id BLOB NOT NULL,
    customer_id BLOB NOT NULL,
    day INTEGER NOT NULL,
    seats_used INTEGER NOT NULL,
    peak INTEGER NOT NULL,
    PRIMARY KEY (license_id, customer_id, day)
) STRICT;
CREATE INDEX usage_day_by_customer ON usage_day (customer_id);
CREATE TABLE usage_head (
    vendor_id BLOB NOT NULL PRIMARY KEY,
    next_index INTEGER NOT NULL
) STRICT;
-- Whose license it was at the time; null for what was noted before, since the license may have been transferred. And what a
-- machine had asked for.
ALTER TABLE validation ADD COLUMN customer_id BLOB;
CREATE INDEX validation_by_customer ON validation (customer_id, at);
ALTER TABLE validation ADD COLUMN asked TEXT NOT NULL DEFAULT 'validate';
