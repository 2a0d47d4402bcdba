-- Pictures of services and packs: words for pictures of ours, so that none of somebody else is kept or loaded.
ALTER TABLE service ADD COLUMN icon TEXT NOT NULL DEFAULT 'coins';
ALTER TABLE pack ADD COLUMN icon TEXT NOT NULL DEFAULT 'coins';
