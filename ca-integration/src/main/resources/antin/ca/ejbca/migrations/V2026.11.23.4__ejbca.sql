-- What was asked of EJBCA: before it is sent, and what came back.
CREATE TABLE ejbca_enrolment (
    id text PRIMARY KEY,
    content bytea NOT NULL,
    sent timestamptz,
    certificate bytea,
    serial text
);

CREATE UNIQUE INDEX ejbca_enrolment_serial ON ejbca_enrolment (serial);

-- Revocations that wait for approvals at EJBCA: its REST API gives them no id, so the serial is asked about until it is revoked.
CREATE TABLE ejbca_revocation (
    serial text PRIMARY KEY,
    reason text NOT NULL,
    actor text NOT NULL,
    asked timestamptz NOT NULL,
    ended timestamptz
);
