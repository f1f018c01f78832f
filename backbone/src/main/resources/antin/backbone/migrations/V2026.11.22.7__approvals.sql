-- What one administrator asks for and a second one allows, and who made or reset whom: such a pair is one pair of eyes.

CREATE TABLE approval (
    id          uuid        PRIMARY KEY,
    act         text        NOT NULL,
    requester   text        NOT NULL,
    beneficiary text        NOT NULL,
    reason      text        NOT NULL,
    asked       timestamptz NOT NULL,
    expires     timestamptz NOT NULL,
    state       text        NOT NULL CHECK (state IN ('open', 'given', 'refused', 'used', 'expired')),
    decided_by  text,
    decided     timestamptz,
    used        timestamptz
);
CREATE UNIQUE INDEX approval_open ON approval (act, requester, beneficiary) WHERE state IN ('open', 'given');
CREATE INDEX approval_beneficiary ON approval (beneficiary);

CREATE TABLE handled_by (
    person text        NOT NULL,
    by     text        NOT NULL,
    what   text        NOT NULL,                  -- created, role, password, factors
    at     timestamptz NOT NULL,                  -- the last time
    PRIMARY KEY (person, by, what)
);
