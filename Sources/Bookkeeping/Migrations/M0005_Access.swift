internal import Store

/// The tables of migration 5. Not facts: they are changed in place, and no figure knows of them.
let accessTables = [
  "user_account", "user_party", "user_session", "api_token", "one_time_link", "feed_reader",
]

let m0005Access = Migration(
  number: 5, note: "Who may open the books: users, sessions, API tokens, one-time links.",
  sql: [
    // `name_key` is the name in small letters: no two names look alike but for those.
    """
    CREATE TABLE user_account (
      id       INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
      name     TEXT    NOT NULL CHECK (name <> ''),
      name_key TEXT    NOT NULL UNIQUE,
      role     TEXT    NOT NULL CHECK (role IN ('owner', 'bookkeeper', 'viewer', 'partner')),
      password TEXT,
      made_at  TEXT    NOT NULL,
      ended_at TEXT
    ) STRICT
    """,
    """
    CREATE TABLE user_party (
      user_id  INTEGER NOT NULL REFERENCES user_account (id),
      party_id INTEGER NOT NULL REFERENCES party (id),
      PRIMARY KEY (user_id, party_id)
    ) STRICT
    """,
    // Of every secret the digest only.
    """
    CREATE TABLE user_session (
      id      INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
      user_id INTEGER NOT NULL REFERENCES user_account (id),
      digest  TEXT    NOT NULL UNIQUE,
      made_at TEXT    NOT NULL,
      seen_at TEXT    NOT NULL,
      ends_at TEXT    NOT NULL,
      address TEXT    NOT NULL,
      browser TEXT    NOT NULL
    ) STRICT
    """,
    "CREATE INDEX user_session_user ON user_session (user_id)",
    """
    CREATE TABLE api_token (
      id       INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
      user_id  INTEGER NOT NULL REFERENCES user_account (id),
      name     TEXT    NOT NULL CHECK (name <> ''),
      scope    TEXT    NOT NULL CHECK (scope IN ('read', 'write')),
      digest   TEXT    NOT NULL UNIQUE,
      made_at  TEXT    NOT NULL,
      ends_at  TEXT    NOT NULL,
      ended_at TEXT
    ) STRICT
    """,
    "CREATE INDEX api_token_user ON api_token (user_id)",
    // Gone once it was used. Without a user it makes the first owner.
    """
    CREATE TABLE one_time_link (
      id      INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
      digest  TEXT    NOT NULL UNIQUE,
      purpose TEXT    NOT NULL CHECK (purpose IN ('first-owner', 'choose-password', 'enter')),
      user_id INTEGER REFERENCES user_account (id),
      ends_at TEXT    NOT NULL,
      CHECK ((purpose = 'first-owner') = (user_id IS NULL))
    ) STRICT
    """,
    // For whom a feed was made; one without a row shows the firm's whole calendar.
    """
    CREATE TABLE feed_reader (
      feed_id INTEGER NOT NULL PRIMARY KEY REFERENCES feed (id),
      user_id INTEGER NOT NULL REFERENCES user_account (id)
    ) STRICT
    """,
  ])
