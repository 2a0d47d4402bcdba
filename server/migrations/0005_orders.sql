-- Purchases of packs. "order" is a word of SQL's own. What stands here of a pack is as it was when it
-- was ordered, whatever becomes of the pack.
CREATE TABLE iap_order (
    id {id},
    account_id BIGINT NOT NULL REFERENCES account (id),
    pack_id BIGINT NOT NULL REFERENCES pack (id),
    name TEXT NOT NULL,
    credits BIGINT NOT NULL CHECK (credits > 0),
    price BIGINT NOT NULL CHECK (price >= 0),
    currency TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'paid', 'cancelled', 'refunded')),
    -- Who ordered it.
    user_id BIGINT REFERENCES iap_user (id),
    -- The caller's key for it: the same one again is the same order.
    request TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- What the payment is known by where the money came in.
    payment TEXT NOT NULL DEFAULT '',
    paid_at BIGINT,
    -- Why the money is given back.
    refund_reason TEXT NOT NULL DEFAULT '',
    refunded_at BIGINT,
    -- What the ledger has of it, by keys of entries.
    entry_id BIGINT,
    refund_entry_id BIGINT,
    -- What the ledger is still to be told: that credits come in, or go out. Whoever says so here
    -- tells the ledger next; if it ends in between, the server does so later.
    step TEXT NOT NULL DEFAULT '' CHECK (step IN ('', 'credit', 'withdraw')),
    UNIQUE (account_id, request)
);
CREATE INDEX order_state ON iap_order (state, id);
CREATE INDEX order_step ON iap_order (id) WHERE step <> '';

-- What the operator has set, in words and digits. What is not here is as the program has it.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
