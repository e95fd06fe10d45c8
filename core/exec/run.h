#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/error.h"
#include "base/value.h"
#include "compile/compile.h"
#include "db/database.h"
#include "exec/frame.h"
#include "exec/key_index.h"
#include "schema/schema.h"

namespace virga::exec {

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
  /// Errors: missing_parameter, result_too_large, constraint_*, sqlite.
  Result<void> run(db::Connection& connection, const compile::Compiled& query,
                   const schema::Schema& schema, std::span<const ValueView> parameters,
                   Buffer<std::byte>& frame, compile::Trace* trace = nullptr);

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
  };
  /// One statement of it, and the step that it belongs to.
  struct Part {
    std::size_t step;
    db::Statement& statement;
    compile::StatementTrace* trace;
  };

  Result<void> rows(const Call& call);
  Result<void> atomically(const Call& call, bool needed);
  Result<void> raw(const Call& call, const schema::Schema& schema);
  Result<void> raw_rows(const Call& call, db::Statement& statement);
  void declare(const compile::Compiled& query);
  Result<void> run_statement(const Call& call, std::size_t index);
  Result<void> root(const Call& call, const Part& part);
  Result<void> batch(const Call& call, const Part& part);
  Result<void> loop(const Call& call, const Part& part);
  std::span<const ValueView> read(const Part& part);
  std::uint32_t append(const Call& call, std::size_t index, std::span<const ValueView> row);
  Result<void> finish(const Call& call, bool writes);
  void shrink();

  FrameBuilder builder_;
  KeyIndex parents_;
  std::vector<Step> steps_;  ///< as many as the largest query had
};

}  // namespace virga::exec
