-- The rules of roles by hours and networks, in JSON; null if there are none.
ALTER TABLE vendor ADD COLUMN role_rules TEXT;
