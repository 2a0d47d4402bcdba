-- What sending the mails of the table `mail` needs.

-- When the mail server took it, or it was written into the outbox's folder.
ALTER TABLE mail ADD COLUMN sent_at BIGINT;

-- When it was tried first since it was written, or since it was told to be sent again; `attempts`
-- are those since then.
ALTER TABLE mail ADD COLUMN tried_since BIGINT;

-- How often it was taken to be sent, ever. Whoever took it tells by this number what became of that
-- time, so that one who was away for too long changes nothing. While it is taken, `next_attempt_at`
-- is when others may take it.
ALTER TABLE mail ADD COLUMN claim BIGINT NOT NULL DEFAULT 0;

-- Lists of one state, from the newest back.
CREATE INDEX mail_state ON mail (state, id);

-- What is forgotten after a while.
CREATE INDEX mail_sent ON mail (sent_at) WHERE state = 'sent';
