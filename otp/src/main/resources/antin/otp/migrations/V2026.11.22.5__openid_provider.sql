-- The OpenID provider: refresh tokens that are used once, keys that change, clients that prove themselves by a key, logouts that are told to clients.

-- Tokens, codes and device codes are kept as keyed hashes from now on; what was given before is void after five minutes anyway.
ALTER TABLE oauth2_authorization ADD COLUMN made timestamptz NOT NULL DEFAULT now();
CREATE INDEX oauth2_authorization_refresh ON oauth2_authorization USING hash (refresh_token_value);
CREATE INDEX oauth2_authorization_id_token ON oauth2_authorization USING hash (oidc_id_token_value);
CREATE INDEX oauth2_authorization_user_code ON oauth2_authorization USING hash (user_code_value);
CREATE INDEX oauth2_authorization_device_code ON oauth2_authorization USING hash (device_code_value);
CREATE INDEX oauth2_authorization_state ON oauth2_authorization USING hash (state);
CREATE INDEX oauth2_authorization_person ON oauth2_authorization (principal_name);

CREATE TABLE spent_refresh_token (
    hash             text        PRIMARY KEY,
    authorization_id text        NOT NULL REFERENCES oauth2_authorization ON DELETE CASCADE,
    spent            timestamptz NOT NULL
);
CREATE INDEX spent_refresh_token_authorization ON spent_refresh_token (authorization_id);

-- RFC 7523, 3, 7: an assertion is accepted once.
CREATE TABLE client_assertion (
    hash    bytea       PRIMARY KEY,              -- keyed hash of client and jti
    expires timestamptz NOT NULL
);
CREATE INDEX client_assertion_expires ON client_assertion (expires);

ALTER TABLE signing_key ADD COLUMN usable timestamptz;   -- from when it signs; published before
UPDATE signing_key SET usable = created;
ALTER TABLE signing_key ALTER COLUMN usable SET NOT NULL;

-- OpenID Connect Back-Channel Logout: what is still to be told to clients.
CREATE TABLE logout_notice (
    id        uuid        PRIMARY KEY,
    client_id text        NOT NULL,
    person    text        NOT NULL,
    sid       text,
    tries     integer     NOT NULL DEFAULT 0,
    due       timestamptz NOT NULL,
    made      timestamptz NOT NULL
);
CREATE INDEX logout_notice_due ON logout_notice (due);
