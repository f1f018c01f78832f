-- The last use with its place, the networks that an owner was told of, and letters about their account that are still to be sent.

ALTER TABLE app_password ADD COLUMN last_scope text, ADD COLUMN last_address text, ADD COLUMN reminded timestamptz;
CREATE INDEX app_password_key ON app_password (key_id);
CREATE INDEX app_password_expires ON app_password (expires) WHERE revoked IS NULL;

CREATE TABLE app_password_use (
    password  uuid        NOT NULL REFERENCES app_password ON DELETE CASCADE,
    network   text        NOT NULL,               -- 192.0.2.0/24 or 2001:db8:1::/48
    last_used timestamptz NOT NULL,               -- to the hour: when the row was written
    PRIMARY KEY (password, network)
);

CREATE TABLE app_password_network (
    person     text        NOT NULL,
    network    text        NOT NULL,
    first_used timestamptz NOT NULL,
    last_used  timestamptz NOT NULL,
    PRIMARY KEY (person, network)
);

CREATE TABLE notice (
    id      uuid        PRIMARY KEY,
    person  text        NOT NULL,
    subject text        NOT NULL,
    body    text        NOT NULL,
    created timestamptz NOT NULL,
    due     timestamptz NOT NULL,
    tries   integer     NOT NULL DEFAULT 0
);
CREATE INDEX notice_due ON notice (due);
