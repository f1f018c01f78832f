-- What a certificate is found by, without marks and in lower case; rows of before are filled in while the process runs.
ALTER TABLE enrolled_certificate ADD COLUMN folded text NOT NULL DEFAULT '';
