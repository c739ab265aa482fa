-- Seats that nobody uses are freed: after how many days, as a customer's administrators say, and of each seat whether it is
-- kept, whether and when that was announced, and by which change it was freed. And until when a license file holds that the
-- machine has: it need not be heard of till then.
ALTER TABLE customer ADD COLUMN reclaim_idle_days BIGINT;
ALTER TABLE customer ADD COLUMN reclaim_warning_days BIGINT;
ALTER TABLE customer ADD COLUMN reclaim_since BIGINT;
CREATE INDEX customer_by_reclaim ON customer (vendor_id) WHERE reclaim_idle_days IS NOT NULL;

ALTER TABLE activation ADD COLUMN kept BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE activation ADD COLUMN reclaimed_in UUID;
ALTER TABLE activation ADD COLUMN warned_at BIGINT;
ALTER TABLE activation ADD COLUMN reclaim_at BIGINT;
ALTER TABLE activation ADD COLUMN offline_until BIGINT;
CREATE INDEX activation_by_reclaim ON activation (reclaim_at, seq) WHERE reclaim_at IS NOT NULL;
CREATE INDEX activation_by_customer_reclaim ON activation (customer_id, reclaim_at, seq) WHERE reclaim_at IS NOT NULL;
CREATE INDEX activation_kept ON activation (customer_id, seq) WHERE kept IS TRUE;
CREATE INDEX activation_reclaimed ON activation (customer_id, seq) WHERE reclaimed_in IS NOT NULL;
