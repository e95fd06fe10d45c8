#pragma once

#include <span>
#include <string>

#include "base/error.h"
#include "db/database.h"
#include "schema/read_sql.h"

namespace virga::db {

/// Whether the main database has a table or view with this name; ASCII case does not matter.
Result<bool> has_table(Connection& connection, const std::string& name);

/// What the main database holds, but for the tables named in `without`.
/// Errors: those of schema::read_sql.
Result<schema::Stock> introspect(Connection& connection, std::span<const std::string> without = {});

/// A new database in memory with the same tables, indexes, views and triggers, but for the tables
/// named in `without`, and no rows. What cannot be created there, such as the table of an
/// extension, is left out.
Result<Connection> empty_copy(Connection& connection, std::span<const std::string> without = {});

/// How many rows refer to rows that are not there (PRAGMA foreign_key_check).
Result<std::int64_t> dangling_rows(Connection& connection);

/// Whether foreign keys are enforced; and setting it, which SQLite ignores inside a transaction.
Result<bool> foreign_keys(Connection& connection);
Result<void> set_foreign_keys(Connection& connection, bool enforced);

}  // namespace virga::db
