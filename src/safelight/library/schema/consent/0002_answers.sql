-- That the person was asked and said "Not now": no grant, and no reason to ask again.
create table consent_answer (
    purpose text primary key,
    at text not null
) without rowid;
