-- Places of which the person wants no ideas: their names go with all other names of places.
create table wish (
    subject text primary key,
    label text not null,
    details text not null,          -- JSON: city, region, country and its code
    until text,
    said_at text not null
) without rowid;
