-- One text for SQLite and PostgreSQL. Four words are put in for each (`Dialect::schema`):
--   {id}           a key that the database counts up
--   {key}          a key that is given, by which the rows lie
--   {entry_block}  what counts up blocks of keys of entries
--   {room}         leaves pages room for the next versions of rows, so that indexes stay as they are
-- Amounts are millionths of a credit; moments are milliseconds since 1970-01-01T00:00:00Z.
-- Yes and no are 1 and 0: the driver that speaks to both has no type for them in SQLite.

-- A customer's installation.
CREATE TABLE database (
    id {id},
    uuid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL DEFAULT '',
    hosting TEXT NOT NULL CHECK (hosting IN ('online', 'platform', 'on_premise')),
    kind TEXT NOT NULL CHECK (kind IN ('community', 'enterprise', 'demo', 'educational', 'one_app_free')),
    -- Whether the operator lets it in.
    admission TEXT NOT NULL CHECK (admission IN ('waiting', 'approved', 'refused')),
    created_at BIGINT NOT NULL
);

CREATE TABLE service (
    id {id},
    name TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    privacy_url TEXT NOT NULL DEFAULT '',
    first_party BIGINT NOT NULL CHECK (first_party IN (0, 1)),
    trial BIGINT NOT NULL DEFAULT 0 CHECK (trial >= 0),
    -- SHA-256 of the key with which the provider calls, in hexadecimal; none while there is no key.
    key_sha256 TEXT UNIQUE,
    created_at BIGINT NOT NULL
);

-- The credits of a database for a service.
CREATE TABLE account (
    id {id},
    database_id BIGINT NOT NULL REFERENCES database (id),
    service_id BIGINT NOT NULL REFERENCES service (id),
    -- SHA-1 of the token without its flags, in hexadecimal. The token itself is not kept: whoever
    -- has it can spend, whoever has this can buy. SHA-1 because customers' software sends it.
    token_sha1 TEXT NOT NULL,
    sender_name TEXT NOT NULL DEFAULT '',
    available_paid BIGINT NOT NULL DEFAULT 0 CHECK (available_paid >= 0),
    available_granted BIGINT NOT NULL DEFAULT 0 CHECK (available_granted >= 0),
    held_paid BIGINT NOT NULL DEFAULT 0 CHECK (held_paid >= 0),
    held_granted BIGINT NOT NULL DEFAULT 0 CHECK (held_granted >= 0),
    -- The number of its entries, and the newest of them.
    entries BIGINT NOT NULL DEFAULT 0,
    last_entry BIGINT,
    threshold BIGINT CHECK (threshold > 0),
    armed BIGINT NOT NULL DEFAULT 0 CHECK (armed IN (0, 1)),
    created_at BIGINT NOT NULL,
    UNIQUE (service_id, token_sha1, database_id)
){room};
CREATE INDEX account_database ON account (database_id);
CREATE INDEX account_token ON account (token_sha1);

-- Companies that an account is limited to; none where all may use it.
CREATE TABLE account_company (
    account_id BIGINT NOT NULL REFERENCES account (id),
    company BIGINT NOT NULL,
    PRIMARY KEY (account_id, company)
);

-- Who is told that credits run low.
CREATE TABLE alert_recipient (
    account_id BIGINT NOT NULL REFERENCES account (id),
    email TEXT NOT NULL,
    language TEXT NOT NULL,
    PRIMARY KEY (account_id, email)
);

-- The ledger: only ever added to. By kind of credits, what an entry changes is nothing altogether.
--
-- Rows lie in the order in which they were written, and those of an account are a chain from the
-- newest back. An index by account would be written at a place of its own for nearly every entry,
-- which costs several times what the entries themselves do; and so would foreign keys. `iap verify`
-- checks what they would have.
CREATE TABLE entry (
    id {key},
    account_id BIGINT NOT NULL,
    -- 1, 2, 3 and so on for each account.
    number BIGINT NOT NULL CHECK (number > 0),
    -- The entry of the account before this one.
    previous BIGINT CHECK ((previous IS NULL) = (number = 1)),
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    available_paid BIGINT NOT NULL,
    available_granted BIGINT NOT NULL,
    held_paid BIGINT NOT NULL,
    held_granted BIGINT NOT NULL,
    provider_paid BIGINT NOT NULL,
    provider_granted BIGINT NOT NULL,
    platform_paid BIGINT NOT NULL,
    platform_granted BIGINT NOT NULL,
    -- The hold that it makes or resolves, by the entry that made it.
    hold BIGINT,
    -- What it is for.
    description TEXT NOT NULL DEFAULT '',
    -- The caller's key for it: the same one again is the same entry.
    request TEXT,
    CHECK (available_paid + held_paid + provider_paid + platform_paid = 0),
    CHECK (available_granted + held_granted + provider_granted + platform_granted = 0)
);
CREATE UNIQUE INDEX entry_request ON entry (account_id, request) WHERE request IS NOT NULL;

-- Keys of entries are taken in blocks, one for each group that is committed.
{entry_block};

-- Credits set aside for work, by the entry that did so.
CREATE TABLE hold (
    id {key},
    account_id BIGINT NOT NULL,
    paid BIGINT NOT NULL CHECK (paid >= 0),
    granted BIGINT NOT NULL CHECK (granted >= 0),
    expires_at BIGINT NOT NULL,
    -- Not as a list: SQLite would write it down anew for each row that it checks.
    state TEXT NOT NULL CHECK (
        state = 'open' OR state = 'captured' OR state = 'cancelled' OR state = 'expired'
    ),
    charged_paid BIGINT NOT NULL DEFAULT 0 CHECK (charged_paid BETWEEN 0 AND paid),
    charged_granted BIGINT NOT NULL DEFAULT 0 CHECK (charged_granted BETWEEN 0 AND granted),
    refunded_paid BIGINT NOT NULL DEFAULT 0 CHECK (refunded_paid BETWEEN 0 AND charged_paid),
    refunded_granted BIGINT NOT NULL DEFAULT 0 CHECK (refunded_granted BETWEEN 0 AND charged_granted)
);
CREATE INDEX hold_open ON hold (expires_at) WHERE state = 'open';

-- Trials that were granted: once for a database and a service, whatever the account.
CREATE TABLE trial (
    database_id BIGINT NOT NULL REFERENCES database (id),
    service_id BIGINT NOT NULL REFERENCES service (id),
    account_id BIGINT NOT NULL REFERENCES account (id),
    PRIMARY KEY (database_id, service_id)
);

-- What is sold.
CREATE TABLE pack (
    id {id},
    service_id BIGINT NOT NULL REFERENCES service (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    credits BIGINT NOT NULL CHECK (credits > 0),
    price BIGINT NOT NULL CHECK (price >= 0),
    currency TEXT NOT NULL,
    position BIGINT NOT NULL DEFAULT 0,
    offered BIGINT NOT NULL DEFAULT 1 CHECK (offered IN (0, 1)),
    UNIQUE (service_id, name)
);

-- Mails to be sent: written in the same transaction as what they tell of.
CREATE TABLE mail (
    id {id},
    template TEXT NOT NULL,
    recipient TEXT NOT NULL,
    language TEXT NOT NULL,
    account_id BIGINT REFERENCES account (id),
    -- What the template is filled with, a JSON object.
    content TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed')),
    attempts BIGINT NOT NULL DEFAULT 0,
    next_attempt_at BIGINT NOT NULL,
    error TEXT NOT NULL DEFAULT ''
);
CREATE INDEX mail_waiting ON mail (next_attempt_at) WHERE state = 'waiting';
