-- Who is in the pictures. Nothing of this lives in any other drawer.
create table person (
    id text primary key,
    name text,
    hidden integer not null default 0,
    created_at text not null
) without rowid;

-- A face without a template belongs to somebody who is never to be grouped: only its place is
-- kept, so that the same photo does not bring it back.
create table face (
    id text primary key,
    asset text not null,
    x real not null,                -- fractions of the upright picture
    y real not null,
    width real not null,
    height real not null,
    score real not null,            -- the detector's
    quality real not null,
    model text not null,            -- digest of what made the template
    template blob,                  -- little-endian float16
    person text references person (id) on delete set null,
    confirmed integer not null default 0
) without rowid;
create index face_asset on face (asset);
create index face_person on face (person);

-- Assets that were looked at, also those without a face.
create table looked (
    asset text primary key,
    model text not null
) without rowid;

-- "This face is not that person."
create table refusal (
    face text not null references face (id) on delete cascade,
    person text not null references person (id) on delete cascade,
    primary key (face, person)
) without rowid;

-- People to keep out of new photos too; only where the person agreed that this is kept.
create table outcast (
    id text not null,
    look integer not null,
    model text not null,
    template blob not null,         -- the mean of one look of theirs, little-endian float16
    primary key (id, look)
) without rowid;

-- What a person said, in order; `before` is what taking it back restores.
create table correction (
    number integer primary key,
    at text not null,
    kind text not null,
    people text not null,           -- [id, …]
    said text not null,
    before text not null,
    undone_at text
);
