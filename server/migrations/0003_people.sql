-- Who signs in. "user" is a word of PostgreSQL's own.
CREATE TABLE iap_user (
    id {id},
    -- In small letters.
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT 'en',
    -- Argon2id, in the form of the Password Hashing Competition; none where one signs in elsewhere.
    password_hash TEXT,
    operator BIGINT NOT NULL DEFAULT 0 CHECK (operator IN (0, 1)),
    disabled BIGINT NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
    created_at BIGINT NOT NULL
);

-- What somebody is to a database.
CREATE TABLE database_user (
    database_id BIGINT NOT NULL REFERENCES database (id),
    user_id BIGINT NOT NULL REFERENCES iap_user (id),
    role TEXT NOT NULL CHECK (role IN ('member', 'admin')),
    PRIMARY KEY (database_id, user_id)
);
CREATE INDEX database_user_user ON database_user (user_id);

-- Who offers a service.
CREATE TABLE service_user (
    service_id BIGINT NOT NULL REFERENCES service (id),
    user_id BIGINT NOT NULL REFERENCES iap_user (id),
    PRIMARY KEY (service_id, user_id)
);
CREATE INDEX service_user_user ON service_user (user_id);

-- Who is signed in where. What the browser holds is not kept, only its SHA-256 in hexadecimal.
CREATE TABLE session (
    id {id},
    token_sha256 TEXT NOT NULL UNIQUE,
    user_id BIGINT NOT NULL REFERENCES iap_user (id),
    user_agent TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX session_of_user ON session (user_id);
CREATE INDEX session_expires ON session (expires_at);

-- Failed attempts to sign in, whether or not anybody has the address.
CREATE TABLE sign_in_attempt (
    email TEXT PRIMARY KEY,
    failed BIGINT NOT NULL,
    until BIGINT NOT NULL
);

-- The companies of a database, by their keys in the customer's software.
CREATE TABLE company (
    database_id BIGINT NOT NULL REFERENCES database (id),
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (database_id, number)
);

-- Who changed what, apart from the ledger: only ever added to.
CREATE TABLE audit (
    id {id},
    at BIGINT NOT NULL,
    user_id BIGINT REFERENCES iap_user (id),
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT ''
);
