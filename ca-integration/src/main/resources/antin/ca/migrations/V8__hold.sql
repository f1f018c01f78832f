-- A held certificate (reason 6, RFC 5280, 5.3.1) may be good again, and a delta CRL then names it as removed: so it is kept when a status last changed.
alter table certificate add column moved timestamptz;
update certificate set moved = revoked where revoked is not null;
create index certificate_moved on certificate (issuer, moved) where moved is not null;

-- What a CRL names, in short: the count alone does not show a certificate that was held and is now revoked for good. Null in those of before.
alter table crl add column content bytea;
