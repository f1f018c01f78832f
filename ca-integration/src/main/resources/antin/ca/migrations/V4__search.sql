-- Certificates are found in the order in which they end.
create index certificate_end on certificate (not_after, serial);
