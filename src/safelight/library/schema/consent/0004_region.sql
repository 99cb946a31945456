-- The region that the person chose in the app; none where the row is missing. It only takes away.
create table chosen_region (
    one integer primary key check (one = 1),
    code text not null,
    at text not null
);
