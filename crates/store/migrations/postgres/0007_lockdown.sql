-- An owner can lock the vendor down: since when nobody but owners may change anything.
ALTER TABLE vendor ADD COLUMN locked_down_at BIGINT;
