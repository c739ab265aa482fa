-- Seats that nobody uses are freed: after how many days, as a customer's administrators say, and of each seat whether it is
-- kept, whether and when that was announced, and by which change it was freed. And until when a license file holds that the
-- machine has: it need not be heard of till then.
ALTER TABLE customer ADD COLUMN reclaim_idle_days INTEGER;
ALTER TABLE customer ADD COLUMN reclaim_warning_days INTEGER;
ALTER TABLE customer ADD COLUMN reclaim_since INTEGER;
CREATE INDEX customer_by_reclaim ON customer (vendor_id) WHERE reclaim_idle_days IS NOT NULL;

ALTER TABLE activation ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
ALTER TABLE activation ADD COLUMN reclaimed_in BLOB;
ALTER TABLE activation ADD COLUMN warned_at INTEGER;
ALTER TABLE activation ADD COLUMN reclaim_at INTEGER;
ALTER TABLE activation ADD COLUMN offline_until INTEGER;
CREATE INDEX activation_by_reclaim ON activation (reclaim_at) WHERE reclaim_at IS NOT NULL;
CREATE INDEX activation_by_customer_reclaim ON activation (customer_id, reclaim_at) WHERE reclaim_at IS NOT NULL;
CREATE INDEX activation_kept ON activation (customer_id) WHERE kept IS TRUE;
CREATE INDEX activation_reclaimed ON activation (customer_id) WHERE reclaimed_in IS NOT NULL;
