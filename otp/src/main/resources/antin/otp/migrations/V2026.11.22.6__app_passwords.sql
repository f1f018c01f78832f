-- What app passwords need beyond the first version: logins that ended early, last use with its place, networks that the owner was told of, letters to send.

CREATE TABLE ended_login (
    seq        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person     text        NOT NULL,
    credential uuid,                              -- an app password or an OAuth authorization; null: all of the person's logins
    at         timestamptz NOT NULL
);
CREATE INDEX ended_login_at ON ended_login (at);
