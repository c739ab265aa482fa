-- A customer's own people sign in too.

-- Null for the vendor's own people.
ALTER TABLE account ADD COLUMN customer_id BLOB REFERENCES customer (id);
CREATE INDEX account_by_customer ON account (customer_id);
CREATE INDEX license_file_by_customer ON license_file (customer_id);
