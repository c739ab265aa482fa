-- What the command palette, the sorting of lists and the overview read by.

-- Perpetual licenses come after all that end.
DROP INDEX license_by_end;
CREATE INDEX license_by_end ON license (coalesce(expires_at, 9223372036854775807));

-- What happened on a day is counted without reading the entries.
CREATE INDEX ledger_entry_by_verb ON ledger_entry (verb, at);
