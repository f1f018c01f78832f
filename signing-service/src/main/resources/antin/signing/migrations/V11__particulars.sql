-- What some formats alone know, the digest of a document that was not sent, and what opens one that is encrypted: as long as the document is kept.
ALTER TABLE deferred_signature ADD COLUMN particulars text;
ALTER TABLE deferred_signature ADD COLUMN digest_algorithm text;
ALTER TABLE deferred_signature ADD COLUMN password text;
