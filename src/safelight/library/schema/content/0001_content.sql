-- What is in pictures, under the purpose `content`. Never whose face: that is the faces drawer.
create table analyser (
    id integer primary key,
    name text not null,
    version text not null,
    models text not null,           -- JSON: [[name, sha256], …]
    unique (name, version, models)
);

create table word (
    id integer primary key,
    name text not null unique
);

-- Packed, because a library has a dozen words a photo and is read as a whole; see packing.py.
create table sight (
    asset text primary key,
    analyser integer not null references analyser (id),
    labels blob not null,
    objects blob not null,
    faces blob not null,
    sensitive real
) without rowid;

create table embedding (
    asset text not null,
    model text not null,            -- a person's own model has vectors beside ours
    dimension integer not null,
    vector blob not null,           -- float16, little-endian
    unique (model, asset)
);
create index embedding_asset on embedding (asset);

create table quality (
    asset text primary key,
    score real not null,
    figures blob not null,          -- every figure of `Quality`, in its order, as float32
    kept_out text,                  -- what the content says
    why text                        -- in words
) without rowid;

create table reading (
    asset text primary key,
    text text not null              -- words read in the picture; empty where there are none
) without rowid;

-- Groups of near-identical pictures; the best of each and why.
create table alike (
    asset text primary key,
    best text not null,
    why text
) without rowid;
create index alike_best on alike (best);

-- What the person decided about a picture that content kept out.
create table kept_in (
    asset text primary key,
    at text not null
) without rowid;
