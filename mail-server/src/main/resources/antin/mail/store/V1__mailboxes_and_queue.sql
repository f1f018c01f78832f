-- What OpenJPA would build for James 3.8.1's entities (see persistence.xml), made once, read, and mended by hand:
-- wider texts where letters may exceed them, a unique mailbox path, indexes on the foreign keys.

CREATE TABLE james_mailbox (
    mailbox_id             bigint PRIMARY KEY,
    mailbox_namespace      varchar(200) NOT NULL,
    user_name              varchar(200),
    mailbox_name           varchar(1000) NOT NULL,
    mailbox_uid_validity   bigint NOT NULL,
    mailbox_last_uid       bigint,
    mailbox_highest_modseq bigint,
    UNIQUE (user_name, mailbox_namespace, mailbox_name)
);

CREATE TABLE james_mailbox_annotation (
    annotation_key varchar(200) NOT NULL,
    mailbox_id     bigint NOT NULL,
    value          text,
    PRIMARY KEY (annotation_key, mailbox_id)
);

CREATE TABLE james_mail (
    mailbox_id                bigint NOT NULL REFERENCES james_mailbox ON DELETE CASCADE DEFERRABLE,
    mail_uid                  bigint NOT NULL,
    mail_is_answered          boolean NOT NULL,
    mail_body_start_octet     integer NOT NULL,
    mail_content_octets_count bigint NOT NULL,
    mail_is_deleted           boolean NOT NULL,
    mail_is_draft             boolean NOT NULL,
    mail_is_flagged           boolean NOT NULL,
    mail_date                 timestamp,
    mail_mime_type            text,
    mail_modseq               bigint,
    mail_is_recent            boolean NOT NULL,
    mail_is_seen              boolean NOT NULL,
    mail_mime_subtype         text,
    mail_textual_line_count   bigint,
    mail_bytes                bytea NOT NULL,
    header_bytes              bytea NOT NULL,
    PRIMARY KEY (mailbox_id, mail_uid)
);
CREATE INDEX james_mail_unseen ON james_mail (mailbox_id, mail_uid) WHERE NOT mail_is_seen;
CREATE INDEX james_mail_recent ON james_mail (mailbox_id, mail_uid) WHERE mail_is_recent;
CREATE INDEX james_mail_deleted ON james_mail (mailbox_id, mail_uid) WHERE mail_is_deleted;

CREATE TABLE james_mail_property (
    property_id          bigint PRIMARY KEY,
    property_line_number integer NOT NULL,
    property_local_name  text NOT NULL,
    property_name_space  text NOT NULL,
    property_value       text NOT NULL,
    mailbox_id           bigint,
    mail_uid             bigint,
    FOREIGN KEY (mailbox_id, mail_uid) REFERENCES james_mail ON DELETE CASCADE DEFERRABLE
);
CREATE INDEX james_mail_property_mail ON james_mail_property (mailbox_id, mail_uid);

CREATE TABLE james_mail_userflag (
    userflag_id   bigint PRIMARY KEY,
    userflag_name text NOT NULL,
    mailbox_id    bigint,
    mail_uid      bigint,
    FOREIGN KEY (mailbox_id, mail_uid) REFERENCES james_mail ON DELETE CASCADE DEFERRABLE
);
CREATE INDEX james_mail_userflag_mail ON james_mail_userflag (mailbox_id, mail_uid);

CREATE TABLE james_subscription (
    subscription_id bigint PRIMARY KEY,
    mailbox_name    varchar(1000) NOT NULL,
    user_name       varchar(200) NOT NULL,
    UNIQUE (user_name, mailbox_name)
);

CREATE TABLE james_quota_currentquota (
    currentquota_quotaroot    varchar(255) PRIMARY KEY,
    currentquota_messagecount bigint,
    currentquota_size         bigint
);
CREATE TABLE james_max_domain_message_count (domain varchar(255) PRIMARY KEY, value bigint);
CREATE TABLE james_max_domain_storage (domain varchar(255) PRIMARY KEY, value bigint);
CREATE TABLE james_max_global_message_count (quotaroot_id varchar(255) PRIMARY KEY, value bigint);
CREATE TABLE james_max_global_storage (quotaroot_id varchar(255) PRIMARY KEY, value bigint);
CREATE TABLE james_max_user_message_count (quotaroot_id varchar(255) PRIMARY KEY, value bigint);
CREATE TABLE james_max_user_storage (quotaroot_id varchar(255) PRIMARY KEY, value bigint);

-- Letters that could not be delivered, kept for the operator.
CREATE TABLE james_mail_repos (mail_repo_name varchar(1024) PRIMARY KEY);
CREATE TABLE james_mail_store (
    message_name          varchar(200) NOT NULL,
    repository_name       varchar(255) NOT NULL,
    error_message         text,
    last_updated          timestamp NOT NULL,
    message_attributes    text,
    message_body          bytea NOT NULL,
    message_state         varchar(200) NOT NULL,
    per_recipient_headers text,
    recipients            text NOT NULL,
    remote_addr           varchar(64) NOT NULL,
    remote_host           varchar(255) NOT NULL,
    sender                varchar(400),
    PRIMARY KEY (message_name, repository_name)
);

-- OpenJPA's own keys.
CREATE TABLE openjpa_sequence_table (id smallint PRIMARY KEY, sequence_value bigint);

-- Ours: letters that were accepted and wait for the mailets. A row goes when its processing is done.
CREATE TABLE mail_queue (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    queue       text NOT NULL,
    name        text NOT NULL,
    due         timestamptz NOT NULL,
    taken_until timestamptz,
    envelope    jsonb NOT NULL,
    message     bytea NOT NULL
);
CREATE INDEX mail_queue_due ON mail_queue (queue, due, id);
