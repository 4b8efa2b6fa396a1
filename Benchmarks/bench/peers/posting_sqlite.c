/* Posting by one client into bare SQLite: `posting_sqlite FILE`.

   The same rows as ours, an entry and its line in the trail, in one transaction behind the same
   guard: on every day what stands on the item lies between 0 and its amount. Durable as ours is: a
   write-ahead log, synced at each commit. Statements are prepared once. Asked `post COUNT`, it
   answers with seconds in all and the slowest payment's. */
#define ONLY_THE_CLOCK
#include "sqlite_peer.h"

static sqlite3_stmt *begin, *commit, *ask_item, *ask_entries, *add_entry, *add_audit;

/* The guard: the item's running total with the new payment on its day, day by day. */
static void check(int64_t item, int64_t amount, int day) {
  sqlite3_bind_int64(ask_item, 1, item);
  if (sqlite3_step(ask_item) != SQLITE_ROW) FAIL("no item %ld", item);
  int64_t most = sqlite3_column_int64(ask_item, 0), total = 0;
  if (day < sqlite3_column_int(ask_item, 1)) FAIL("before the notice");
  sqlite3_reset(ask_item);
  sqlite3_bind_int64(ask_entries, 1, item);
  int is_added = 0, is_row;
  do {
    is_row = sqlite3_step(ask_entries) == SQLITE_ROW;
    if (!is_added && (!is_row || sqlite3_column_int(ask_entries, 0) > day)) {
      is_added = 1;
      total += amount;
      if (total > most) FAIL("more than the item");
    }
    if (is_row) total += sqlite3_column_int64(ask_entries, 1);
    if (total < 0 || total > most) FAIL("more than the item");
  } while (is_row);
  sqlite3_reset(ask_entries);
}

static void post(int64_t item, int64_t amount, int day) {
  char content[256], recorded[32];
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  run(begin);
  check(item, amount, day);
  sqlite3_bind_int64(add_entry, 1, item);
  sqlite3_bind_int(add_entry, 2, day);
  sqlite3_bind_int64(add_entry, 3, amount);
  run(add_entry);
  int length = snprintf(content, sizeof content,
                        "{\"amount\":%ld,\"item\":%ld,\"memo\":\"\",\"paid_date\":%d,"
                        "\"reference\":\"\"}",
                        amount, item, day);
  int written = snprintf(recorded, sizeof recorded, "%ld.%09ld", t.tv_sec, t.tv_nsec);
  sqlite3_bind_text(add_audit, 1, recorded, written, SQLITE_STATIC);
  sqlite3_bind_text(add_audit, 2, content, length, SQLITE_STATIC);
  sqlite3_bind_int64(add_audit, 3, sqlite3_last_insert_rowid(db));
  run(add_audit);
  run(commit);
}

int main(int count, char **arguments) {
  if (count != 2) FAIL("Usage: posting_sqlite FILE");
  if (sqlite3_open_v2(arguments[1], &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, 0))
    FAIL("%s", sqlite3_errmsg(db));
  run(prepare("PRAGMA journal_mode = WAL"));
  run(prepare("PRAGMA synchronous = FULL"));
  run(prepare("PRAGMA cache_size = -200000"));
  run(prepare("PRAGMA mmap_size = 17179869184"));
  begin = prepare("BEGIN IMMEDIATE");
  commit = prepare("COMMIT");
  ask_item = prepare("SELECT amount, notice FROM item WHERE item = ?1");
  ask_entries = prepare("SELECT day, units FROM entry WHERE item = ?1 ORDER BY day");
  add_entry = prepare("INSERT INTO entry (item, fund, class, party, day, kind, amount, units)"
                      " SELECT item, fund, class, party, ?2, 0, ?3, ?3 FROM item WHERE item = ?1");
  add_audit = prepare("INSERT INTO audit (recorded_at, actor, command, content, outcome)"
                      " VALUES (?1, 'bench', 'record-payment', ?2, ?3)");
  static int64_t items[20000];
  int filled = 0, next = 0;
  sqlite3_stmt *ask = prepare("SELECT item FROM unpaid ORDER BY k");
  while (filled < 20000 && sqlite3_step(ask) == SQLITE_ROW)
    items[filled++] = sqlite3_column_int64(ask, 0);
  sqlite3_finalize(ask);
  if (!filled) FAIL("every item is paid");
  puts("ready");
  fflush(stdout);
  int posts;
  while (scanf(" post %d", &posts) == 1) {
    double begun = now(), slowest = 0;
    for (int i = 0; i < posts; i++) {
      double before = now();
      post(items[next], 1, 20458); /* 2026-01-05 */
      next = (next + 1) % filled;
      if (now() - before > slowest) slowest = now() - before;
    }
    printf("%.9f %.9f\n", now() - begun, slowest);
    fflush(stdout);
  }
  sqlite3_close_v2(db);
  return 0;
}
