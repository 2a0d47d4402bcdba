-- Who buys, as JSON; empty where nobody was named. What stands here of buyer and tax is as it was when it
-- was ordered.
ALTER TABLE iap_order ADD COLUMN buyer TEXT NOT NULL DEFAULT '';
-- How it is taxed, by the code of EN 16931; the rate in hundredths of a percent, 0 for none; the tax in
-- minor units of the order's currency.
ALTER TABLE iap_order ADD COLUMN tax_category TEXT NOT NULL DEFAULT 'O';
ALTER TABLE iap_order ADD COLUMN tax_rate BIGINT NOT NULL DEFAULT 0;
ALTER TABLE iap_order ADD COLUMN tax BIGINT NOT NULL DEFAULT 0 CHECK (tax >= 0);

-- SHA-256 of the secret with which whoever ordered without signing in comes back to the order; empty for
-- orders of those who were signed in.
ALTER TABLE iap_order ADD COLUMN receipt_sha256 TEXT NOT NULL DEFAULT '';

-- How it is being paid, since paying was begun.
ALTER TABLE iap_order ADD COLUMN means TEXT NOT NULL DEFAULT 'transfer';
-- Made up when paying was begun; keys of requests to the payment service are made of it, so that what is
-- asked for again there is done once.
ALTER TABLE iap_order ADD COLUMN payment_key TEXT NOT NULL DEFAULT '';
-- What the payment service calls the payment; it is here before anything can be paid. A payment that is
-- in no row is none of ours.
ALTER TABLE iap_order ADD COLUMN intent TEXT NOT NULL DEFAULT '';
-- How far the payment was when the service was last asked, and why it was declined.
ALTER TABLE iap_order ADD COLUMN payment_state TEXT NOT NULL DEFAULT 'none';
ALTER TABLE iap_order ADD COLUMN payment_error TEXT NOT NULL DEFAULT '';
-- When paying was begun, and when the service is asked next; nothing where there is nothing to ask.
ALTER TABLE iap_order ADD COLUMN begun_at BIGINT;
ALTER TABLE iap_order ADD COLUMN check_at BIGINT;
-- Whether the service is to give back what it took: none, due or done.
ALTER TABLE iap_order ADD COLUMN money_back TEXT NOT NULL DEFAULT 'none';

CREATE UNIQUE INDEX order_intent ON iap_order (intent) WHERE intent <> '';
CREATE INDEX order_check ON iap_order (check_at) WHERE check_at IS NOT NULL;
CREATE INDEX order_money_back ON iap_order (id) WHERE money_back = 'due';

-- The payments of demo data: what a payment service would keep of them. Nothing in it is real, and no
-- number of a card is kept.
CREATE TABLE demo_payment (
    id TEXT PRIMARY KEY,
    -- The caller's key: the same one again is the same payment.
    request TEXT NOT NULL UNIQUE,
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    -- As Stripe names them.
    status TEXT NOT NULL,
    error TEXT NOT NULL DEFAULT '',
    -- When one that is being processed succeeds.
    settles_at BIGINT,
    refunded BIGINT NOT NULL DEFAULT 0
);
