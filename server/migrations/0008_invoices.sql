-- Invoices and credit notes. What stands here never changes: a mistake is taken back with a credit note.
CREATE TABLE invoice (
    id {id},
    order_id BIGINT NOT NULL REFERENCES iap_order (id),
    kind TEXT NOT NULL CHECK (kind IN ('invoice', 'credit_note')),
    year BIGINT NOT NULL,
    running BIGINT NOT NULL CHECK (running > 0),
    -- As it is shown.
    number TEXT NOT NULL UNIQUE,
    issued_at BIGINT NOT NULL,
    language TEXT NOT NULL,
    -- All that stands on it, as JSON.
    document TEXT NOT NULL,
    -- An order is billed once, and taken back once.
    UNIQUE (order_id, kind),
    UNIQUE (kind, year, running)
);

-- The last number of each series and year, and when it was given. A number is taken in the transaction
-- that keeps the document: so there are no gaps, and who comes later has a later number.
CREATE TABLE invoice_counter (
    kind TEXT NOT NULL,
    year BIGINT NOT NULL,
    running BIGINT NOT NULL,
    issued_at BIGINT NOT NULL,
    PRIMARY KEY (kind, year)
);

-- How many documents there are of an order: 1 with its invoice, 2 with its credit note.
ALTER TABLE iap_order ADD COLUMN invoiced BIGINT NOT NULL DEFAULT 0;
-- Orders that are to be billed or taken back: few at any time. The query that looks for them says the
-- same in the same words, so that it is answered from here.
CREATE INDEX order_unbilled ON iap_order (id)
    WHERE invoiced < CASE state WHEN 'paid' THEN 1 WHEN 'refunded' THEN 2 ELSE 0 END
    AND (buyer <> '' OR invoiced > 0);
