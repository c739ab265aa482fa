-- A customer's own receipts, for its timeline.
CREATE INDEX return_receipt_by_customer ON return_receipt (customer_id);
