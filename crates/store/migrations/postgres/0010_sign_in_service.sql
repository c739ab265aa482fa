-- Who each of the people who sign in is to the sign-in service: its address, and what it calls them.

ALTER TABLE account ADD COLUMN identity_issuer TEXT;
ALTER TABLE account ADD COLUMN identity_subject TEXT;

-- Nobody is two users.
CREATE UNIQUE INDEX account_identity ON account (vendor_id, identity_subject, identity_issuer)
    WHERE identity_subject IS NOT NULL;
