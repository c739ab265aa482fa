-- Which entries are about what a customer has, so that its timeline is read and not searched. Written with the entries,
-- beside what the ledger commits to; a license that goes to another customer is in both timelines by that one entry.
CREATE TABLE customer_entry (
    vendor_id BLOB NOT NULL,
    customer_id BLOB NOT NULL,
    idx INTEGER NOT NULL,
    PRIMARY KEY (customer_id, idx)
) STRICT, WITHOUT ROWID;
-- Of what there is already, whose it is now; of a license that was somebody else's before, since it is theirs.
INSERT INTO customer_entry (vendor_id, customer_id, idx)
SELECT a.vendor_id, o.customer_id, a.idx
FROM ledger_entry AS a
JOIN (
    SELECT id, id AS customer_id FROM customer
    UNION ALL SELECT id, customer_id FROM license
    UNION ALL SELECT e.id, l.customer_id FROM entitlement AS e JOIN license AS l ON l.id = e.license_id
    UNION ALL SELECT id, customer_id FROM machine
    UNION ALL SELECT id, customer_id FROM activation
    UNION ALL SELECT id, customer_id FROM license_file
    UNION ALL SELECT id, customer_id FROM return_receipt
    UNION ALL SELECT id, customer_id FROM admission
) AS o ON o.id = a.entity_id
WHERE a.entity <> 'license' OR a.idx >= coalesce(
    (SELECT max(t.idx) FROM ledger_entry AS t WHERE t.entity_id = a.entity_id AND t.verb = 'license.transfer'), 0)
ORDER BY o.customer_id, a.idx;
