-- What may be signed: by one client, with one key, these hashes and no other, each once, for some minutes.
CREATE TABLE authorisation (
    id             text PRIMARY KEY, -- a hash of what the client holds
    client         text        NOT NULL,
    credential     text        NOT NULL,
    hash_algorithm text        NOT NULL,
    signatures     integer     NOT NULL CHECK (signatures > 0),
    first_begun    timestamptz NOT NULL, -- of the one that this one carries on, if it does
    expires        timestamptz NOT NULL,
    ended          timestamptz
);

CREATE INDEX authorisation_expires ON authorisation (expires);

CREATE TABLE authorised_hash (
    authorisation text  NOT NULL REFERENCES authorisation ON DELETE CASCADE,
    hash          bytea NOT NULL,
    used          timestamptz,
    PRIMARY KEY (authorisation, hash)
);
