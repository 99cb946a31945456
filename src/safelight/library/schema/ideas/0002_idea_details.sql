-- What an idea is about, why each of its photos is in it, and what its score is made of (JSON).
alter table idea add column details text not null default '{}';
