-- Accounts that an admin has switched off: 1 where nothing may be set aside on them.
ALTER TABLE account ADD COLUMN disabled BIGINT NOT NULL DEFAULT 0;
