-- Keys in the ring that belong to one person each. A row comes before its key, so that a number is given once.
CREATE TABLE remote_key (
    name   text PRIMARY KEY,
    person text        NOT NULL,
    state  text        NOT NULL CHECK (state IN ('begun', 'done')),
    begun  timestamptz NOT NULL,
    ended  timestamptz
);

CREATE INDEX remote_key_person ON remote_key (person);
