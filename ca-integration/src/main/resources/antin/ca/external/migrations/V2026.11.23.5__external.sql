-- What somebody shall sign to show that a certificate's key is at hand. Taken out when it is used.
CREATE TABLE external_challenge (
    id text PRIMARY KEY,
    owner text NOT NULL,
    purpose text NOT NULL,
    certificate_sha256 text NOT NULL,
    random bytea NOT NULL,
    ends timestamptz NOT NULL
);

-- Certificates that were issued elsewhere, and whose they are. A key belongs to one owner.
CREATE TABLE external_certificate (
    certificate_sha256 text PRIMARY KEY,
    key_sha256 text NOT NULL,
    owner text NOT NULL,
    purpose text NOT NULL,
    authority text NOT NULL,
    serial text NOT NULL,
    not_after timestamptz NOT NULL,
    certificate bytea NOT NULL,
    registered timestamptz NOT NULL
);

CREATE INDEX external_certificate_key ON external_certificate (key_sha256);
CREATE INDEX external_certificate_serial ON external_certificate (serial);

-- What was asked of an outside authority, and each step of it.
CREATE TABLE external_request (
    id text PRIMARY KEY,
    certificate_sha256 text NOT NULL REFERENCES external_certificate,
    kind text NOT NULL,
    reason text NOT NULL,
    state text NOT NULL
);

CREATE TABLE external_request_step (
    request text NOT NULL REFERENCES external_request,
    number integer NOT NULL,
    state text NOT NULL,
    actor text NOT NULL,
    time timestamptz NOT NULL,
    note text NOT NULL,
    PRIMARY KEY (request, number)
);
