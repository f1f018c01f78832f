-- A repeat under the client's idempotency key gets the same prepared signature; one of the same value, soon after, the same document.
ALTER TABLE deferred_signature ADD COLUMN idempotency_key text, ADD COLUMN request_digest text, ADD COLUMN value_sha256 text, ADD COLUMN result_name text, ADD COLUMN result_type text;

CREATE UNIQUE INDEX deferred_signature_idempotency ON deferred_signature (client, idempotency_key) WHERE idempotency_key IS NOT NULL AND state <> 'failed';
CREATE INDEX deferred_signature_waiting ON deferred_signature (client) WHERE state IN ('prepared', 'completing');

-- The signed document, in pieces, for ten minutes.
CREATE TABLE deferred_result (
    signature text NOT NULL REFERENCES deferred_signature ON DELETE CASCADE,
    piece     integer NOT NULL,
    octets    bytea NOT NULL,
    PRIMARY KEY (signature, piece)
);
