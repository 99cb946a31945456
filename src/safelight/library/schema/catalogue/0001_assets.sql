-- Where photos come from, what was found there, and what the person decided about it.
create table source (
    id integer primary key,
    kind text not null,
    location text not null unique,
    added_at text not null,
    reachable integer not null default 1,
    note text
);

create table asset (
    key integer primary key,
    id text not null unique,
    source integer not null references source (id) on delete cascade,
    folder text not null,
    path text not null unique,      -- of the primary file
    kind text not null,
    media_type text not null,
    digest blob not null,           -- content identity of the primary file
    size integer not null,
    taken_local text,               -- naive ISO 8601
    taken_on text,                  -- its date, for scopes and counts
    offset_minutes integer,         -- never from GPS: that lives in the places drawer
    offset_source text,
    time_source text,
    time_precision text,
    trusted integer not null default 0,
    width integer not null default 0,
    height integer not null default 0,
    orientation integer not null default 1,
    camera text,
    lens text,
    title text,
    description text,
    rating integer,
    keywords text not null default '[]',
    regions text not null default '[]',
    duration_s real,
    content_id text,
    fingerprint integer,
    sharpness real,
    kept_out text,
    duplicate_of text,
    error text,
    catalogued_at text not null
);
create index asset_taken on asset (taken_local desc, key);
create index asset_folder on asset (folder);
create index asset_content on asset (digest, size);

create table file (
    path text primary key,
    asset integer not null references asset (key) on delete cascade,
    folder text not null,
    role text not null,
    size integer not null,
    modified_ns integer not null
) without rowid;
create index file_folder on file (folder);
create index file_asset on file (asset);

-- What the walk found and reading has not reached yet; rebuilt by every scan.
create table pending (
    key integer primary key,
    source integer not null,
    path text not null,
    members text not null,          -- [[role, path, size, modified_ns], …]
    was text                        -- 'changed', or null for new
);

create table problem (
    path text primary key,
    source integer not null references source (id) on delete cascade,
    reason text not null
) without rowid;

-- Ideas that the person asked for; those made by themselves live in the ideas drawer.
create table idea (
    id text primary key,
    kind text not null,
    title text not null,
    subtitle text not null,
    assets text not null,
    cover text not null,
    reasons text not null,
    score real not null,
    makes text not null,
    starts text,
    ends text,
    offered integer not null,       -- rank in today's offering, 0 when only in the archive
    made_at text not null
) without rowid;

create table idea_state (
    id text primary key,
    state text not null,
    at text not null
) without rowid;

create table idea_shown (
    id text primary key,
    on_day text not null
) without rowid;
