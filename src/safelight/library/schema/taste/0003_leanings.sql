-- Which ideas the person liked or dismissed, each with the subject that it was an example of.
create table leaning (
    idea text primary key,
    subject text not null,          -- as Idea.about writes it
    liked integer not null,         -- 0: dismissed
    said_at text not null
) without rowid;
create index leaning_subject on leaning (subject);
