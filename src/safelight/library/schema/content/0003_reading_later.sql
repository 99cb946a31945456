-- Words are read after everything was looked at, in the pictures of a moment that hint at them
-- most; and a look that failed says why.
create table hinted (
    asset text primary key,
    strength real not null,         -- 0 to 1
    paper integer not null          -- 1: a document, a screen, or whether it is one hangs on its text
) without rowid;

alter table reading add column reader text not null default '';  -- digests of what read it

create table failed (
    asset text primary key,
    version text not null,          -- of what could not look at it
    reason text not null,
    times integer not null,
    at text not null
) without rowid;

-- What is to be worked out afresh because new pictures were looked at.
create table due (
    work text primary key
) without rowid;
