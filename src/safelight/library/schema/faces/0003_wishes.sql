-- People who rest from ideas until a day.
create table wish (
    subject text primary key,
    label text not null,
    details text not null,
    until text,
    said_at text not null
) without rowid;
