-- A still picture that stands for what moves: a JPEG; empty where the thing is a picture itself.
alter table creation add column poster blob not null default x'';
