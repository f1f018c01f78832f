-- How often codes went to destinations that nobody has confirmed yet, whoever proposed them.

CREATE TABLE sent_to (
    destination bytea       PRIMARY KEY,              -- keyed hash of way and destination
    since       timestamptz NOT NULL,                 -- the hour in which sends are counted
    sends       integer     NOT NULL
);
