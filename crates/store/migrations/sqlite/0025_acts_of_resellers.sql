-- Whose people did it, if a reseller's: noted beside what the ledger commits to, to find a reseller's own acts by.
ALTER TABLE ledger_entry ADD COLUMN reseller_id BLOB;
CREATE INDEX ledger_entry_by_reseller ON ledger_entry (reseller_id) WHERE reseller_id IS NOT NULL;
