-- Photos and folders that the person picked. A grant names an album with the number it had then:
-- what is added later gets a higher number, so adding never widens a permission.
create table album (
    name text primary key,
    made_at text not null
) without rowid;

create table album_member (
    album text not null references album (name) on delete cascade,
    path text not null,
    is_folder integer not null,
    number integer not null,
    primary key (album, path)
) without rowid;

-- Counts what is ever put into albums; never reused, so that a new album is not taken for an old.
create table album_counter (
    one integer primary key check (one = 1),
    number integer not null
);
insert into album_counter values (1, 0);

-- That a notice was put before the person: once for each version of the words.
create table consent_asked (
    purpose text primary key,
    notice_digest text not null,
    at text not null
) without rowid;

-- Permissions that ended by themselves and that the person has not been told about yet.
create table consent_ended (
    purpose text primary key,
    at text not null,
    why text not null,              -- 'expired', 'region'
    scope text not null
) without rowid;

-- That a person in the pictures has agreed in writing, where a region asks for it.
create table written_release (
    number integer primary key,
    person text not null,
    album text not null,
    signed_on text not null,
    signed_by text not null,        -- the person, or who signs for them
    recorded_at text not null
);

-- What the browser says the person wants everywhere, such as Global Privacy Control.
create table signal (
    name text primary key,
    at text not null
) without rowid;
