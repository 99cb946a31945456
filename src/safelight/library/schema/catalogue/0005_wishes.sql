-- What the person wants no ideas of, for good or until a day, and titles that they wrote.
create table wish (
    subject text primary key,       -- as Idea.about writes it, besides "days:FIRST/LAST" and "photo:ID"
    label text not null,            -- as a person would say it
    details text not null,          -- JSON: a place's city, region, country and its code; else null
    until text,                     -- the last day on which it rests; null for good
    said_at text not null
) without rowid;

create table idea_title (
    id text primary key,
    title text not null
) without rowid;
