-- Pictures in which looking for faces failed, and what is to be grouped.
create table failed (
    asset text primary key,
    version text not null,          -- of what could not look at it
    reason text not null,
    times integer not null,
    at text not null
) without rowid;

create table due (
    work text primary key
) without rowid;
