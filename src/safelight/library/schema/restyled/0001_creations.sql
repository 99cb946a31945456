create table creation (
    id text primary key,
    kind text not null,
    title text not null,
    media_type text not null,
    width integer not null,
    height integer not null,
    used text not null,
    cells text not null,
    recipe text not null,
    purposes text not null,
    idea text,
    made_at text not null,
    content blob not null
);
create index creation_made on creation (made_at desc);
create table style (
    name text primary key,
    numbers text not null,
    said text not null,
    added_at text not null
);
