#pragma once

#include <stddef.h>
#include <stdint.h>

struct sqlite3;
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

/** As sqlite3_bind_text64 of text that stays, for a parameter that the statement has. A pattern of
 * LIKE that is a parameter makes SQLite prepare the statement anew for each value, since an index
 * may find what begins in some way; here not if neither this value nor the one before says how a
 * text begins.
 */
int virga_bind_text(struct sqlite3_stmt* statement, int parameter, const char* text, size_t size);

/** Clears the bindings, but for integers that the plan may depend on: see virga_is_bound. */
void virga_clear_bindings(struct sqlite3_stmt* statement);

/** Gives LIKE without ESCAPE a quick way for patterns that are %word%. */
void virga_use_like(struct sqlite3* database);

/** How the rows with given values in some columns are found, as schema::Access; or no such table.
 */
enum { virga_no_table, virga_scan, virga_index, virga_unique };
int virga_access(struct sqlite3* database, const char* table, const char* const* columns,
                 int count);

/** Whether a row that is inserted into this table stays as it is, and is found by this column: the
 * table is an ordinary one, the column is its rowid, and there are no triggers, nor temporary ones.
 */
int virga_keeps_rows(struct sqlite3* database, const char* table, const char* rowid);

/** Change with the schema of the main database: one with each statement that changes it, the other
 * when SQLite forgets it, as after a rollback. */
int virga_schema_cookie(struct sqlite3* database);
int virga_schema_generation(struct sqlite3* database);

#ifdef __cplusplus
}
#endif
