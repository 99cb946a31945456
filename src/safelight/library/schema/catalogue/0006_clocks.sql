-- The time of the GPS fix (seconds since 1970 UTC), and what was added to the clock that a camera
-- wrote because such times say that it was wrong: `taken_local` holds the sum.
alter table asset add column fix_utc real;
alter table asset add column clock_shift_s real;
alter table asset add column clock_evidence text;
