#pragma once

/// Virga's native door: a relational database in a library. The one header that users of the core
/// include; everything below it is inside.
///
///     using namespace virga;
///     using namespace virga::build;
///     const auto users = table("users", {integer("id").primary_key(), text("name").not_null()});
///     auto schema = share({.tables = {users}});
///     auto database = Database::open(":memory:");
///     database->push(**schema);
///     Session session(*database, *schema);
///     session.run(insert_into(users).values({{"name", "Ada"}}));
///     auto rows = session.run(find(users).where(users["id"] == 1));
///     (*rows)[0].get<std::string>("name");

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ast/ast.h"
#include "base/error.h"
#include "base/value.h"
#include "build/build.h"
#include "compile/compile.h"
#include "db/database.h"
#include "exec/cursor.h"
#include "exec/migrate.h"
#include "exec/rows.h"
#include "exec/run.h"
#include "schema/read_sql.h"
#include "schema/schema.h"

namespace virga {

using exec::Migrated;
using exec::MigrateOptions;
using exec::Migration;
using exec::Row;
using exec::Rows;
using exec::Time;

/// A schema that queries share.
using SharedSchema = std::shared_ptr<const schema::Schema>;

/// Completes a schema written in C++ (see build/table.h, schema/schema.h) or read from a document,
/// for sharing.
Result<SharedSchema> share(schema::Schema schema);
Result<SharedSchema> share(std::string_view schema_document);

/// The statements that create every table and index of the schema.
std::vector<std::string> statements(const schema::Schema& schema);

/// A compiled query: made once, run as often as wished, on any database with the schema. A relation
/// query is planned anew where the indexes are other ones: sql() then changes with the run.
class Query {
 public:
  /// Errors: unknown_table, unknown_column, unknown_relation, invalid_query; for the document also
  /// malformed_document.
  static Result<Query> prepare(const ast::Query& query, SharedSchema schema);
  static Result<Query> prepare(std::string_view document, SharedSchema schema);

  /// The statements that will run, in order.
  std::vector<std::string> sql() const;
  const plan::Shape& shape() const { return compiled_.shape; }
  bool writes() const { return compiled_.writes; }
  std::size_t parameters() const { return compiled_.parameters; }

 private:
  friend class Database;
  Query(ast::Query query, compile::Compiled compiled, SharedSchema schema)
      : ast_(std::move(query)), compiled_(std::move(compiled)), schema_(std::move(schema)) {}
  ast::Query ast_;
  mutable compile::Compiled compiled_;
  mutable db::SchemaVersion planned_{};  ///< what it is compiled for; none for the schema alone
  SharedSchema schema_;
};

/// A query that is being read in chunks; closed when the last copy goes.
using Cursor = std::shared_ptr<exec::Cursor>;

/// One connection. Not for use by several threads at once.
class Database {
 public:
  /// @param location ":memory:" or, natively, a file path
  static Result<Database> open(std::string_view location = ":memory:");

  /// Runs statements that give no rows. Stops at the first error; earlier statements stay done,
  /// unless a transaction around them is rolled back.
  Result<void> exec(std::string_view sql);

  /// Creates the tables of the schema that do not exist yet, with their indexes, all or none.
  /// @return the statements that ran
  Result<std::vector<std::string>> push(const schema::Schema& schema);

  /// What the database holds, but for the tables named in `without`; see schema/read_sql.h.
  Result<schema::Stock> introspect(std::span<const std::string> without = {});

  /// How the database becomes what the schema says, rehearsed on an empty copy; see exec/migrate.h.
  Result<Migration> plan(const schema::Schema& schema, const MigrateOptions& options = {});
  /// The same, with the rows at risk. Nothing is changed.
  Result<Migrated> preview(const schema::Schema& schema, const MigrateOptions& options = {});
  /// Does it, all of it or nothing. Errors: ambiguous_rename, data_at_risk and others, see there.
  Result<Migrated> migrate(const schema::Schema& schema, const MigrateOptions& options = {});

  /// Prepares a query for the indexes that this database has. Errors: those of Query::prepare.
  Result<Query> prepare(std::string_view document, SharedSchema schema);

  /// Runs a query. Errors: missing_parameter, constraint_*, sqlite, result_too_large.
  Result<Rows> run(const Query& query, std::span<const Value> parameters = {});
  Result<Rows> run(const Query& query, std::initializer_list<Value> parameters);

  /// As run, but takes a parameter block and writes a frame (exec/FRAME.md), in place of what is in
  /// `frame`.
  /// @param rest when there, a large result may come in parts: it then gets the cursor that has the
  ///   next ones, for which the parameter block must stay where it is
  Result<void> run_frame(const Query& query, std::span<const std::byte> parameters,
                         Buffer<std::byte>& frame, Cursor* rest = nullptr);

  /// Opens a query to be read in chunks, in memory for one of them. The rows are as they are now: a
  /// change on this connection first reads into memory what is left of all open cursors.
  /// Errors: those of Query::prepare and run.
  Result<Cursor> open_cursor(const Query& query, std::vector<Value> parameters = {});
  /// The same, but takes a parameter block.
  Result<Cursor> open_cursor_frame(const Query& query, std::span<const std::byte> parameters);

  /// The next rows of one of its cursors; nothing at the end. An error ends the rows.
  Result<std::optional<Rows>> next(const Cursor& cursor);
  /// The same as a frame, in place of what is in `frame`; false at the end.
  Result<bool> next_frame(const Cursor& cursor, Buffer<std::byte>& frame);

  /// What every stage made of the query, with plans of SQLite and timings. Reads are run, writes
  /// not.
  Result<compile::Trace> explain(const Query& query, std::span<const Value> parameters = {});
  Result<compile::Trace> explain_frame(const Query& query, std::span<const std::byte> parameters);

  using Behavior = db::Connection::Behavior;
  /// Begins a transaction or, inside one, a savepoint; commit and rollback end the innermost.
  Result<void> begin(Behavior behavior = Behavior::deferred) { return connection_.begin(behavior); }
  /// A commit that fails, on a deferred foreign key for instance, leaves the transaction open; its
  /// error names the rows in the way.
  Result<void> commit();
  Result<void> rollback();
  /// How many transactions and savepoints are open, those included that began as SQL.
  int depth() const { return connection_.depth(); }

  /// Runs `work(*this)`, a callable giving a Result, inside a transaction (a savepoint when
  /// nested): commits when it succeeds, rolls back when it fails.
  template <class Work>
  auto transaction(Work work) -> decltype(work(*this)) {
    VIRGA_TRY(begin());
    auto result = work(*this);
    if (!result) {
      VIRGA_TRY(rollback());
      return result;
    }
    if (auto done = commit(); !done) {
      VIRGA_TRY(rollback());
      return Failure(std::move(done.error()));
    }
    return result;
  }

  /// The whole database as the bytes of an SQLite file.
  Result<std::vector<std::byte>> serialize() { return connection_.serialize(); }

  /// Replaces the database, which is in memory, by a copy of the bytes of a database file.
  /// Errors: sqlite when the bytes are no database, or a transaction is open.
  Result<void> deserialize(std::span<const std::byte> bytes) {
    read_ahead();
    return connection_.deserialize(bytes);
  }

  /// How often statements were prepared, and how often one was there already.
  db::Counters counters() const { return connection_.counters(); }

 private:
  explicit Database(db::Connection connection) : connection_(std::move(connection)) {}
  schema::AccessIn access() const;
  void fit(const Query& query);
  Result<compile::Compiled> compile_chunks(const Query& query) const;
  bool may_change(const Query& query);
  void opened(const Cursor& cursor);
  void read_ahead();
  Result<std::vector<Value>> parameter_values(std::span<const std::byte> block);
  db::Connection connection_;
  exec::Runner runner_;
  std::vector<std::weak_ptr<exec::Cursor>> cursors_;  ///< those that a change could reach
  std::vector<ValueView> parameters_;                 ///< of the query that runs
};

/// A database and its schema: queries run as they are written, their literals as parameters. A
/// query that differs from an earlier one in literals only is not compiled again. Refers to the
/// database, which has to outlive it.
class Session {
 public:
  Session(Database& database, SharedSchema schema)
      : database_(&database), schema_(std::move(schema)) {}

  /// Errors: those of Query::prepare and Database::run.
  /// @param parameters the values of the query's own parameters (build::param), when it has some
  Result<Rows> run(const ast::Query& query, std::vector<Value> parameters = {});

  /// See Database::explain.
  Result<compile::Trace> explain(const ast::Query& query, std::vector<Value> parameters = {});

  /// Runs `work(*this)`; see Database::transaction.
  template <class Work>
  auto transaction(Work work) -> decltype(work(*this)) {
    return database_->transaction([&](Database&) { return work(*this); });
  }

  static constexpr std::size_t cache_limit = 256;  ///< compiled queries that are kept

 private:
  struct Prepared;
  Result<Prepared> prepare(const ast::Query& query, std::vector<Value> parameters);
  Database* database_;
  SharedSchema schema_;
  std::unordered_map<std::string, Query> cache_;  ///< by canonical document
};

}  // namespace virga
