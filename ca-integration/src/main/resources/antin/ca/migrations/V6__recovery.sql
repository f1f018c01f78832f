-- Each opening of a key in the recovery archive, before it is opened: so many a day and no more, whoever restarts the process.

CREATE TABLE recovery_opening (
    at        timestamptz NOT NULL,
    owner     text        NOT NULL,
    approval  text        NOT NULL UNIQUE,
    requester text        NOT NULL,
    approver  text        NOT NULL
);
CREATE INDEX recovery_opening_at ON recovery_opening (at);
