-- What was seen in a video while it was looked over for a film: what moves when, where faces are.
create table clip (
    asset text primary key,
    digest blob not null,           -- of the file that was looked over
    version text not null,          -- of what looked
    seen text not null              -- JSON, as the survey gave it
) without rowid;
