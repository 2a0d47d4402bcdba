-- Mails that bring an invoice or a credit note. They are written in the transaction that issues it, and its
-- files are made of it when they are sent: it never changes.
ALTER TABLE mail ADD COLUMN invoice_id BIGINT REFERENCES invoice (id);

-- Each is mailed once; sending again sends the same mail.
CREATE UNIQUE INDEX mail_invoice ON mail (invoice_id) WHERE invoice_id IS NOT NULL;
