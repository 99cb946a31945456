-- One row for every asset that was looked at; coordinates are null where it has none.
create table location (
    asset text primary key,
    latitude real,
    longitude real,
    altitude real,
    offset_minutes integer,
    city text,
    region text,
    country text,
    country_code text
) without rowid;
