-- Who is in a picture is told under `faces` alone: names in face regions go to that drawer when a
-- scan looks at the photos under that purpose. Keywords that repeat such a name go with them.
update asset set keywords = (
    select json_group_array(word.value) from json_each(asset.keywords) word
    where lower(word.value) not in (
        select lower(json_extract(region.value, '$[0]')) from json_each(asset.regions) region
        where json_extract(region.value, '$[0]') is not null
            and json_extract(region.value, '$[1]') = 'face'
    )
) where regions <> '[]';
alter table asset drop column regions;

-- What the person decided about a picture that its name or tags kept out of ideas.
create table kept_in (
    asset text primary key,
    at text not null
) without rowid;
