-- How many are new is asked for at each that is.
CREATE INDEX database_created ON database (created_at);
