#include <sqlite3.h>

#include <cstddef>

#include "db/database.h"
#include "db/row.h"
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
  virga_clear_bindings(handle_);
  cache_->put(handle_);
}

namespace {

int bind_value(sqlite3_stmt* handle, int index, const ValueView& value) {
  using Kind = ValueView::Kind;
  switch (value.kind) {
    case Kind::null: return sqlite3_bind_null(handle, index);
    case Kind::integer:
      if (virga_is_bound(handle, index, value.integer)) return SQLITE_OK;
      return sqlite3_bind_int64(handle, index, value.integer);
    case Kind::real: return sqlite3_bind_double(handle, index, value.real);
    case Kind::text:
      return virga_bind_text(handle, index, value.size == 0 ? "" : value.data, value.size);
    case Kind::blob:
      // A null pointer, which an empty vector may have, would bind NULL.
      if (value.size == 0) return sqlite3_bind_zeroblob(handle, index, 0);
      return sqlite3_bind_blob64(handle, index, value.data, value.size, SQLITE_STATIC);
  }
  return SQLITE_MISUSE;
}

static_assert(sizeof(ValueView) == sizeof(virga_cell) &&
              offsetof(ValueView, size) == offsetof(virga_cell, size) &&
              offsetof(ValueView, integer) == offsetof(virga_cell, integer));

}  // namespace

Result<void> Statement::bind(int index, const ValueView& value) {
  if (index > sqlite3_bind_parameter_count(handle_)) return {};
  const int result = bind_value(handle_, index, value);
  if (result == SQLITE_OK) return {};
  return Failure(sqlite_error(sqlite3_db_handle(handle_), result, sql()));
}

Result<void> Statement::bind_all(std::span<const ValueView> values) {
  const auto count = static_cast<std::size_t>(sqlite3_bind_parameter_count(handle_));
  for (std::size_t i = 0; i < count; ++i)
    VIRGA_TRY(bind(static_cast<int>(i + 1), i < values.size() ? values[i] : ValueView()));
  return {};
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

void Statement::read(std::span<ValueView> cells) const {
  virga_read_row(handle_, reinterpret_cast<virga_cell*>(cells.data()),
                 static_cast<int>(cells.size()));
}

Value Statement::value(std::size_t column) const {
  std::vector<ValueView> cells(column + 1);
  read(cells);
  return cells[column].owned();
}

bool Statement::read_only() const { return sqlite3_stmt_readonly(handle_) != 0; }

std::string_view Statement::sql() const {
  const char* sql = sqlite3_sql(handle_);
  return sql ? sql : "";
}

}  // namespace virga::db
