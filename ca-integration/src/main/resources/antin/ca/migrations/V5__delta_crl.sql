-- The last delta CRL of each authority, and the full one from which it counts (RFC 5280, 5.2.4).
create table delta_crl (
    issuer      text primary key,
    number      bigint not null,
    base        bigint not null,
    base_update timestamptz not null,
    next_update timestamptz not null,
    der         bytea not null
);
