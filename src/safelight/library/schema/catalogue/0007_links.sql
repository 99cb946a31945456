-- Photos that a link leads to from elsewhere: their names do not tell in which folder they lie.
create table link (
    path text primary key,          -- of the asset
    folder text not null
) without rowid;
create index link_folder on link (folder);
