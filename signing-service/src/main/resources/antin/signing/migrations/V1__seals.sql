-- Every seal that was asked for and came as far as its key. Half-done ones of an earlier process are closed at the start.
CREATE TABLE seal (
    id               text PRIMARY KEY,
    client           text NOT NULL,
    idempotency_key  text,
    request_digest   text NOT NULL,
    state            text NOT NULL CHECK (state IN ('begun', 'done', 'failed')),
    key              text NOT NULL,
    format           text NOT NULL,
    level            text NOT NULL,
    algorithm        text NOT NULL,
    document_name    text NOT NULL,
    document_sha256  text NOT NULL,
    certificate      text,
    result_name      text,
    result_type      text,
    result_sha256    text,
    result_size      bigint,
    begun            timestamptz NOT NULL,
    ended            timestamptz
);

-- A failed request may be repeated under its key.
CREATE UNIQUE INDEX seal_idempotency ON seal (client, idempotency_key) WHERE idempotency_key IS NOT NULL AND state <> 'failed';
CREATE INDEX seal_begun ON seal (begun);

-- The answer, in pieces, for as long as its key counts.
CREATE TABLE seal_result (
    seal   text NOT NULL REFERENCES seal ON DELETE CASCADE,
    piece  integer NOT NULL,
    octets bytea NOT NULL,
    PRIMARY KEY (seal, piece)
);
