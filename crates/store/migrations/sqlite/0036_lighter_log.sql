-- The log of validations grows by a row for each question of an app. It is in the order of time by itself, so what is old is
-- found at its beginning.
DROP INDEX validation_by_time;
