-- A license can take another revision of its policy when it is renewed.
ALTER TABLE license ADD COLUMN renewal_revision_id UUID REFERENCES policy_revision (id);
ALTER TABLE license ADD COLUMN renewal_revision BIGINT;
