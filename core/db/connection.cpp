#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <limits>
#include <utility>

#include "db/database.h"
#include "db/row.h"
#include "db/sqlite_error.h"
#include "db/statement_cache.h"

namespace virga::db {
namespace {

std::atomic<std::uint64_t> opened{0};

constexpr std::string_view white_space = " \t\n\f\r";

std::string_view trim(std::string_view sql) {
  const std::size_t first = sql.find_first_not_of(white_space);
  if (first == std::string_view::npos) return {};
  return sql.substr(first, sql.find_last_not_of(white_space) - first + 1);
}

Failure refuse(std::string rule, std::string_view sql) {
  Error error{Code::invalid_query, std::move(rule), {}, {}, 0, {}, std::string(sql)};
  return Failure(std::move(error));
}

Result<void> check_text(std::string_view sql) {
  if (sql.find('\0') != std::string_view::npos)
    return refuse("SQL text has no NUL characters; a value with one is passed as a parameter.", {});
  if (sql.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    return refuse("SQL text is at most 2 GB long.", {});
  return {};
}

/// The first statement of `sql`, and what follows it. Null when there are only comments left.
struct Compiled {
  sqlite3_stmt* statement = nullptr;
  std::string_view rest;
};

Result<Compiled> compile(sqlite3* handle, std::string_view sql, unsigned int flags) {
  Compiled compiled;
  const char* tail = nullptr;
  const int result = sqlite3_prepare_v3(handle, sql.data(), static_cast<int>(sql.size()), flags,
                                        &compiled.statement, &tail);
  if (result != SQLITE_OK) return Failure(sqlite_error(handle, result, sql));
  compiled.rest = trim(sql.substr(static_cast<std::size_t>(tail - sql.data())));
  return compiled;
}

/// Whether `sql` holds anything but comments and semicolons.
bool has_statement(sqlite3* handle, std::string_view sql) {
  while (!sql.empty()) {
    const auto next = compile(handle, sql, 0);
    if (!next) return true;
    sqlite3_finalize(next->statement);
    if (next->statement) return true;
    sql = next->rest;
  }
  return false;
}

}  // namespace

Result<Connection> Connection::open(std::string_view location) {
  if (location.empty() || location.find('\0') != std::string_view::npos)
    return fail(Code::invalid_query,
                "The location of a database is \":memory:\" or the path of a file.");
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE;
  const int result = sqlite3_open_v2(std::string(location).c_str(), &handle, flags, nullptr);
  Connection connection(handle,
                        location == ":memory:");  // owns the handle in every case, as SQLite asks
  if (result != SQLITE_OK) {
    Error error = sqlite_error(handle, result, {});
    error.message += ": " + std::string(location);
#ifdef SQLITE_OS_OTHER
    error.hint = "This build keeps databases in memory: the location is \":memory:\".";
#endif
    return Failure(std::move(error));
  }
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
  virga_use_like(handle);
  return connection;
}

Connection::Connection(sqlite3* handle, bool in_memory)
    : handle_(handle),
      number_(++opened),
      in_memory_(in_memory),
      statements_(std::make_shared<StatementCache>()) {}

Connection::Connection(Connection&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)),
      number_(other.number_),
      in_memory_(other.in_memory_),
      depth_(std::exchange(other.depth_, 0)),
      statements_(std::move(other.statements_)) {}

Connection& Connection::operator=(Connection&& other) noexcept {
  std::swap(handle_, other.handle_);
  std::swap(number_, other.number_);
  std::swap(in_memory_, other.in_memory_);
  std::swap(depth_, other.depth_);
  std::swap(statements_, other.statements_);
  return *this;
}

Connection::~Connection() {
  statements_.reset();
  sqlite3_close_v2(handle_);  // closes when the last statement, if any is in use, is gone
}

Result<void> Connection::exec(std::string_view sql) {
  VIRGA_TRY(check_text(sql));
  for (sql = trim(sql); !sql.empty();) {
    VIRGA_ASSIGN(const Compiled next, compile(handle_, sql, 0));
    sql = next.rest;
    if (!next.statement) continue;
    int result = SQLITE_ROW;
    while (result == SQLITE_ROW) result = sqlite3_step(next.statement);
    Result<void> done;
    if (result != SQLITE_DONE)
      done = Failure(sqlite_error(handle_, result, sqlite3_sql(next.statement)));
    sqlite3_finalize(next.statement);
    VIRGA_TRY(done);
  }
  return {};
}

Result<Statement> Connection::prepare(std::string_view sql) {
  sql = trim(sql);  // as SQLite keeps the text, by which the cache finds it
  if (sqlite3_stmt* cached = statements_->take(sql)) return Statement(statements_, cached);
  VIRGA_TRY(check_text(sql));
  Compiled first;
  if (!sql.empty()) {
    VIRGA_ASSIGN(first, compile(handle_, sql, SQLITE_PREPARE_PERSISTENT));
  }
  if (!first.statement) return refuse("A query has one SQL statement, and here is none.", sql);
  Statement statement(statements_, first.statement);
  if (has_statement(handle_, first.rest))
    return refuse("A query has one SQL statement, and here is more than one.", sql);
  return statement;
}

Counters Connection::counters() const { return statements_->counters; }

std::int64_t Connection::changes() const { return sqlite3_changes64(handle_); }

std::int64_t Connection::last_insert_rowid() const { return sqlite3_last_insert_rowid(handle_); }

bool Connection::autocommit() const { return sqlite3_get_autocommit(handle_) != 0; }

bool Connection::alone() const {
  // 0 is the database itself, 1 the temporary one; what follows is attached.
  return in_memory_ && sqlite3_db_name(handle_, 2) == nullptr;
}

Result<std::vector<std::byte>> Connection::serialize() {
  sqlite3_int64 size = 0;
  unsigned char* bytes = sqlite3_serialize(handle_, "main", &size, 0);
  if (!bytes && size != 0)
    return fail(Code::out_of_memory, "There is not enough memory for a copy of the database.");
  const auto* begin = reinterpret_cast<const std::byte*>(bytes);
  std::vector<std::byte> copy(begin, begin + size);
  sqlite3_free(bytes);
  return copy;
}

Result<void> Connection::deserialize(std::span<const std::byte> bytes) {
  auto* copy =
      static_cast<unsigned char*>(sqlite3_malloc64(std::max<std::size_t>(bytes.size(), 1)));
  if (!copy)
    return fail(Code::out_of_memory, "There is not enough memory for a copy of the database.");
  std::memcpy(copy, bytes.data(), bytes.size());
  // The read and write versions of the file format; memory has no WAL to go with 2.
  if (bytes.size() > 19 && copy[18] == 2) copy[18] = copy[19] = 1;
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  const unsigned int flags = SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE;
  const int result = sqlite3_deserialize(handle_, "main", copy, size, size, flags);
  if (result != SQLITE_OK) return Failure(sqlite_error(handle_, result, {}));
  number_ = ++opened;  // its schema may count as the one that was here did
  return run("select count(*) from sqlite_schema");
}

}  // namespace virga::db
