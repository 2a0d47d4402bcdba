-- For whom in a customer's installation work is done, by the hold that was made for it, as the program says
-- that charges for it. A table of its own: most programs say nothing, and entries are written the fastest.
CREATE TABLE attribution (
    hold_id {key},
    -- By its key in the customer's software.
    company BIGINT CHECK (company > 0),
    user_name TEXT NOT NULL DEFAULT '',
    -- Where the message or document is found.
    link TEXT NOT NULL DEFAULT ''
);
