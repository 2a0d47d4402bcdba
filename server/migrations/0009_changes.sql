-- What was changed of one thing is found without reading what was changed of all others.
CREATE INDEX audit_subject ON audit (subject, id);
