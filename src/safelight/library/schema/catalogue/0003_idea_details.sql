-- What an idea is about, why each of its photos is in it, and what its score is made of (JSON).
alter table idea add column details text not null default '{}';

-- When photos and kinds of ideas were last offered, for their cooldowns.
create table photo_shown (
    asset text primary key,
    on_day text not null
) without rowid;

create table kind_shown (
    kind text primary key,
    on_day text not null
) without rowid;
