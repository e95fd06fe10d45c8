#pragma once

#include <stddef.h>
#include <stdint.h>

struct sqlite3_stmt;

#ifdef __cplusplus
extern "C" {
#endif

/** A cell as ValueView has it: kinds are numbered as there. */
struct virga_cell {
  uint8_t kind;
  size_t size;
  union {
    int64_t integer;
    double real;
    const char* data;
  };
};

/** Reads the first cells of the statement's current row; texts and blobs are valid until it moves.
 */
void virga_read_row(struct sqlite3_stmt* statement, struct virga_cell* cells, int count);

/** Whether the parameter (1-based) is bound to this integer already. Binding one that the plan may
 * depend on, a limit for instance, makes SQLite prepare the statement anew, even if its value
 * stays.
 */
int virga_is_bound(struct sqlite3_stmt* statement, int parameter, int64_t value);

/** Clears the bindings, but for integers that the plan may depend on: see virga_is_bound. */
void virga_clear_bindings(struct sqlite3_stmt* statement);

#ifdef __cplusplus
}
#endif
