-- Whether other programs wrote names at faces, never which: files that say no are not opened for
-- them under `faces`. Of what was read before this is not known, so those files are.
alter table asset add column names_written integer not null default 1;
