-- A challenge holds its certificate and who asked, so that the signature alone comes back.
DELETE FROM external_challenge;
ALTER TABLE external_challenge ADD COLUMN asker text NOT NULL, ADD COLUMN certificate bytea NOT NULL;

-- How a registered certificate stands, when that was last known and last asked, and what its owner was told of.
ALTER TABLE external_certificate
    ADD COLUMN state         text NOT NULL DEFAULT 'good' CHECK (state IN ('waiting', 'good', 'revoked', 'ended', 'distrusted')),
    ADD COLUMN told          text NOT NULL DEFAULT 'good',
    ADD COLUMN misfit        text NOT NULL DEFAULT '',      -- the rules that the name breaks; an administrator allowed it, or is asked to
    ADD COLUMN registered_by text NOT NULL DEFAULT '',
    ADD COLUMN checked       timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN tried         timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN approval      uuid;
CREATE INDEX external_certificate_owner ON external_certificate (owner);
CREATE INDEX external_certificate_tried ON external_certificate (tried) WHERE state = 'good';

-- The signed document, and what was answered to it.
ALTER TABLE external_request
    ADD COLUMN asked_by    text  NOT NULL DEFAULT '',
    ADD COLUMN document    bytea NOT NULL DEFAULT ''::bytea,
    ADD COLUMN sha256      text  NOT NULL DEFAULT '',
    ADD COLUMN signature   bytea,
    ADD COLUMN signed_with text,
    ADD COLUMN reference   text  NOT NULL DEFAULT '',
    ADD COLUMN answered    date;
CREATE INDEX external_request_certificate ON external_request (certificate_sha256);
