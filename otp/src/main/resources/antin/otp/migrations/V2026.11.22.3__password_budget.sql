-- Wrong passwords that were passed on to the directory, so that nobody outside pulls its lock; and the networks that people came from.

CREATE TABLE password_try (
    id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account bytea       NOT NULL,                 -- keyed hash of a number, or of a name that nobody has
    known   boolean     NOT NULL,                 -- from a network that the person logged in from
    wrong   boolean     NOT NULL DEFAULT false,   -- whether the directory answered so; until then nobody knows
    begun   timestamptz NOT NULL
);
CREATE INDEX password_try_account ON password_try (account, begun);
CREATE INDEX password_try_begun ON password_try (begun);

CREATE TABLE known_network (
    key       bytea       PRIMARY KEY,            -- keyed hash of number and network
    last_used timestamptz NOT NULL
);
CREATE INDEX known_network_last_used ON known_network (last_used);
