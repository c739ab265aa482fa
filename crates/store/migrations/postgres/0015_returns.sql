-- A limit on how often seats are given back: what a license keeps of its policy, and the moments (milliseconds, each
-- followed by a comma) of the returns that count against it.
ALTER TABLE license ADD COLUMN returns_max BIGINT;
ALTER TABLE license ADD COLUMN returns_days BIGINT;
ALTER TABLE license ADD COLUMN returned_at TEXT NOT NULL DEFAULT '';
-- Whether the activation's return is one of them.
ALTER TABLE activation ADD COLUMN return_counts BOOLEAN NOT NULL DEFAULT FALSE;
