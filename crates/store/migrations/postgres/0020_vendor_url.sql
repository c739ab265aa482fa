-- The address under which people reach a vendor; null where the store has one vendor, at whatever address.
ALTER TABLE vendor ADD COLUMN url TEXT;
CREATE UNIQUE INDEX vendor_url ON vendor (url);
