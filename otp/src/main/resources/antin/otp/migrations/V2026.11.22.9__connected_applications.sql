-- Where a client that stays logged in was last, for its owner to see; and how often a device may ask (RFC 8628, 3.5).

ALTER TABLE oauth2_authorization ADD COLUMN used_from text NOT NULL DEFAULT '';
ALTER TABLE oauth2_authorization ADD COLUMN polled timestamptz;
ALTER TABLE oauth2_authorization ADD COLUMN pause integer NOT NULL DEFAULT 5;   -- seconds
