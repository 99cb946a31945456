-- Ideas made by themselves, under the purpose `suggest`. Same shape as in the catalogue drawer.
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
    offered integer not null,
    made_at text not null
) without rowid;
