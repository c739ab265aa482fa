-- The longest unseen machines of one customer, who may have very many.
CREATE INDEX activation_by_customer_last_seen ON activation (customer_id, last_seen_at);
