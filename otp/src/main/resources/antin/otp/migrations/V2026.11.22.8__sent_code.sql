-- Codes that are sent to addresses and telephones outside the city.

CREATE TABLE code_destination (
    person    text        NOT NULL,
    way       text        NOT NULL CHECK (way IN ('mail', 'sms')),
    confirmed boolean     NOT NULL,
    key_id    text        NOT NULL,
    sealed    bytea       NOT NULL,
    created   timestamptz NOT NULL,
    PRIMARY KEY (person, way, confirmed)
);

CREATE TABLE sent_code (
    person text        NOT NULL,
    way    text        NOT NULL,
    use    text        NOT NULL,
    hash   bytea,                                 -- keyed; none once it was used
    sent   timestamptz NOT NULL,
    tries  integer     NOT NULL,
    since  timestamptz NOT NULL,                  -- the hour in which sends are counted
    sends  integer     NOT NULL,
    PRIMARY KEY (person, way, use)
);
