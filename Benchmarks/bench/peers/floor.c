/* The floor: what the same figures cost without a database. `floor FILE DATES`.

   The running totals lie in memory: every fund's row on each eighth day, and what changed on each
   day since. An overview copies the rows of the day before and adds at most seven days' changes. As
   JSON it has the amounts between texts that are made beforehand, without what the calendar alone
   gives (per cents, remaining term). */
#include "peer.h"
#include <sqlite3.h>

#define EVERY 8
#define FIRST_DAY 16000 /* 2013-10-22, before all that has a date */
#define DAYS 5000

typedef struct {
  int32_t fund;
  Row change;
} Step;

static Row *kept; /* for each eighth day a row of each fund */
static Step *steps;
static int64_t begins[DAYS + 2]; /* of each day's steps */
static char (*heads)[512];
static char *text;

static void add(Row *to, const Row *change) {
  to->commitment += change->commitment;
  to->paid += change->paid;
  to->gp += change->gp;
  to->invested += change->invested;
  to->companies += change->companies;
}

static void overview(int day, Row *rows) {
  int at = day - FIRST_DAY;
  if (at < 0 || at >= DAYS) FAIL("day %d is outside the floor", day);
  int base = at / EVERY;
  memcpy(rows, kept + (int64_t)base * fund_count, fund_count * sizeof(Row));
  for (int64_t i = begins[base * EVERY + 1]; i < begins[at + 1]; i++)
    add(&rows[steps[i].fund], &steps[i].change);
}

static char *write_number(char *to, int64_t number) {
  char digits[24];
  int length = 0;
  if (number < 0) {
    *to++ = '-';
    number = -number;
  }
  do digits[length++] = '0' + number % 10;
  while (number /= 10);
  while (length) *to++ = digits[--length];
  return to;
}

static char *member(char *to, const char *name, size_t length, int64_t number) {
  memcpy(to, name, length);
  return write_number(to + length, number);
}
#define MEMBER(name, number) to = member(to, ",\"" name "\":", sizeof(",\"" name "\":") - 1, number)

static size_t json(int day) {
  static Row *rows;
  if (!rows) rows = calloc(fund_count, sizeof(Row));
  overview(day, rows);
  char *to = text;
  for (int fund = 0; fund < fund_count; fund++) {
    const Row *row = &rows[fund];
    size_t length = strlen(heads[fund]);
    memcpy(to, heads[fund], length);
    to += length;
    MEMBER("commitment_total", row->commitment);
    MEMBER("total_paid_in", row->paid);
    MEMBER("gp_paid_in", row->gp);
    MEMBER("total_invested", row->invested);
    MEMBER("uninvested", row->commitment - row->invested);
    MEMBER("investment_assets", row->invested);
    MEMBER("company_count", row->companies);
    *to++ = '}';
    *to++ = ',';
  }
  return to - text;
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, 0)) FAIL("%s", sqlite3_errmsg(db));
  return statement;
}

int main(int count, char **arguments) {
  if (count != 3) FAIL("Usage: floor FILE DATES");
  sqlite3 *db;
  if (sqlite3_open_v2(arguments[1], &db, SQLITE_OPEN_READONLY, 0)) FAIL("%s", sqlite3_errmsg(db));
  sqlite3_stmt *ask = prepare(db, 
                              "SELECT (SELECT count(*) FROM fund), (SELECT count(*) FROM step)");
  sqlite3_step(ask);
  fund_count = sqlite3_column_int(ask, 0);
  steps = calloc(sqlite3_column_int64(ask, 1) + 1, sizeof(Step));
  heads = calloc(fund_count, sizeof *heads);
  text = malloc(fund_count * (int64_t)1024);
  Row *rows = calloc(fund_count, sizeof(Row));
  kept = calloc((int64_t)(DAYS / EVERY + 1) * fund_count, sizeof(Row));

  ask = prepare(db, "SELECT fund, name, type, manager FROM fund ORDER BY fund");
  while (sqlite3_step(ask) == SQLITE_ROW) {
    int fund = sqlite3_column_int(ask, 0);
    snprintf(heads[fund], sizeof heads[fund],
             "{\"no\":%d,\"id\":%d,\"name\":\"%s\",\"fund_type\":\"%s\",\"status\":\"active\","
             "\"fund_manager\":\"%s\",\"currency\":\"KRW\"",
             fund + 1, fund + 1, sqlite3_column_text(ask, 1), sqlite3_column_text(ask, 2),
             sqlite3_column_text(ask, 3));
  }
  ask = prepare(db, "SELECT day, fund, commitment, paid, gp, invested, companies FROM step"
                    " ORDER BY day, fund");
  int64_t filled = 0;
  int day = 0; /* from FIRST_DAY on; steps before it are of its own day */
  begins[0] = 0;
  int is_row = sqlite3_step(ask) == SQLITE_ROW;
  for (; day < DAYS; day++) {
    begins[day] = filled;
    while (is_row && sqlite3_column_int(ask, 0) <= day + FIRST_DAY) {
      Step *step = &steps[filled++];
      step->fund = sqlite3_column_int(ask, 1);
      step->change = (Row){sqlite3_column_int64(ask, 2), sqlite3_column_int64(ask, 3),
                           sqlite3_column_int64(ask, 4), sqlite3_column_int64(ask, 5),
                           sqlite3_column_int64(ask, 6)};
      add(&rows[step->fund], &step->change);
      is_row = sqlite3_step(ask) == SQLITE_ROW;
    }
    if (day % EVERY == 0)
      memcpy(kept + (int64_t)(day / EVERY) * fund_count, rows, fund_count * sizeof(Row));
  }
  begins[DAYS] = begins[DAYS + 1] = filled;
  if (is_row) FAIL("something is dated after the floor");
  sqlite3_close_v2(db);
  overview_json = json;
  serve(arguments[2]);
  return 0;
}
