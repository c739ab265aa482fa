-- To which computer a session was handed over from a browser, and while it waits to be taken over, what its taker has to
-- show the verifier of; null unless it was.
ALTER TABLE session ADD COLUMN computer TEXT;
ALTER TABLE session ADD COLUMN challenge TEXT;
