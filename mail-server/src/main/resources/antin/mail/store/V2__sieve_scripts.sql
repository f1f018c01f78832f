-- Filter scripts (RFC 5228) by mailbox; at most one of them is the one that runs.
CREATE TABLE sieve_script (
    mailbox text    NOT NULL,
    name    text    NOT NULL,
    script  text    NOT NULL,
    active  boolean NOT NULL DEFAULT false,
    PRIMARY KEY (mailbox, name)
);
CREATE UNIQUE INDEX sieve_script_active ON sieve_script (mailbox) WHERE active;
