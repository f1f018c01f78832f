-- Certificates that were asked of the authority for people, units and systems: the wish before the authority hears of it, its answer after.

CREATE TABLE enrolled_certificate (
    id           uuid        PRIMARY KEY,
    request_id   text        NOT NULL UNIQUE,
    owner_kind   text        NOT NULL CHECK (owner_kind IN ('person', 'unit', 'system')),
    owner        text        NOT NULL,
    profile      text        NOT NULL,
    subject      text        NOT NULL,              -- RFC 2253
    emails       text[]      NOT NULL,
    pkcs10       bytea       NOT NULL,
    asked_by     text        NOT NULL,
    asked        timestamptz NOT NULL,
    state        text        NOT NULL CHECK (state IN ('asked', 'issued', 'refused', 'revoked')),
    refusal      text        NOT NULL DEFAULT '',
    serial       text,                              -- hexadecimal
    issuer       text,                              -- RFC 2253
    chain        bytea,                             -- certificates in DER, one after the other, its own first
    starts       timestamptz,
    ends         timestamptz,
    revoked      timestamptz,
    reason       text,
    in_directory boolean     NOT NULL DEFAULT false,
    reminded     integer,                           -- the last notice was of so many days before the end
    CHECK ((state IN ('issued', 'revoked')) = (chain IS NOT NULL))
);
CREATE INDEX enrolled_certificate_owner ON enrolled_certificate (owner_kind, owner);
CREATE INDEX enrolled_certificate_asked ON enrolled_certificate (asked) WHERE state = 'asked';
CREATE INDEX enrolled_certificate_ends ON enrolled_certificate (ends) WHERE state = 'issued';
CREATE INDEX enrolled_certificate_serial ON enrolled_certificate (serial);
CREATE INDEX certificate_status_serial ON certificate_status (serial);

-- Keys for decrypting mail, in CMS that the authority's recovery key opens and nothing here. Written before the certificate is asked for.
CREATE TABLE recovery_archive (
    certificate uuid  PRIMARY KEY REFERENCES enrolled_certificate (id),
    envelope    bytea NOT NULL
);

-- The same keys on their way to their owners: fetched once, or forgotten.
CREATE TABLE key_delivery (
    certificate uuid        PRIMARY KEY REFERENCES enrolled_certificate (id),
    person      text        NOT NULL,               -- who may fetch it
    stage       text        NOT NULL CHECK (stage IN ('key', 'file')),
    key_id      text        NOT NULL,
    sealed      bytea       NOT NULL,
    expires     timestamptz NOT NULL
);
