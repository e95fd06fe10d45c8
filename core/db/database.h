#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/value.h"
#include "schema/affinity.h"
#include "schema/schema.h"

struct sqlite3;
struct sqlite3_stmt;

namespace virga::db {

class StatementCache;

/// A borrowed prepared statement; resets it and clears its bindings when it goes out of scope, so
/// it can go back to the cache. It keeps the database open should it outlive its Connection.
class Statement {
 public:
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  /// Binds `value` to the numbered slot `?index` (1-based). A slot the statement does not have is
  /// ignored: numbered slots let several statements of one query share one parameter list.
  /// The bytes must stay alive until the statement is reset (text and blobs are not copied).
  Result<void> bind(int index, const ValueView& value);

  /// Binds the values to the slots in order, and null to those that follow.
  Result<void> bind_all(std::span<const ValueView> values);

  /// Steps once: true when a row is ready, false when done. After the last row, and after an error,
  /// it stays done until reset: a statement never runs twice by accident.
  Result<bool> step();

  /// Ready to be stepped again from the start; bindings stay.
  void reset();

  int column_count() const;
  std::string_view column_name(int column) const;

  /// Reads the first cells of the row, valid until the next step or reset. A column the statement
  /// does not have reads as null.
  void read(std::span<ValueView> cells) const;
  /// One cell of the row.
  Value value(std::size_t column) const;

  /// False when the statement may change the database (sqlite3_stmt_readonly).
  bool read_only() const;
  std::string_view sql() const;

 private:
  friend class Connection;
  Statement(std::shared_ptr<StatementCache> cache, sqlite3_stmt* handle);
  std::shared_ptr<StatementCache> cache_;
  sqlite3_stmt* handle_;
  bool done_ = false;
};

/// How often statements were prepared since the connection was opened.
struct Counters {
  std::uint64_t prepared = 0;  ///< statements that no idle one had the text of
  std::uint64_t reused = 0;    ///< those that one had
  std::uint64_t prepared_again =
      0;  ///< by SQLite itself: the schema changed, or a value in its plan
};

/// Tells states of a schema apart, of all connections.
struct SchemaVersion {
  std::uint64_t connection = 0;
  int generation = 0;
  int cookie = 0;
  bool operator==(const SchemaVersion&) const = default;
};

/// One SQLite connection. Foreign keys are enforced (PRAGMA foreign_keys=ON). Single-threaded.
class Connection {
 public:
  /// Opens `location`: ":memory:" or, natively, a file path.
  static Result<Connection> open(std::string_view location);
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection();

  /// Runs every statement in `sql`; stops at the first error. Rows are discarded.
  /// Errors: invalid_query for text with a NUL character, where SQLite would stop reading.
  Result<void> exec(std::string_view sql);

  /// The single statement in `sql`, from the cache when it is free there.
  /// Errors: invalid_query when there is no statement, a second one, or a NUL character.
  Result<Statement> prepare(std::string_view sql);

  /// Rows changed by the last insert, update or delete (sqlite3_changes64).
  std::int64_t changes() const;
  std::int64_t last_insert_rowid() const;

  /// True outside of any transaction (sqlite3_get_autocommit).
  bool autocommit() const;

  /// Whether nothing else can write between two statements: the database is in memory, with no file
  /// attached.
  bool alone() const;

  /// How deep in transactions the connection is: 0 outside, 1 in BEGIN, 2 in its first savepoint.
  /// SQLite has the last word: 0 after it rolled back by itself (ON CONFLICT ROLLBACK, a full
  /// disk), at least 1 after a BEGIN that came as SQL.
  int depth() const;

  enum class Behavior { deferred, immediate, exclusive };
  /// Begins a transaction, or inside one a savepoint (behavior then does not matter).
  Result<void> begin(Behavior behavior = Behavior::deferred);
  /// Commits the innermost transaction or releases the innermost savepoint. When a commit fails
  /// (deferred foreign keys, for instance) the transaction stays open, as in SQLite.
  /// Errors: transaction when none is open, also because SQLite rolled it back.
  Result<void> commit();
  /// Rolls back the innermost transaction or savepoint and leaves it. For each level that begin()
  /// opened and SQLite has rolled back by itself, one call succeeds without doing anything, so that
  /// every begin() can be paired with a rollback().
  /// Errors: transaction when none is open.
  Result<void> rollback();

  /// The database as the bytes of a database file (sqlite3_serialize).
  Result<std::vector<std::byte>> serialize();

  /// Replaces the database, which is in memory, by a copy of the bytes of a database file
  /// (sqlite3_deserialize). A file in WAL mode is taken as one with a rollback journal.
  /// Errors: sqlite when the bytes are no database, or a transaction is open.
  Result<void> deserialize(std::span<const std::byte> bytes);

  Counters counters() const;

  /// How rows are found by their values in these columns, by the indexes that are there; nothing of
  /// a table that is not.
  std::optional<schema::Access> access(const schema::Table& table,
                                       const std::vector<std::size_t>& columns) const;

  /// Whether the next statement sees a row that is inserted into the table as it was inserted, at
  /// `rowid`, the column that is its rowid: no trigger and no other connection can change it.
  bool keeps_rows(const std::string& table, const std::string& rowid) const;

  /// The schema as it is now. What another connection to a file changes is known once a statement
  /// has run.
  SchemaVersion schema_version() const;

  /// EXPLAIN QUERY PLAN of `sql`, one line per node, indented by two spaces per depth.
  Result<std::vector<std::string>> query_plan(std::string_view sql);

 private:
  Connection(sqlite3* handle, bool in_memory);
  Result<void> run(const std::string& sql);
  sqlite3* handle_ = nullptr;
  std::uint64_t number_;  ///< of the database here among all
  bool in_memory_;
  int depth_ = 0;  ///< levels begin() opened; stale while SQLite has rolled back, see depth()
  std::shared_ptr<StatementCache> statements_;
};

}  // namespace virga::db
