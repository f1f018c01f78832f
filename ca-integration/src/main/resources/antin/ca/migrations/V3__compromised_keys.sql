-- A key that somebody else has, or may have, is certified for nobody any more.
alter table subject_key add column compromised boolean not null default false;
