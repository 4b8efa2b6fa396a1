/* What the peers in C have in common: the dates, the lines they are asked in, and the clock.

   Each peer defines `overview`, and `main` ends in `serve`. The lines are those of
   Benchmarks/Ours/JangbuBench.swift. */
#ifndef PEER_H
#define PEER_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* One fund's figures on one date, in won. */
typedef struct {
  int64_t commitment, paid, gp, invested, companies;
} Row;

#define FAIL(...) (fprintf(stderr, __VA_ARGS__), fputc('\n', stderr), exit(1))

__attribute__((unused)) static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

/* Howard Hinnant's days from the civil calendar. */
__attribute__((unused)) static int day_number(const char *iso) {
  int y, m, d;
  if (sscanf(iso, "%d-%d-%d", &y, &m, &d) != 3) FAIL("%s is no date", iso);
  y -= m <= 2;
  int era = y / 400, yoe = y - era * 400;
  int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

#ifndef ONLY_THE_CLOCK /* what is no peer of the overview wants no more */

static int fund_count;

/* Fills `rows` with every fund's figures at the close of `day` (days since 1970). */
static void overview(int day, Row *rows);
/* The same as JSON text; the number of bytes. Peers that make none leave it out. */
static size_t (*overview_json)(int day);

static void write_answers(const char *path, char (*dates)[16], int count, Row *rows) {
  FILE *file = fopen(path, "w");
  if (!file) FAIL("%s cannot be written", path);
  for (int i = 0; i < count; i++) {
    overview(day_number(dates[i]), rows);
    for (int f = 0; f < fund_count; f++)
      fprintf(file, "%s %d %ld %ld %ld %ld %ld\n", dates[i], f, rows[f].commitment, rows[f].paid,
              rows[f].gp, rows[f].invested, rows[f].companies);
  }
  fclose(file);
}

static void serve(const char *dates_path) {
  static char dates[4096][16];
  static int days[4096];
  int count = 0, next = 0;
  FILE *file = fopen(dates_path, "r");
  if (!file) FAIL("%s cannot be read", dates_path);
  while (count < 4096 && fscanf(file, "%15s", dates[count]) == 1) count++;
  fclose(file);
  for (int i = 0; i < count; i++) days[i] = day_number(dates[i]);
  Row *rows = calloc(fund_count + 1, sizeof(Row));
  char line[4096];
  volatile int64_t seen = 0;
  puts("ready");
  fflush(stdout);
  while (fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    if (!strncmp(line, "answers ", 8)) {
      write_answers(line + 8, dates, count, rows);
      puts("done");
    } else if (!strncmp(line, "numbers ", 8)) {
      double begun = now();
      for (int i = atoi(line + 8); i > 0; i--) {
        overview(days[next], rows);
        seen += rows[fund_count - 1].paid;
        next = (next + 1) % count;
      }
      printf("%.9f\n", now() - begun);
    } else if (!strncmp(line, "json ", 5) && overview_json) {
      double begun = now();
      for (int i = atoi(line + 5); i > 0; i--) {
        seen += overview_json(days[next]);
        next = (next + 1) % count;
      }
      printf("%.9f\n", now() - begun);
    } else {
      FAIL("%s is nothing to ask", line);
    }
    fflush(stdout);
  }
}

#endif
#endif
