-- Which key an approval is about: the second person sees it before they decide, and no other is opened with it.

CREATE TABLE key_recovery (
    approval    uuid PRIMARY KEY REFERENCES approval (id),
    certificate uuid NOT NULL REFERENCES enrolled_certificate (id)
);
