-- To whom keys were handed over; the owner of now has no end. Keys without a row belong to whom the configuration names.
CREATE TABLE key_owner (
    key      text        NOT NULL,
    person   text        NOT NULL,
    approval uuid        NOT NULL UNIQUE,
    since    timestamptz NOT NULL,
    until    timestamptz
);

CREATE UNIQUE INDEX key_owner_now ON key_owner (key) WHERE until IS NULL;
