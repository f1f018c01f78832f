-- Each process that becomes the writer begins a term. One that lost the lock goes on only while nobody else began one.
create table writer (
    term bigint not null
);

insert into writer values (0);
