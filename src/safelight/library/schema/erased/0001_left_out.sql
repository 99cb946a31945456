-- Photos that the person had erased and that later scans pass over. Only keyed digests, under a
-- key that lies here and goes with this drawer.
create table secret (key blob not null);

create table left_out (
    mac blob primary key,
    photo integer not null          -- digests of one photo belong together
) without rowid;
create index left_out_photo on left_out (photo);

-- What an erasure that is under way has still to erase, so that a crash does not end it.
create table plan (
    token text not null,
    kind text not null,             -- asset, path or person
    id text not null,
    primary key (token, kind, id)
) without rowid;
