-- Of which assets an entry of the ledger speaks: the sorted MACs behind its digest, 32 bytes each,
-- under the key that goes with the purpose. No id and no name.
create table looked (
    entry integer primary key,
    step text not null,             -- empty where photos were selected, else what was worked out
    at text not null,
    macs blob not null
);
