/* SQLite in process: `sqlite FILE DATES running|covering`.

   Tuned as its manual says (pragma.html, mmap.html, queryplanner.html): prepared statements kept,
   the file mapped into memory, a page cache as large as the file, one read transaction around an
   overview, a covering index, and for the running totals a WITHOUT ROWID table whose key is what is
   sought, so that one seek reads all five figures. */
#include "sqlite_peer.h"

static sqlite3_stmt *begin, *commit, *seek, *sums, *companies, *commitments;

static int is_running;

/* One seek a fund: the last row up to the day. */
static void by_running_totals(int day, Row *rows) {
  for (int fund = 0; fund < fund_count; fund++) {
    sqlite3_bind_int(seek, 1, fund);
    sqlite3_bind_int(seek, 2, day);
    if (sqlite3_step(seek) != SQLITE_ROW) FAIL("fund %d: %s", fund, sqlite3_errmsg(db));
    rows[fund] = (Row){sqlite3_column_int64(seek, 0), sqlite3_column_int64(seek, 1),
                       sqlite3_column_int64(seek, 2), sqlite3_column_int64(seek, 3),
                       sqlite3_column_int64(seek, 4)};
    sqlite3_reset(seek);
  }
}

static void by_covering_index(int day, Row *rows) {
  memset(rows, 0, fund_count * sizeof(Row));
  sqlite3_bind_int(sums, 1, day);
  while (sqlite3_step(sums) == SQLITE_ROW) {
    Row *row = &rows[sqlite3_column_int(sums, 0)];
    int64_t units = sqlite3_column_int64(sums, 2);
    switch (sqlite3_column_int(sums, 1)) {
      case 0: row->paid += units; break;
      case 1: row->paid += units, row->gp += units; break;
      default: row->invested += units;
    }
  }
  sqlite3_reset(sums);
  sqlite3_bind_int(companies, 1, day);
  while (sqlite3_step(companies) == SQLITE_ROW)
    rows[sqlite3_column_int(companies, 0)].companies = sqlite3_column_int64(companies, 1);
  sqlite3_reset(companies);
  sqlite3_bind_int(commitments, 1, day);
  while (sqlite3_step(commitments) == SQLITE_ROW)
    rows[sqlite3_column_int(commitments, 0)].commitment = sqlite3_column_int64(commitments, 1);
  sqlite3_reset(commitments);
}

static void overview(int day, Row *rows) {
  run(begin);
  if (is_running) by_running_totals(day, rows);
  else by_covering_index(day, rows);
  run(commit);
}

int main(int count, char **arguments) {
  if (count != 4) FAIL("Usage: sqlite FILE DATES running|covering");
  is_running = !strcmp(arguments[3], "running");
  if (sqlite3_open_v2(arguments[1], &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, 0))
    FAIL("%s", sqlite3_errmsg(db));
  run(prepare("PRAGMA mmap_size = 17179869184"));
  run(prepare("PRAGMA cache_size = -2000000"));
  begin = prepare("BEGIN");
  commit = prepare("COMMIT");
  if (is_running) {
    seek = prepare("SELECT commitment, paid, gp, invested, companies FROM running"
                   " WHERE fund = ?1 AND day <= ?2 ORDER BY day DESC LIMIT 1");
  } else {
    /* As GROUP BY over the whole index it reads the days after the date as well: half as fast. */
    sums = prepare("SELECT f.fund, c.column1, (SELECT coalesce(sum(units), 0)"
                   " FROM entry INDEXED BY entry_covering"
                   " WHERE fund = f.fund AND class = c.column1 AND day <= ?1)"
                   " FROM fund f CROSS JOIN (VALUES (0), (1), (2)) c");
    companies = prepare("SELECT fund, count(*) FROM first_investment"
                        " WHERE day <= ?1 GROUP BY fund");
    commitments = prepare("SELECT fund, sum(amount) FROM commitment WHERE day <= ?1 GROUP BY fund");
  }
  sqlite3_stmt *funds = prepare("SELECT count(*) FROM fund");
  sqlite3_step(funds);
  fund_count = sqlite3_column_int(funds, 0);
  sqlite3_finalize(funds);
  serve(arguments[2]);
  return 0;
}
