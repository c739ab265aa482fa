-- Resellers below resellers: what they are granted out of others' templates, narrower, and the quota that is with them.

ALTER TABLE reseller ADD COLUMN parent_id BLOB REFERENCES reseller (id);
CREATE INDEX reseller_by_parent ON reseller (parent_id);

ALTER TABLE template ADD COLUMN parent_id BLOB REFERENCES template (id);
CREATE INDEX template_by_parent ON template (parent_id);
ALTER TABLE template ADD COLUMN days_max INTEGER;
-- Ids with spaces between them; all of the policy's features without it.
ALTER TABLE template ADD COLUMN feature_ids TEXT;
ALTER TABLE template ADD COLUMN seats_fixed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE template ADD COLUMN end_fixed INTEGER NOT NULL DEFAULT 0;
-- What is with those below; of_reseller has it too, so that the other five go on adding up to zero. What is left to issue
-- is of_reseller less this, and so it is never overspent.
ALTER TABLE template ADD COLUMN of_below INTEGER NOT NULL DEFAULT 0 CHECK (of_below BETWEEN 0 AND of_reseller);

ALTER TABLE quota_movement ADD COLUMN of_below INTEGER NOT NULL DEFAULT 0;
ALTER TABLE quota_movement ADD COLUMN below_template_id BLOB REFERENCES template (id);
