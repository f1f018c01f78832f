-- What was asked of EJBCA: before it is sent, and what came back.
CREATE TABLE ejbca_enrolment (
    id text PRIMARY KEY,
    content bytea NOT NULL,
    sent timestamptz,
    certificate bytea
);
