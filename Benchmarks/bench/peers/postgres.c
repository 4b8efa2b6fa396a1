/* PostgreSQL over its Unix socket: `postgres CONNECTION DATES`.

   One statement for all funds, prepared once, its answer in binary. */
#include "peer.h"
#include <endian.h>
#include <libpq-fe.h>

static PGconn *db;

static PGresult *checked(PGresult *result) {
  ExecStatusType status = PQresultStatus(result);
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) FAIL("%s", PQerrorMessage(db));
  return result;
}

static int64_t number(PGresult *result, int row, int column) {
  uint64_t bits;
  memcpy(&bits, PQgetvalue(result, row, column), sizeof bits);
  return (int64_t)be64toh(bits);
}

static void overview(int day, Row *rows) {
  uint32_t bits = htobe32((uint32_t)day);
  const char *values[] = {(const char *)&bits};
  int lengths[] = {sizeof bits}, formats[] = {1};
  PGresult *result = checked(PQexecPrepared(db, "overview", 1, values, lengths, formats, 1));
  if (PQntuples(result) != fund_count) FAIL("%d funds of %d", PQntuples(result), fund_count);
  for (int i = 0; i < fund_count; i++)
    rows[i] = (Row){number(result, i, 0), number(result, i, 1), number(result, i, 2),
                    number(result, i, 3), number(result, i, 4)};
  PQclear(result);
}

int main(int count, char **arguments) {
  if (count != 3) FAIL("Usage: postgres CONNECTION DATES");
  db = PQconnectdb(arguments[1]);
  if (PQstatus(db) != CONNECTION_OK) FAIL("%s", PQerrorMessage(db));
  PQclear(checked(PQexec(db, "SET plan_cache_mode = force_generic_plan")));
  PQclear(checked(PQprepare(
      db, "overview",
      "SELECT r.commitment, r.paid, r.gp, r.invested, r.companies FROM fund f CROSS JOIN LATERAL ("
      " SELECT commitment, paid, gp, invested, companies FROM running"
      " WHERE fund = f.fund AND day <= $1 ORDER BY day DESC LIMIT 1) r ORDER BY f.fund",
      1, (Oid[]){23})));
  PGresult *funds = checked(PQexec(db, "SELECT count(*) FROM fund"));
  fund_count = atoi(PQgetvalue(funds, 0, 0));
  PQclear(funds);
  serve(arguments[2]);
  return 0;
}
