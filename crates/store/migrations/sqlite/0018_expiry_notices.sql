-- When notices before a license ends are sent, in JSON; null if they are not. And the last one of each license: how many
-- days before which end.
ALTER TABLE vendor ADD COLUMN expiry_notices TEXT;
ALTER TABLE license ADD COLUMN noticed_end INTEGER;
ALTER TABLE license ADD COLUMN noticed_days INTEGER;
