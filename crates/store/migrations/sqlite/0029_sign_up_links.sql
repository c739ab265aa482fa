-- Links by which people make accounts of their own, and by which one somebody came.
CREATE TABLE sign_up_link (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    vendor_id BLOB NOT NULL REFERENCES vendor (id),
    name TEXT NOT NULL,
    customer_id BLOB REFERENCES customer (id),
    role TEXT NOT NULL,
    state TEXT NOT NULL,
    token_digest TEXT NOT NULL UNIQUE,
    uses_max INTEGER NOT NULL,
    uses INTEGER NOT NULL CHECK (uses <= uses_max),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    salt BLOB NOT NULL
) STRICT;
CREATE INDEX sign_up_link_by_customer ON sign_up_link (customer_id);
ALTER TABLE account ADD COLUMN sign_up_link_id BLOB;
