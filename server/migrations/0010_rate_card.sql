-- Rate cards, each valid from a moment on. What stands here never changes: new prices are a new version.
CREATE TABLE rate_card (
    id {id},
    valid_from BIGINT NOT NULL,
    imported_at BIGINT NOT NULL,
    -- Nobody where the command line did it.
    imported_by BIGINT REFERENCES iap_user (id),
    rates BIGINT NOT NULL,
    -- Of the file below: who has it need not be sent it again.
    sha256 TEXT NOT NULL,
    -- The rates, as the program writes and reads them.
    csv TEXT NOT NULL
);

CREATE INDEX rate_card_order ON rate_card (valid_from, id);

-- Versions that were withdrawn before they came into force.
CREATE TABLE rate_card_withdrawal (
    rate_card_id {key} REFERENCES rate_card (id),
    at BIGINT NOT NULL,
    user_id BIGINT REFERENCES iap_user (id)
);

-- Whoever imports or withdraws takes this row first, so that each sees what the other did.
CREATE TABLE rate_card_turn (turn BIGINT NOT NULL);
INSERT INTO rate_card_turn (turn) VALUES (0);
