-- What the person allows now. Scopes may name folders, so they live here and not in the ledger.
create table consent_grant (
    purpose text primary key,
    scope text not null,            -- JSON
    notice_version integer not null,
    notice_digest text not null,
    granted_at text not null,       -- ISO 8601, UTC
    expires_at text,
    entry integer not null          -- the ledger entry that recorded it
) without rowid;

-- Counts every change of a purpose, so that a permit made before the change is known as stale.
create table consent_revision (
    purpose text primary key,
    revision integer not null
) without rowid;
