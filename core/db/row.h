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

#ifdef __cplusplus
}
#endif
