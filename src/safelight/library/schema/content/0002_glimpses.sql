-- Things that the detector thinks possible and the program does not go by; packed as in `sight`.
create table glimpse (
    asset text primary key,
    objects blob not null
) without rowid;
