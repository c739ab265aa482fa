-- Letters that wait until a mail server takes them, written with the change that they tell of. Those that let somebody in
-- are not among them: they are never kept.
CREATE TABLE letter (
    seq INTEGER PRIMARY KEY,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    -- Tries that failed, and when it is tried next: while one is under way, when it is over at the latest.
    failures INTEGER NOT NULL,
    due_at INTEGER NOT NULL
) STRICT;
CREATE INDEX letter_by_due ON letter (vendor_id, due_at, seq);
