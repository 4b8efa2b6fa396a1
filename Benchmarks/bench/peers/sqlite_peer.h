/* What the peers on SQLite have in common: one connection, and statements prepared once. */
#ifndef SQLITE_PEER_H
#define SQLITE_PEER_H

#include "peer.h"
#include <sqlite3.h>

static sqlite3 *db;

static sqlite3_stmt *prepare(const char *sql) {
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, 0))
    FAIL("%s: %s", sql, sqlite3_errmsg(db));
  return statement;
}

/* To its end, whatever it answers. */
__attribute__((unused)) static void run(sqlite3_stmt *statement) {
  int code;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
  }
  if (code != SQLITE_DONE) FAIL("%s", sqlite3_errmsg(db));
  sqlite3_reset(statement);
}

#endif
