-- Many documents to be sealed in the background. "receiving" until all of it is stored; such a one of an earlier process is removed at the start.
CREATE TABLE batch (
    id              text PRIMARY KEY,
    client          text NOT NULL,
    address         text NOT NULL,
    idempotency_key text,
    request_digest  text,
    state           text NOT NULL CHECK (state IN ('receiving', 'working', 'ended')),
    key             text NOT NULL DEFAULT '',
    format          text NOT NULL DEFAULT '',
    level           text NOT NULL DEFAULT '',
    packaging       text NOT NULL DEFAULT '',
    algorithm       text,
    reason          text,
    location        text,
    hook            text,
    total           integer NOT NULL DEFAULT 0,
    done            integer NOT NULL DEFAULT 0,
    failed          integer NOT NULL DEFAULT 0,
    cancelled       integer NOT NULL DEFAULT 0,
    made            timestamptz NOT NULL,
    ended           timestamptz
);

CREATE UNIQUE INDEX batch_idempotency ON batch (client, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX batch_made ON batch (made);

-- "received" until its batch is accepted.
CREATE TABLE batch_item (
    batch     text NOT NULL REFERENCES batch ON DELETE CASCADE,
    number    integer NOT NULL,
    id        text NOT NULL UNIQUE,
    name      text NOT NULL,
    sha256    text NOT NULL,
    size      bigint NOT NULL,
    state     text NOT NULL CHECK (state IN ('received', 'waiting', 'working', 'done', 'failed', 'cancelled')),
    tries     integer NOT NULL DEFAULT 0,
    due       timestamptz NOT NULL,
    signature text,
    problem   text,
    detail    text,
    PRIMARY KEY (batch, number)
);

CREATE INDEX batch_item_waiting ON batch_item (due, batch, number) WHERE state = 'waiting';

-- The document, in pieces, until its item is done, failed or cancelled. What was sealed is in seal_result, for as long as the batch is kept.
CREATE TABLE batch_document (
    item   text NOT NULL REFERENCES batch_item (id) ON DELETE CASCADE,
    piece  integer NOT NULL,
    octets bytea NOT NULL,
    PRIMARY KEY (item, piece)
);

-- What receivers are to be told, each until a 2xx. Written with the change that it tells.
CREATE TABLE hook_event (
    id     text PRIMARY KEY,
    hook   text NOT NULL,
    batch  text NOT NULL,
    body   text NOT NULL,
    state  text NOT NULL CHECK (state IN ('waiting', 'told', 'set-aside')),
    tries  integer NOT NULL DEFAULT 0,
    due    timestamptz NOT NULL,
    made   timestamptz NOT NULL,
    ended  timestamptz,
    answer text
);

CREATE INDEX hook_event_waiting ON hook_event (hook, due) WHERE state = 'waiting';
CREATE INDEX hook_event_ended ON hook_event (ended) WHERE state = 'told';
CREATE INDEX hook_event_set_aside ON hook_event (id) WHERE state = 'set-aside';
