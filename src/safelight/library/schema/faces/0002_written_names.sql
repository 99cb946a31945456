-- Names that other programs wrote into face regions, with their place as fractions of the upright
-- picture. They were read under `library` before; now photos are looked at once more for them.
create table written_name (
    asset text not null,
    name text not null,
    x real not null,
    y real not null,
    width real not null,
    height real not null
);
create index written_name_asset on written_name (asset);
delete from looked;
