#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/error.h"
#include "base/value.h"
#include "compile/compile.h"
#include "db/database.h"
#include "exec/cursor.h"
#include "exec/frame.h"
#include "exec/key_index.h"
#include "schema/schema.h"

namespace virga::exec {

/// Whether there are enough values for a query. Errors: missing_parameter.
Result<void> check_parameters(const compile::Compiled& query, std::size_t given);

/// Runs compiled queries. It keeps its memory from one query to the next, so that a small query
/// allocates nothing.
class Runner {
 public:
  /// Runs a compiled query and writes its result into `frame` (FRAME.md), in place of what is
  /// there.
  ///
  /// Several statements see one state of the database: they run inside one read transaction. A
  /// write that fails, at whatever point, leaves the database as it was.
  /// @param parameters the values of the query's parameters, in order; more than needed is fine
  /// @param trace when there, gets the parameters, runs and rows of each statement
  /// @param rest when there, a large result may end early: it then gets what is left, for which the
  ///   bytes of the parameters must stay where they are
  /// @return false when it turned out that the query had better be run as compile_chunks makes it,
  ///   which only happens with `rest`; `frame` is then of no use
  /// Errors: missing_parameter, result_too_large, constraint_*, sqlite.
  Result<bool> run(db::Connection& connection, const compile::Compiled& query,
                   const schema::Schema& schema, std::span<const ValueView> parameters,
                   Buffer<std::byte>& frame, compile::Trace* trace = nullptr,
                   std::shared_ptr<Cursor>* rest = nullptr);

  /// Begins to read a query in chunks. A write runs as a whole: all of its changes are made before
  /// its first row. Errors: missing_parameter, sqlite; of a write those of run().
  /// @param query as compile::compile_chunks makes it
  Result<std::shared_ptr<Cursor>> open(db::Connection& connection, compile::Compiled query,
                                       const schema::Schema& schema, std::vector<Value> parameters);

  /// Writes the next chunk of a cursor as a frame, in place of what is in `frame`: some rows, with
  /// all below them. Errors come after the rows before them: result_too_large, sqlite.
  /// @return false when there are no more rows; `frame` is then of no use
  Result<bool> next(db::Connection& connection, Cursor& cursor, Buffer<std::byte>& frame);

  /// Reads all that is left of a cursor, so that changes made from now on are not seen by it.
  void read_ahead(db::Connection& connection, Cursor& cursor);

 private:
  /// What a step needs while the query runs.
  struct Step {
    Keys keys;                        ///< of the parent's rows, in their order
    std::vector<std::size_t> below;   ///< the steps whose parent it is, but for
    std::vector<std::size_t> joined;  ///< those that its own rows bring along
    std::vector<ValueView> cells;     ///< of the current row of its statement
  };
  /// What one query runs with.
  struct Call {
    db::Connection& connection;
    const compile::Compiled& query;
    std::span<const ValueView> parameters;
    compile::Trace* trace;
    Buffer<std::byte>& frame;
    std::shared_ptr<Cursor>* rest;
    std::uint32_t most;  ///< rows of the root, with which the run is given up
  };
  /// One statement of it, and the step that it belongs to.
  struct Part {
    std::size_t step;
    db::Statement& statement;
    compile::StatementTrace* trace;
  };

  Result<void> row_back(const Call& call);
  Result<void> rows(const Call& call);
  Result<void> atomically(const Call& call, bool needed);
  Result<void> raw(const Call& call, const schema::Schema& schema);
  void declare_raw(const db::Statement& statement);
  Result<void> raw_rows(const Call& call, db::Statement& statement);
  void declare(const compile::Compiled& query);
  Result<void> run_statement(const Call& call, std::size_t index);
  Result<bool> root(const Call& call, const Part& part);
  Result<void> batch(const Call& call, const Part& part);
  Result<void> loop(const Call& call, const Part& part, std::size_t index);
  Result<void> children(const Call& call, const Part& part, std::uint32_t parent,
                        std::uint32_t length);
  Result<db::Statement> prepare(const Call& call, std::size_t index);
  compile::StatementTrace* trace(const Call& call, std::size_t index);
  std::span<const ValueView> read(const Part& part);
  std::uint32_t append(const Call& call, std::size_t index, std::span<const ValueView> row);
  Result<void> finish(const Call& call, bool writes);
  void shrink();
  void fill(const Call& call, Cursor& cursor);
  Result<void> chunk(db::Connection& connection, Cursor& cursor, Buffer<std::byte>& frame);
  void read_chunk(db::Connection& connection, Cursor& cursor);

  FrameBuilder builder_;
  KeyIndex parents_;
  std::vector<Step> steps_;  ///< as many as the largest query had
};

}  // namespace virga::exec
