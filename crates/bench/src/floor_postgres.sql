\set s random(:first, :last)
\set r random(1, 1000000000000)
BEGIN;
SELECT id AS lid, vendor_id AS vid, customer_id AS cid, product_id AS pid, seats_used, seats_max FROM license WHERE seq = :s \gset
SELECT count(*) AS known FROM machine WHERE customer_id = :cid AND code = 'P-' || :r::text \gset
UPDATE license SET seats_used = seats_used + 1 WHERE id = :lid;
INSERT INTO machine (id, vendor_id, customer_id, code, friendly_name, created_at, version, salt) VALUES (gen_random_uuid(), :vid, :cid, 'P-' || :r::text, 'Reception Berlin ' || :r::text, 1, 1, decode(md5(:r::text), 'hex')) ON CONFLICT (id) DO UPDATE SET code = excluded.code RETURNING id AS mid \gset
INSERT INTO activation (id, vendor_id, license_id, machine_id, customer_id, product_id, state, activated_at, version, salt, last_seen_at, name_folded) VALUES (gen_random_uuid(), :vid, :lid, :mid, :cid, :pid, 'active', 1, 1, decode(md5(:r::text), 'hex'), 1, 'reception berlin ' || :r::text) ON CONFLICT (id) DO UPDATE SET state = excluded.state;
END;
