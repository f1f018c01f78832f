-- Certificates for agencies and systems: asked for by one administrator, allowed by another. One may ask for several things of one agency.
ALTER TABLE approval ADD COLUMN about text NOT NULL DEFAULT '';
DROP INDEX approval_open;
CREATE UNIQUE INDEX approval_open ON approval (act, requester, beneficiary, about) WHERE state IN ('open', 'given');

-- What an approval is about: the second person sees it before they decide, and nothing else is asked of the authority.
CREATE TABLE certificate_order (
    approval    uuid   PRIMARY KEY REFERENCES approval (id),
    owner_kind  text   NOT NULL CHECK (owner_kind IN ('unit', 'system')),
    owner       text   NOT NULL,
    profile     text   NOT NULL,
    subject     text   NOT NULL,              -- RFC 2253
    emails      text[] NOT NULL,
    hosts       text[] NOT NULL,
    pkcs10      bytea  NOT NULL,
    certificate uuid   REFERENCES enrolled_certificate (id)
);

CREATE TABLE revocation_order (
    approval    uuid PRIMARY KEY REFERENCES approval (id),
    certificate uuid NOT NULL REFERENCES enrolled_certificate (id),
    reason      text NOT NULL                 -- RFC 5280, 5.3.1
);

ALTER TABLE enrolled_certificate ADD COLUMN hosts text[] NOT NULL DEFAULT '{}';
