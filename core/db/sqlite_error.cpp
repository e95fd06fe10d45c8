#include "db/sqlite_error.h"

#include <algorithm>
#include <string>

namespace virga::db {
namespace {

Code code_of(int result_code) {
  switch (result_code) {
    case SQLITE_CONSTRAINT_UNIQUE: return Code::constraint_unique;
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID: return Code::constraint_primary_key;
    case SQLITE_CONSTRAINT_NOTNULL: return Code::constraint_not_null;
    case SQLITE_CONSTRAINT_CHECK: return Code::constraint_check;
    case SQLITE_CONSTRAINT_FOREIGNKEY: return Code::constraint_foreign_key;
    default: break;
  }
  if ((result_code & 0xFF) == SQLITE_CONSTRAINT) return Code::constraint;
  if ((result_code & 0xFF) == SQLITE_NOMEM) return Code::out_of_memory;
  return Code::sqlite;
}

/// What "… constraint failed: " names: columns, an index or a check.
std::string named_constraint(std::string_view message) {
  constexpr std::string_view marker = " constraint failed: ";
  const std::size_t at = message.find(marker);
  return at == std::string_view::npos ? "" : std::string(message.substr(at + marker.size()));
}

/// Where a syntax error or an unknown name stands, for editors that point at it.
std::string place(std::string_view sql, int offset) {
  if (offset < 0 || static_cast<std::size_t>(offset) > sql.size()) return {};
  const std::string_view before = sql.substr(0, static_cast<std::size_t>(offset));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return "Line " + std::to_string(line) + ", column " +
         std::to_string(before.size() - line_start + 1) + " of the statement.";
}

}  // namespace

Error sqlite_error(sqlite3* handle, int result_code, std::string_view sql) {
  Error error;
  error.code = code_of(result_code);
  error.sqlite_code = result_code;
  error.sql = std::string(sql);
  // The handle's message belongs to its last call, which a misuse does not set.
  const bool current = handle && (sqlite3_errcode(handle) & 0xFF) == (result_code & 0xFF);
  error.message = current ? sqlite3_errmsg(handle) : sqlite3_errstr(result_code);
  if ((result_code & 0xFF) == SQLITE_CONSTRAINT) error.constraint = named_constraint(error.message);
  // RESTRICT is enforced by an inner trigger, and SQLite reports the trigger's code.
  if (result_code == SQLITE_CONSTRAINT_TRIGGER && error.message == "FOREIGN KEY constraint failed")
    error.code = Code::constraint_foreign_key;
  if (current) error.hint = place(sql, sqlite3_error_offset(handle));
  return error;
}

}  // namespace virga::db
