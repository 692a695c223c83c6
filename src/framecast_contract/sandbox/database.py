"""The sandbox's state: one SQLite connection, one transaction at a time.

The tables hold no business rules (no CHECK, no unique idempotency key): rules live in the area classes,
where a defect can be planted in one of them without the database hiding it.
Timestamps are RFC 3339 text of fixed width, so they compare and sort as strings and go out as they are.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

TABLES = (
    "users",
    "teams",
    "memberships",
    "projects",
    "api_keys",
    "assets",
    "jobs",
    "job_events",
    "invitations",
    "artifacts",
    "conversations",
    "messages",
    "webhooks",
    "webhook_deliveries",
)

SCHEMA = """
CREATE TABLE IF NOT EXISTS users (
    id TEXT PRIMARY KEY, email TEXT NOT NULL, email_key TEXT NOT NULL UNIQUE, name TEXT, avatar_url TEXT,
    tier TEXT NOT NULL, credits INTEGER NOT NULL, ephemeral_storage_bytes INTEGER NOT NULL,
    upgraded_at TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS teams (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, slug TEXT NOT NULL UNIQUE, credits INTEGER NOT NULL,
    ephemeral_storage_bytes INTEGER NOT NULL, settings TEXT NOT NULL,
    created_at TEXT NOT NULL, updated_at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS memberships (
    id TEXT NOT NULL UNIQUE, team_id TEXT NOT NULL, user_id TEXT NOT NULL, role TEXT NOT NULL,
    created_at TEXT NOT NULL, PRIMARY KEY (user_id, team_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS projects (
    id TEXT PRIMARY KEY, team_id TEXT NOT NULL, created_by TEXT NOT NULL, name TEXT NOT NULL,
    status TEXT NOT NULL, spec TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS memberships_of_team ON memberships (team_id);
CREATE INDEX IF NOT EXISTS projects_of_team ON projects (team_id, updated_at);
CREATE TABLE IF NOT EXISTS api_keys (
    id TEXT PRIMARY KEY, user_id TEXT NOT NULL, owner TEXT NOT NULL, name TEXT NOT NULL,
    key_hash TEXT NOT NULL UNIQUE, key_prefix TEXT NOT NULL, scopes TEXT NOT NULL, last_used_at TEXT,
    expires_at TEXT, revoked_at TEXT, created_at TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS api_keys_of_user ON api_keys (user_id, created_at);
CREATE TABLE IF NOT EXISTS assets (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, uploaded_by TEXT NOT NULL, project_id TEXT,
    filename TEXT NOT NULL, s3_key TEXT NOT NULL, content_type TEXT NOT NULL, size_bytes INTEGER NOT NULL,
    status TEXT NOT NULL, metadata TEXT NOT NULL,
    created_at TEXT NOT NULL, updated_at TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS assets_of_owner ON assets (owner, created_at);
CREATE TABLE IF NOT EXISTS invitations (
    id TEXT PRIMARY KEY, team_id TEXT NOT NULL, email TEXT NOT NULL, email_key TEXT NOT NULL,
    role TEXT NOT NULL, invited_by TEXT NOT NULL, accepted_at TEXT, declined_at TEXT, revoked_at TEXT,
    expires_at TEXT NOT NULL, created_at TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS invitations_of_team ON invitations (team_id, created_at);
CREATE TABLE IF NOT EXISTS artifacts (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, created_by TEXT NOT NULL, project_id TEXT, kind TEXT NOT NULL,
    status TEXT NOT NULL, source TEXT NOT NULL, filename TEXT, s3_key TEXT, content_type TEXT,
    size_bytes INTEGER, spec TEXT, conversation_id TEXT, source_job_id TEXT, metadata TEXT NOT NULL,
    created_at TEXT NOT NULL, updated_at TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS artifacts_of_owner ON artifacts (owner, created_at);
CREATE INDEX IF NOT EXISTS artifacts_of_job ON artifacts (source_job_id);
CREATE TABLE IF NOT EXISTS conversations (
    id TEXT PRIMARY KEY, user_id TEXT NOT NULL, title TEXT, model TEXT NOT NULL, system_prompt TEXT,
    status TEXT NOT NULL, message_count INTEGER NOT NULL, last_message_at TEXT,
    created_at TEXT NOT NULL, updated_at TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS conversations_of_user ON conversations (user_id, created_at);
CREATE TABLE IF NOT EXISTS messages (
    id TEXT PRIMARY KEY, conversation_id TEXT NOT NULL, role TEXT NOT NULL, content TEXT NOT NULL,
    artifacts TEXT, model TEXT, input_tokens INTEGER, output_tokens INTEGER, sequence INTEGER NOT NULL,
    created_at TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS messages_of_conversation ON messages (conversation_id, sequence);
CREATE TABLE IF NOT EXISTS webhooks (
    id TEXT PRIMARY KEY, team_id TEXT NOT NULL, created_by TEXT NOT NULL, url TEXT NOT NULL,
    events TEXT NOT NULL, secret TEXT NOT NULL, is_active INTEGER NOT NULL, last_triggered_at TEXT,
    created_at TEXT NOT NULL, updated_at TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS webhooks_of_team ON webhooks (team_id, created_at);
CREATE TABLE IF NOT EXISTS webhook_deliveries (
    id TEXT PRIMARY KEY, webhook_id TEXT NOT NULL, job_id TEXT, event_type TEXT NOT NULL,
    status TEXT NOT NULL, payload TEXT NOT NULL, response_status INTEGER, response_body TEXT,
    attempts INTEGER NOT NULL, next_retry_at TEXT, delivered_at TEXT, created_at TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS deliveries_of_webhook ON webhook_deliveries (webhook_id, created_at);
CREATE INDEX IF NOT EXISTS deliveries_of_job ON webhook_deliveries (job_id);
CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, triggered_by TEXT NOT NULL, project_id TEXT,
    kind TEXT NOT NULL, status TEXT NOT NULL, spec_snapshot TEXT NOT NULL, options TEXT NOT NULL,
    progress TEXT NOT NULL, output TEXT, output_size_bytes INTEGER, error TEXT,
    credits_charged INTEGER NOT NULL, failure_type TEXT, credits_refunded INTEGER NOT NULL,
    idempotency_key TEXT, started_at TEXT, completed_at TEXT, created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL, runpod_id TEXT) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS jobs_of_owner ON jobs (owner, created_at);
CREATE INDEX IF NOT EXISTS jobs_of_person ON jobs (triggered_by, idempotency_key);
CREATE INDEX IF NOT EXISTS jobs_of_project ON jobs (project_id, created_at);
CREATE TABLE IF NOT EXISTS job_events (
    job_id TEXT NOT NULL, sequence INTEGER NOT NULL, type TEXT NOT NULL, data TEXT NOT NULL,
    created_at TEXT NOT NULL, PRIMARY KEY (job_id, sequence)) WITHOUT ROWID;
"""


class Database:
    """SQL in, rows out. Not safe for threads: the event loop is what serialises requests."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        if path == ":memory:":
            self._connection.deserialize(_empty_database())
            return
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.executescript(SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block or nothing of it; any exception rolls back. The block must not await."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def one(self, sql: str, *values: Any) -> sqlite3.Row | None:
        """The first row, or None."""
        row: sqlite3.Row | None = self._connection.execute(sql, values).fetchone()
        return row

    def all(self, sql: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """Every row."""
        return self._connection.execute(sql, values).fetchall()

    def run(self, sql: str, *values: Any) -> int:
        """Execute a statement; the number of rows it changed."""
        return self._connection.execute(sql, values).rowcount

    def insert(self, table: str, row: dict[str, Any]) -> None:
        """Add one row; the members of `row` are its columns."""
        columns, marks = ", ".join(row), ", ".join("?" * len(row))
        self._connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(row.values()))

    def update(self, table: str, identifier: str, changes: dict[str, Any]) -> None:
        """Set columns of the row with this id."""
        sets = ", ".join(f"{column} = ?" for column in changes)
        self._connection.execute(f"UPDATE {table} SET {sets} WHERE id = ?", (*changes.values(), identifier))

    def clear(self) -> None:
        """Empty every table. Deleting rows is much faster than building the schema again."""
        with self.transaction():
            for table in TABLES:
                self._connection.execute(f"DELETE FROM {table}")

    def close(self) -> None:
        self._connection.close()


@cache
def _empty_database() -> bytes:
    """An image of the empty tables: taking it over is forty times faster than making them anew."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA)
    image = connection.serialize()
    connection.close()
    return image
