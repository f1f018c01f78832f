-- Second factors, app passwords, throttling, sessions and the OpenID provider, in the backbone's own database.

CREATE TABLE totp (
    person    text        PRIMARY KEY,
    key_id    text        NOT NULL,               -- which key of the vault sealed the secret
    sealed    bytea       NOT NULL,
    last_step bigint      NOT NULL DEFAULT -1,    -- RFC 6238, 5.2: a step's code is accepted once
    created   timestamptz NOT NULL
);

CREATE TABLE app_password (
    id        uuid        PRIMARY KEY,
    person    text        NOT NULL,
    name      text        NOT NULL,
    scopes    text[]      NOT NULL,
    key_id    text        NOT NULL,
    lookup    bigint      NOT NULL,               -- the first 8 bytes of hash
    hash      bytea       NOT NULL UNIQUE,
    created   timestamptz NOT NULL,
    expires   timestamptz,
    last_used timestamptz,
    revoked   timestamptz
);
CREATE INDEX app_password_lookup ON app_password (lookup);
CREATE INDEX app_password_person ON app_password (person);

CREATE TABLE throttle (
    key           bytea       PRIMARY KEY,        -- keyed hash of what is counted: names as typed may hold a password
    failures      integer     NOT NULL DEFAULT 0,
    blocked_until timestamptz NOT NULL DEFAULT 'epoch',
    last_try      timestamptz NOT NULL,
    last_success  timestamptz NOT NULL DEFAULT 'epoch'
);
CREATE INDEX throttle_last_try ON throttle (last_try);

CREATE TABLE signing_key (
    kid     text        PRIMARY KEY,
    key_id  text        NOT NULL,
    sealed  bytea       NOT NULL,                 -- the private JWK
    created timestamptz NOT NULL
);

-- The tables below are as Spring Session 4 and Spring Security 7 expect them.

CREATE TABLE spring_session (
    primary_id            char(36) PRIMARY KEY,
    session_id            char(36) NOT NULL UNIQUE,
    creation_time         bigint   NOT NULL,
    last_access_time      bigint   NOT NULL,
    max_inactive_interval integer  NOT NULL,
    expiry_time           bigint   NOT NULL,
    principal_name        text
);
CREATE INDEX spring_session_expiry ON spring_session (expiry_time);
CREATE INDEX spring_session_principal ON spring_session (principal_name);

CREATE TABLE spring_session_attributes (
    session_primary_id char(36) NOT NULL REFERENCES spring_session ON DELETE CASCADE,
    attribute_name     text     NOT NULL,
    attribute_bytes    bytea    NOT NULL,
    PRIMARY KEY (session_primary_id, attribute_name)
);

CREATE TABLE oauth2_registered_client (
    id                            text        PRIMARY KEY,
    client_id                     text        NOT NULL UNIQUE,
    client_id_issued_at           timestamptz NOT NULL DEFAULT now(),
    client_secret                 text,
    client_secret_expires_at      timestamptz,
    client_name                   text        NOT NULL,
    client_authentication_methods text        NOT NULL,
    authorization_grant_types     text        NOT NULL,
    redirect_uris                 text,
    post_logout_redirect_uris     text,
    scopes                        text        NOT NULL,
    client_settings               text        NOT NULL,
    token_settings                text        NOT NULL
);

CREATE TABLE oauth2_authorization (
    id                            text PRIMARY KEY,
    registered_client_id          text NOT NULL,
    principal_name                text NOT NULL,
    authorization_grant_type      text NOT NULL,
    authorized_scopes             text,
    attributes                    text,
    state                         text,
    authorization_code_value      text,
    authorization_code_issued_at  timestamptz,
    authorization_code_expires_at timestamptz,
    authorization_code_metadata   text,
    access_token_value            text,
    access_token_issued_at        timestamptz,
    access_token_expires_at       timestamptz,
    access_token_metadata         text,
    access_token_type             text,
    access_token_scopes           text,
    oidc_id_token_value           text,
    oidc_id_token_issued_at       timestamptz,
    oidc_id_token_expires_at      timestamptz,
    oidc_id_token_metadata        text,
    refresh_token_value           text,
    refresh_token_issued_at       timestamptz,
    refresh_token_expires_at      timestamptz,
    refresh_token_metadata        text,
    user_code_value               text,
    user_code_issued_at           timestamptz,
    user_code_expires_at          timestamptz,
    user_code_metadata            text,
    device_code_value             text,
    device_code_issued_at         timestamptz,
    device_code_expires_at        timestamptz,
    device_code_metadata          text
);
CREATE INDEX oauth2_authorization_code ON oauth2_authorization USING hash (authorization_code_value);
CREATE INDEX oauth2_authorization_access ON oauth2_authorization USING hash (access_token_value);
CREATE INDEX oauth2_authorization_expiry ON oauth2_authorization (access_token_expires_at);

CREATE TABLE oauth2_authorization_consent (
    registered_client_id text NOT NULL,
    principal_name       text NOT NULL,
    authorities          text NOT NULL,
    PRIMARY KEY (registered_client_id, principal_name)
);
