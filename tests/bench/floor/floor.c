// The floor: SQLite stepped and read from C, with nothing made of the rows. A program says what one
// call does; sides/floor.mjs writes them:
//
//   block<TAB>N                what follows is done N times
//   run<TAB>BINDS<TAB>SQL      BINDS, with commas: id:M an id up to M, text:A:B the text A<i>B,
//   last the
//                              rowid inserted last; i counts the repetitions over all calls
//   undo<TAB>SQL               run after a call, outside of the measured time
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef __EMSCRIPTEN__
#include <emscripten.h>
#else
#define EMSCRIPTEN_KEEPALIVE
#endif

enum { most_statements = 16, most_binds = 8 };

struct Bind {
  char kind;  // i(d), t(ext), l(ast)
  int modulus;
  char before[32], after[32];
};

struct Statement {
  sqlite3_stmt* handle;
  int block, repeat, binds;
  struct Bind bind[most_binds];
};

static sqlite3* database;
static struct Statement statements[most_statements];
static int count;
static char undo[512];
// What is read goes here, so that the compiler cannot leave the reading out.
static volatile double sink;

static void must(int ok) {
  if (ok) return;
  fprintf(stderr, "floor: %s\n", sqlite3_errmsg(database));
  abort();
}

EMSCRIPTEN_KEEPALIVE void floor_exec(const char* sql) {
  if (!database) must(sqlite3_open(":memory:", &database) == SQLITE_OK);
  must(sqlite3_exec(database, sql, 0, 0, 0) == SQLITE_OK);
}

static void read_binds(struct Statement* statement, char* text) {
  for (char* word = strtok(text, ","); word; word = strtok(0, ",")) {
    struct Bind* bind = &statement->bind[statement->binds++];
    bind->kind = word[0];
    if (word[0] == 'i') bind->modulus = atoi(word + 3);
    if (word[0] != 't') continue;
    char* after = strchr(word + 5, ':');
    *after = 0;
    strcpy(bind->before, word + 5);
    strcpy(bind->after, after + 1);
  }
}

EMSCRIPTEN_KEEPALIVE void floor_program(char* program) {
  int block = 0, repeat = 1;
  for (char *line = program, *end; *line; line = end) {
    end = strchr(line, '\n');
    *end++ = 0;
    char* rest = strchr(line, '\t');
    *rest++ = 0;
    if (strcmp(line, "block") == 0) {
      repeat = atoi(rest);
      ++block;
    } else if (strcmp(line, "undo") == 0) {
      strcpy(undo, rest);
    } else {
      struct Statement* statement = &statements[count++];
      char* sql = strchr(rest, '\t');
      *sql++ = 0;
      statement->block = block;
      statement->repeat = repeat;
      read_binds(statement, rest);
      must(sqlite3_prepare_v2(database, sql, -1, &statement->handle, 0) == SQLITE_OK);
    }
  }
}

static void bind_values(struct Statement* statement, long long i) {
  for (int at = 0; at < statement->binds; ++at) {
    const struct Bind* bind = &statement->bind[at];
    if (bind->kind == 'i')
      sqlite3_bind_int64(statement->handle, at + 1, 1 + i * 7919 % bind->modulus);
    if (bind->kind == 'l')
      sqlite3_bind_int64(statement->handle, at + 1, sqlite3_last_insert_rowid(database));
    if (bind->kind != 't') continue;
    char text[96];
    const int length = snprintf(text, sizeof text, "%s%lld%s", bind->before, i, bind->after);
    sqlite3_bind_text(statement->handle, at + 1, text, length, SQLITE_TRANSIENT);
  }
}

static double read_row(sqlite3_stmt* handle, int columns) {
  double sum = 0;
  for (int column = 0; column < columns; ++column) {
    switch (sqlite3_column_type(handle, column)) {
      case SQLITE_INTEGER: sum += (double)sqlite3_column_int64(handle, column); break;
      case SQLITE_FLOAT: sum += sqlite3_column_double(handle, column); break;
      case SQLITE_TEXT: {
        const unsigned char* text = sqlite3_column_text(handle, column);
        const int bytes = sqlite3_column_bytes(handle, column);
        sum += bytes ? text[bytes - 1] : 0;
        break;
      }
      default: break;
    }
  }
  return sum;
}

static int run_statement(struct Statement* statement, long long i) {
  bind_values(statement, i);
  const int columns = sqlite3_column_count(statement->handle);
  int rows = 0, state;
  double sum = 0;
  for (; (state = sqlite3_step(statement->handle)) == SQLITE_ROW; ++rows)
    sum += read_row(statement->handle, columns);
  must(state == SQLITE_DONE);
  sqlite3_reset(statement->handle);
  sink = sum;
  return rows;
}

/// One call; gives the number of rows that were read.
EMSCRIPTEN_KEEPALIVE int floor_run(int call) {
  int rows = 0;
  for (int first = 0, next; first < count; first = next) {
    for (next = first; next < count && statements[next].block == statements[first].block;) ++next;
    const int repeat = statements[first].repeat;
    for (int index = 0; index < repeat; ++index)
      for (int at = first; at < next; ++at)
        rows += run_statement(&statements[at], (long long)call * repeat + index);
  }
  return rows;
}

EMSCRIPTEN_KEEPALIVE void floor_undo(void) {
  if (undo[0]) must(sqlite3_exec(database, undo, 0, 0, 0) == SQLITE_OK);
}

#ifdef __EMSCRIPTEN__

// The module's SQLite has no files: a database in memory needs a VFS for its clock and its seed
// only.
static int randomness(sqlite3_vfs* vfs, int bytes, char* out) {
  (void)vfs;
  memset(out, 1, (size_t)bytes);
  return bytes;
}
static int current_time(sqlite3_vfs* vfs, double* out) {
  (void)vfs;
  *out = 2460000.5;
  return SQLITE_OK;
}
int sqlite3_os_init(void) {
  static sqlite3_vfs vfs = {.iVersion = 1,
                            .szOsFile = sizeof(sqlite3_file),
                            .mxPathname = 64,
                            .zName = "none",
                            .xRandomness = randomness,
                            .xCurrentTime = current_time};
  return sqlite3_vfs_register(&vfs, 1);
}
int sqlite3_os_end(void) { return SQLITE_OK; }

#else

static double now(int processor) {
  struct timespec time;
  clock_gettime(processor ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static char* read_file(const char* path) {
  FILE* file = fopen(path, "rb");
  if (!file) abort();
  fseek(file, 0, SEEK_END);
  const long size = ftell(file);
  rewind(file);
  char* text = malloc((size_t)size + 1);
  if (!text || fread(text, 1, (size_t)size, file) != (size_t)size) abort();
  text[size] = 0;
  fclose(file);
  return text;
}

/// floor DATA PROGRAM; then, for each line "wall|cpu COUNT" on the input, the microseconds of so
/// many calls and the rows that the last of them read.
int main(int argc, char** argv) {
  if (argc != 3) return 2;
  floor_exec(read_file(argv[1]));
  floor_program(read_file(argv[2]));
  char clock[8];
  int times, call = 0, rows = 0;
  while (scanf("%7s %d", clock, &times) == 2) {
    const int processor = clock[0] == 'c';
    double total = 0;
    while (times-- > 0) {
      const double started = now(processor);
      rows = floor_run(++call);
      total += now(processor) - started;
      floor_undo();
    }
    printf("%f %d\n", total, rows);
    fflush(stdout);
  }
  return 0;
}

#endif
