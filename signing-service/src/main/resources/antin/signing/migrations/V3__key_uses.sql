-- How often a key with a daily limit was used.
CREATE TABLE key_use (
    key  text NOT NULL,
    day  date NOT NULL,
    uses integer NOT NULL,
    PRIMARY KEY (key, day)
);
