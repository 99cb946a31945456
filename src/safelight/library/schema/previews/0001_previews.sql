create table preview (
    asset text primary key,
    tag text not null,              -- changes when the picture changes
    jpeg blob not null
);
