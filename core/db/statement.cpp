#include <sqlite3.h>

#include "db/database.h"
#include "db/sqlite_error.h"
#include "db/statement_cache.h"

namespace virga::db {

Statement::Statement(std::shared_ptr<StatementCache> cache, sqlite3_stmt* handle)
    : cache_(std::move(cache)), handle_(handle) {}

Statement::Statement(Statement&& other) noexcept
    : cache_(std::move(other.cache_)),
      handle_(std::exchange(other.handle_, nullptr)),
      done_(other.done_) {}

Statement::~Statement() {
  if (!handle_) return;
  sqlite3_reset(handle_);
  sqlite3_clear_bindings(handle_);
  cache_->put(handle_);
}

Result<void> Statement::bind(int index, const Value& value) {
  if (index > sqlite3_bind_parameter_count(handle_)) return {};
  const int result = std::visit(
      overloaded{[&](std::monostate) { return sqlite3_bind_null(handle_, index); },
                 [&](std::int64_t integer) { return sqlite3_bind_int64(handle_, index, integer); },
                 [&](double real) { return sqlite3_bind_double(handle_, index, real); },
                 [&](const std::string& text) {
                   return sqlite3_bind_text64(handle_, index, text.data(), text.size(),
                                              SQLITE_STATIC, SQLITE_UTF8);
                 },
                 [&](const Blob& blob) {
                   // A null pointer, which an empty vector may have, would bind NULL.
                   if (blob.bytes.empty()) return sqlite3_bind_zeroblob(handle_, index, 0);
                   return sqlite3_bind_blob64(handle_, index, blob.bytes.data(), blob.bytes.size(),
                                              SQLITE_STATIC);
                 }},
      value);
  if (result == SQLITE_OK) return {};
  return Failure(sqlite_error(sqlite3_db_handle(handle_), result, sql()));
}

Result<bool> Statement::step() {
  if (done_) return false;
  const int result = sqlite3_step(handle_);
  if (result == SQLITE_ROW) return true;
  done_ = true;
  if (result == SQLITE_DONE) return false;
  return Failure(sqlite_error(sqlite3_db_handle(handle_), result, sql()));
}

void Statement::reset() {
  sqlite3_reset(handle_);
  done_ = false;
}

int Statement::column_count() const { return sqlite3_column_count(handle_); }

std::string_view Statement::column_name(int column) const {
  const char* name = sqlite3_column_name(handle_, column);
  return name ? name : "";
}

Statement::Storage Statement::storage(int column) const {
  switch (sqlite3_column_type(handle_, column)) {
    case SQLITE_INTEGER: return Storage::integer;
    case SQLITE_FLOAT: return Storage::real;
    case SQLITE_TEXT: return Storage::text;
    case SQLITE_BLOB: return Storage::blob;
    default: return Storage::null;
  }
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_, column); }

double Statement::real(int column) const { return sqlite3_column_double(handle_, column); }

std::string_view Statement::text(int column) const {
  // In this order: column_text may convert the value, which changes its length.
  const unsigned char* text = sqlite3_column_text(handle_, column);
  const int bytes = sqlite3_column_bytes(handle_, column);
  if (!text) return {};
  return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(bytes)};
}

std::span<const std::byte> Statement::blob(int column) const {
  const void* bytes = sqlite3_column_blob(handle_, column);
  const int count = sqlite3_column_bytes(handle_, column);
  if (!bytes) return {};
  return {static_cast<const std::byte*>(bytes), static_cast<std::size_t>(count)};
}

Value Statement::value(int column) const {
  switch (storage(column)) {
    case Storage::null: return {};
    case Storage::integer: return integer(column);
    case Storage::real: return real(column);
    case Storage::text: return std::string(text(column));
    case Storage::blob: {
      const auto bytes = blob(column);
      return Blob{{bytes.begin(), bytes.end()}};
    }
  }
  return {};
}

bool Statement::read_only() const { return sqlite3_stmt_readonly(handle_) != 0; }

std::string_view Statement::sql() const {
  const char* sql = sqlite3_sql(handle_);
  return sql ? sql : "";
}

}  // namespace virga::db
