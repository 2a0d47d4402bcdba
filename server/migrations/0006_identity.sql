-- Who somebody is at an identity provider (OpenID Connect), kept at the first sign-in through it. An
-- address may go over to somebody else there; the subject never does (OpenID Connect Core 1.0, 2).
CREATE TABLE identity (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    user_id BIGINT NOT NULL REFERENCES iap_user (id),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject),
    -- Whoever has somebody's address after them is somebody else.
    UNIQUE (user_id, issuer)
);

-- Sign-ins through an identity provider that are done, so that none is done twice. Kept for as long
-- as they would be taken for being under way.
CREATE TABLE finished_sign_in (
    state TEXT PRIMARY KEY,
    until BIGINT NOT NULL
);
