-- Whether this store was moved to another place, or is a copy from another place that has not yet been verified. Of
-- two copies only one may accept changes: a store with a row here is not opened.
CREATE TABLE moved (
    only_row BIGINT PRIMARY KEY CHECK (only_row = 1),
    direction TEXT NOT NULL CHECK (direction IN ('to', 'from')),
    place TEXT NOT NULL,
    at BIGINT NOT NULL
);

-- A server that had the store open before does not look there again. This stops it; it is on only while there is a row.
CREATE FUNCTION latchkey_moved () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = 'LKMVD',
        MESSAGE = (
            SELECT CASE direction WHEN 'to' THEN 'it was moved to ' ELSE 'it is being moved here from ' END || place
            FROM moved
        );
END
$$;
CREATE TRIGGER ledger_head_moved BEFORE INSERT OR UPDATE ON ledger_head
FOR EACH STATEMENT EXECUTE FUNCTION latchkey_moved ();
ALTER TABLE ledger_head DISABLE TRIGGER ledger_head_moved;
