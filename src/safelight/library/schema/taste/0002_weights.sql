-- How much of a subject is wanted in ideas: 1 is usual and not kept.
create table weight (
    subject text primary key,       -- as Idea.about writes it
    label text not null,
    share real not null,
    said_at text not null
) without rowid;
