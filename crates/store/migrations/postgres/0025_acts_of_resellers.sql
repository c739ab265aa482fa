-- Whose people did it, if a reseller's: noted beside what the ledger commits to, to find a reseller's own acts by.
ALTER TABLE ledger_entry ADD COLUMN reseller_id UUID;
CREATE INDEX ledger_entry_by_reseller ON ledger_entry (reseller_id, seq) WHERE reseller_id IS NOT NULL;
