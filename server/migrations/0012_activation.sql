-- Services that somebody activated for a database here, before its software used them: once for each.
CREATE TABLE activation (
    database_id BIGINT NOT NULL REFERENCES database (id),
    service_id BIGINT NOT NULL REFERENCES service (id),
    account_id BIGINT NOT NULL REFERENCES account (id),
    -- With which it was asked for. Asked for again with the same, a new token takes the place of one
    -- that never arrived.
    request_key TEXT NOT NULL,
    PRIMARY KEY (database_id, service_id)
);
