-- As whose people somebody of the vendor looks in a session; null unless they do.
ALTER TABLE session ADD COLUMN viewing_customer_id BLOB;
ALTER TABLE session ADD COLUMN viewing_reseller_id BLOB;
