-- Second factors of the people who sign in, and when each last gave a factor in a session.

ALTER TABLE account ADD COLUMN factor_state TEXT;
-- The secret, sealed; null if there is no second factor.
ALTER TABLE account ADD COLUMN factor_sealed BLOB;
-- The step of the last code that was given: it counts no more.
ALTER TABLE account ADD COLUMN factor_step INTEGER;
-- SHA-256 of each recovery code that was not used yet, separated by spaces.
ALTER TABLE account ADD COLUMN recovery_codes TEXT;

-- Null in sessions that began before this was kept.
ALTER TABLE session ADD COLUMN proved_at INTEGER;
