-- Serials are hexadecimal text, as in the audit log and on the wire.

-- What was to be signed, committed before the signature. Open while it has neither a certificate nor been abandoned.
create table intent (
    serial     text collate "C" primary key,
    request_id text collate "C" not null,
    content    bytea not null,
    issuer     text not null,
    profile    text not null,
    subject    text not null,
    actor      text not null,
    begun      timestamptz not null,
    abandoned  boolean not null default false
);

create unique index intent_request on intent (request_id) where not abandoned;

-- A key belongs to one subject, for ever.
create table subject_key (
    key_sha256 bytea primary key,
    subject    text not null
);

-- What was signed, committed before anybody sees it. change numbers the last change of a status.
create table certificate (
    serial    text collate "C" primary key references intent,
    issuer    text not null,
    der       bytea not null,
    not_after timestamptz not null,
    change    bigint not null unique,
    revoked   timestamptz,
    reason    smallint,
    check ((revoked is null) = (reason is null))
);

create index certificate_revoked on certificate (issuer) where revoked is not null;

-- The last CRL of each authority.
create table crl (
    issuer      text primary key,
    number      bigint not null,
    revocations integer not null,
    this_update timestamptz not null,
    next_update timestamptz not null,
    der         bytea not null
);
