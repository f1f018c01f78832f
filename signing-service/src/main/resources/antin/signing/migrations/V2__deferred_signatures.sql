-- A signature whose value is to come from a key elsewhere: all that decides its bytes, frozen when it was prepared.
CREATE TABLE deferred_signature (
    id              text PRIMARY KEY,
    client          text NOT NULL,
    state           text NOT NULL CHECK (state IN ('prepared', 'completing', 'done', 'failed')),
    format          text NOT NULL,
    level           text NOT NULL,
    packaging       text NOT NULL,
    algorithm       text NOT NULL,
    signing_time    timestamptz NOT NULL,
    reason          text,
    location        text,
    document_name   text NOT NULL,
    document_sha256 text NOT NULL,
    document_size   bigint NOT NULL,
    chain           bytea[] NOT NULL,
    digest          bytea NOT NULL,
    result_sha256   text,
    begun           timestamptz NOT NULL,
    expires         timestamptz NOT NULL,
    ended           timestamptz
);

CREATE INDEX deferred_signature_expires ON deferred_signature (expires) WHERE state = 'prepared';

-- The document, in pieces, until the signature is done or given up.
CREATE TABLE deferred_document (
    signature text NOT NULL REFERENCES deferred_signature ON DELETE CASCADE,
    piece     integer NOT NULL,
    octets    bytea NOT NULL,
    PRIMARY KEY (signature, piece)
);
