-- Several second factors a person: devices that make codes, backup codes, passkeys; and what a person did lately.

CREATE TABLE factor (
    id        uuid        PRIMARY KEY,
    person    text        NOT NULL,
    kind      text        NOT NULL CHECK (kind IN ('totp', 'hotp')),
    name      text        NOT NULL,
    key_id    text        NOT NULL,               -- which key of the vault sealed the secret
    sealed    bytea       NOT NULL,
    former    boolean     NOT NULL DEFAULT false, -- sealed when there was one a person, with the person alone as its owner
    last      bigint      NOT NULL DEFAULT -1,    -- the last used step (RFC 6238, 5.2) or counter (RFC 4226, 7.2): only forward
    created   timestamptz NOT NULL,
    last_used timestamptz
);
CREATE INDEX factor_person ON factor (person);

INSERT INTO factor (id, person, kind, name, key_id, sealed, former, last, created)
    SELECT gen_random_uuid(), person, 'totp', 'Điện thoại', key_id, sealed, true, last_step, created FROM totp;
DROP TABLE totp;

CREATE TABLE factor_enrolment (                   -- begun, and not confirmed by a code yet
    person  text        PRIMARY KEY,
    kind    text        NOT NULL,
    key_id  text        NOT NULL,
    sealed  bytea       NOT NULL,
    expires timestamptz NOT NULL
);

CREATE TABLE enrolment_ticket (
    hash    bytea       PRIMARY KEY,              -- keyed
    person  text        NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX enrolment_ticket_person ON enrolment_ticket (person);

CREATE TABLE backup_code (
    person  text        NOT NULL,
    key_id  text        NOT NULL,
    hash    bytea       NOT NULL,                 -- keyed
    created timestamptz NOT NULL,
    used    timestamptz,
    PRIMARY KEY (person, hash)
);

CREATE TABLE passkey_user (
    person text  PRIMARY KEY,
    handle bytea NOT NULL UNIQUE                  -- random: an authenticator tells it to whoever holds it
);

CREATE TABLE passkey (
    id                 bytea       PRIMARY KEY,   -- the authenticator's credential id
    person             text        NOT NULL,
    name               text        NOT NULL,
    public_key         bytea       NOT NULL,      -- COSE
    signature_count    bigint      NOT NULL,
    user_verified      boolean     NOT NULL,
    backup_eligible    boolean     NOT NULL,
    backed_up          boolean     NOT NULL,
    transports         text        NOT NULL,
    attestation        bytea,
    client_data        bytea,
    created            timestamptz NOT NULL,
    last_used          timestamptz
);
CREATE INDEX passkey_person ON passkey (person);

CREATE TABLE passkey_challenge (
    challenge bytea       PRIMARY KEY,
    person    text        NOT NULL,               -- empty where nobody has logged in yet
    use       text        NOT NULL,
    expires   timestamptz NOT NULL
);

CREATE TABLE activity (                           -- what the account's page shows its owner; the audit log is elsewhere
    id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person  text        NOT NULL,
    at      timestamptz NOT NULL,
    act     text        NOT NULL,
    outcome text        NOT NULL,
    address text        NOT NULL,
    detail  text        NOT NULL
);
CREATE INDEX activity_person ON activity (person, id);
CREATE INDEX activity_at ON activity (at);
