-- What the authority says of every certificate, copied so that answers go on while it is away.

CREATE TABLE certificate_status (
    issuer     text        NOT NULL,
    serial     text        NOT NULL, -- hexadecimal
    change     bigint      NOT NULL,
    not_after  timestamptz NOT NULL,
    revoked_at timestamptz,
    reason     text,
    PRIMARY KEY (issuer, serial)
);

CREATE TABLE revocation_list (
    issuer text  PRIMARY KEY,
    der    bytea NOT NULL
);

-- One row: up to which change the copy goes, and when it was last known to be right.
CREATE TABLE status_feed (
    only_row boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    change   bigint      NOT NULL,
    known_at timestamptz NOT NULL
);
