-- Themes that the person taught by example, under the purpose `learn`.
create table own_theme (
    name text primary key,
    model text not null,            -- whose embeddings it reads
    weights blob not null,          -- float32, little-endian
    threshold real not null,
    scale real not null,
    liked text not null,            -- JSON: asset ids that it learnt from
    taught_at text not null
) without rowid;
