-- CRLs are kept in files beside the statuses, so that they are there without the database.
DROP TABLE revocation_list;
