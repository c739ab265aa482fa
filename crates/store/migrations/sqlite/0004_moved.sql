-- Whether this store was moved to another place, or is a copy from another place that has not yet been verified. Of
-- two copies only one may accept changes: a store with a row here is not opened.
CREATE TABLE moved (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    direction TEXT NOT NULL CHECK (direction IN ('to', 'from')),
    place TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
