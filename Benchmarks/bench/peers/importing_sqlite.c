/* 1,000,000 payments from one CSV into bare SQLite: `importing_sqlite FILE CSV`.

   SQLite's own best: one transaction, the names looked up in memory, rows appended in the order of
   their keys by one prepared statement, the index made afterwards, then the guard over all of them
   by one statement and the running totals by another; synced when it commits. Says how many. */
#define ONLY_THE_CLOCK
#include "sqlite_peer.h"

static void execute(const char *sql) {
  char *said;
  if (sqlite3_exec(db, sql, 0, 0, &said)) FAIL("%s: %s", sql, said);
}

/* Names to numbers: open addressing, never full. */
#define SLOTS 65536
static struct {
  char name[64];
  int number;
} slots[SLOTS];

static int *slot(const char *name, int is_new) {
  uint64_t hash = 1469598103934665603u;
  for (const char *c = name; *c; c++) hash = (hash ^ (unsigned char)*c) * 1099511628211u;
  for (unsigned place = hash % SLOTS;; place = (place + 1) % SLOTS) {
    if (!*slots[place].name) {
      if (!is_new) FAIL("nothing is called %s", name);
      snprintf(slots[place].name, sizeof slots[place].name, "%s", name);
      return &slots[place].number;
    }
    if (!strcmp(slots[place].name, name)) return &slots[place].number;
  }
}

/* The next field of a line, quotes and the commas inside them taken off. */
static char *field(char **rest) {
  char *start = *rest, *to = start, *from = start;
  int is_quoted = 0;
  for (; *from && *from != '\n' && *from != '\r'; from++) {
    if (*from == '"') is_quoted = !is_quoted;
    else if (*from == ',' && !is_quoted) break;
    else if (*from != ',') *to++ = *from;
  }
  *rest = *from ? from + 1 : from;
  *to = 0;
  return start;
}

int main(int count, char **arguments) {
  if (count != 3) FAIL("Usage: importing_sqlite FILE CSV");
  if (sqlite3_open_v2(arguments[1], &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, 0))
    FAIL("%s", sqlite3_errmsg(db));
  execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -1000000;"
      "PRAGMA temp_store = MEMORY; PRAGMA threads = 1; BEGIN IMMEDIATE");
  sqlite3_stmt *ask = prepare("SELECT name, number FROM name");
  while (sqlite3_step(ask) == SQLITE_ROW)
    *slot((const char *)sqlite3_column_text(ask, 0), 1) = sqlite3_column_int(ask, 1);
  sqlite3_finalize(ask);

  /* Items by fund, call and partner, as the tables know them. */
  ask = prepare("SELECT (SELECT max(fund) + 1 FROM item), (SELECT max(call) + 1 FROM item),"
                " (SELECT max(partner) + 1 FROM item)");
  sqlite3_step(ask);
  int funds = sqlite3_column_int(ask, 0), calls = sqlite3_column_int(ask, 1),
      partners = sqlite3_column_int(ask, 2);
  sqlite3_finalize(ask);
  int *items = calloc((int64_t)funds * calls * partners, sizeof *items);
  ask = prepare("SELECT fund, call, partner, item FROM item");
  while (sqlite3_step(ask) == SQLITE_ROW)
    items[(sqlite3_column_int(ask, 0) * calls + sqlite3_column_int(ask, 1)) * partners +
          sqlite3_column_int(ask, 2)] = sqlite3_column_int(ask, 3);
  sqlite3_finalize(ask);

  sqlite3_stmt *insert = prepare("INSERT INTO entry (item, fund, partner, day, kind, amount)"
                                 " VALUES (?1, ?2, ?3, ?4, 0, ?5)");
  FILE *file = fopen(arguments[2], "r");
  if (!file) FAIL("%s cannot be read", arguments[2]);
  static char line[65536];
  int64_t rows = 0;
  if (!fgets(line, sizeof line, file)) FAIL("%s is empty", arguments[2]);
  while (fgets(line, sizeof line, file)) {
    char *rest = line;
    int fund = *slot(field(&rest), 0), call = atoi(field(&rest)), partner = *slot(field(&rest), 0);
    int day = day_number(field(&rest));
    int64_t amount = atoll(field(&rest));
    int item = call < calls ? items[(fund * calls + call) * partners + partner] : 0;
    if (!item || amount <= 0) FAIL("line %ld is wrong", rows + 2);
    sqlite3_bind_int(insert, 1, item);
    sqlite3_bind_int(insert, 2, fund);
    sqlite3_bind_int(insert, 3, partner);
    sqlite3_bind_int(insert, 4, day);
    sqlite3_bind_int64(insert, 5, amount);
    if (sqlite3_step(insert) != SQLITE_DONE) FAIL("%s", sqlite3_errmsg(db));
    sqlite3_reset(insert);
    rows++;
  }
  fclose(file);
  sqlite3_finalize(insert);
  execute("CREATE INDEX entry_item ON entry (item, day, amount)");
  ask = prepare("SELECT count(*) FROM (SELECT item,"
                " sum(amount) OVER (PARTITION BY item ORDER BY day) AS total FROM entry) AS t JOIN item USING (item) WHERE total > item.amount");
  if (sqlite3_step(ask) != SQLITE_ROW || sqlite3_column_int64(ask, 0)) FAIL("an item takes less");
  sqlite3_finalize(ask);
  execute("INSERT INTO running SELECT fund, day, sum(sum(amount)) OVER (PARTITION BY fund ORDER BY day)"
      " FROM entry GROUP BY fund, day");
  execute("COMMIT");
  execute("PRAGMA wal_checkpoint(TRUNCATE)");
  sqlite3_close_v2(db);
  printf("%ld\n", rows);
  return 0;
}
