#include "exec/run.h"

#include <functional>
#include <string>
#include <utility>

#include "db/constraint.h"
#include "exec/frame.h"
#include "exec/key_index.h"

namespace virga::exec {
namespace {

using Storage = db::Statement::Storage;

void append_cell(FrameBuilder& builder, std::size_t step, const db::Statement& statement,
                 int column) {
  switch (statement.storage(column)) {
    case Storage::null: return builder.null(step);
    case Storage::integer: return builder.integer(step, statement.integer(column));
    case Storage::real: return builder.real(step, statement.real(column));
    case Storage::text: return builder.text(step, statement.text(column));
    case Storage::blob: return builder.blob(step, statement.blob(column));
  }
}

LinkKind link_kind(const plan::Stitch& stitch) {
  if (stitch.strategy == plan::Strategy::root) return LinkKind::none;
  return stitch.kind == schema::Cardinality::one ? LinkKind::one : LinkKind::many;
}

/// One run of one query: the frame being built, and the keys that later steps need.
class Run {
 public:
  Run(db::Connection& connection, const compile::Compiled& query, std::span<const Value> parameters,
      compile::Trace* trace);

  Result<std::vector<std::byte>> frame();

 private:
  Result<void> step(std::size_t index);
  Result<void> root(std::size_t index, db::Statement& statement);
  Result<void> batch(std::size_t index, db::Statement& statement);
  Result<void> loop(std::size_t index, db::Statement& statement);
  Result<void> bind_parameters(db::Statement& statement);
  std::uint32_t append_row(std::size_t index, const db::Statement& statement);
  const plan::Stitch& stitch(std::size_t index) const { return query_.statements[index].stitch; }
  void count(std::size_t index, std::uint64_t runs, std::uint64_t rows);

  db::Connection& connection_;
  const compile::Compiled& query_;
  std::span<const Value> parameters_;
  compile::Trace* trace_;
  FrameBuilder builder_;
  std::vector<Keys> keys_;                          ///< per step: the parent keys it is matched by
  std::vector<std::vector<std::size_t>> children_;  ///< per step: the steps below it
};

Run::Run(db::Connection& connection, const compile::Compiled& query,
         std::span<const Value> parameters, compile::Trace* trace)
    : connection_(connection),
      query_(query),
      parameters_(parameters),
      trace_(trace),
      builder_(query.statements.size()),
      keys_(query.statements.size()),
      children_(query.statements.size()) {
  for (std::size_t i = 0; i < query.statements.size(); ++i) {
    const plan::Stitch& how = stitch(i);
    builder_.declare(i, static_cast<std::uint32_t>(how.visible), link_kind(how),
                     static_cast<std::uint32_t>(how.parent));
    keys_[i].width = how.parent_slots.size();
    if (how.strategy != plan::Strategy::root) children_[how.parent].push_back(i);
  }
}

void Run::count(std::size_t index, std::uint64_t runs, std::uint64_t rows) {
  if (!trace_) return;
  trace_->statements[index].runs += runs;
  trace_->statements[index].rows += rows;
}

/// Copies the visible slots into the frame and the keys of the steps below; gives the row's number.
std::uint32_t Run::append_row(std::size_t index, const db::Statement& statement) {
  const std::size_t visible = stitch(index).visible;
  for (std::size_t slot = 0; slot < visible; ++slot)
    append_cell(builder_, index, statement, static_cast<int>(slot));
  builder_.end_row(index);
  for (const std::size_t below : children_[index])
    for (const std::size_t slot : stitch(below).parent_slots)
      keys_[below].values.push_back(statement.value(static_cast<int>(slot)));
  return builder_.rows(index) - 1;
}

Result<void> Run::bind_parameters(db::Statement& statement) {
  for (std::size_t i = 0; i < query_.parameters; ++i)
    VIRGA_TRY(statement.bind(static_cast<int>(i + 1), parameters_[i]));
  return {};
}

Result<void> Run::root(std::size_t index, db::Statement& statement) {
  while (true) {
    VIRGA_ASSIGN(const bool row, statement.step());
    if (!row) break;
    append_row(index, statement);
  }
  count(index, 1, builder_.rows(index));
  return {};
}

Result<void> Run::batch(std::size_t index, db::Statement& statement) {
  const plan::Stitch& how = stitch(index);
  const bool one = how.kind == schema::Cardinality::one;
  KeyIndex parents(keys_[index]);
  std::vector<bool> taken(one ? builder_.rows(how.parent) : 0);
  std::uint64_t read = 0;
  while (true) {
    VIRGA_ASSIGN(const bool row, statement.step());
    if (!row) break;
    ++read;
    std::uint32_t child = no_row;
    for (auto parent = parents.first(statement, how.child_slots); parent != KeyIndex::end;
         parent = parents.next(parent)) {
      if (one && taken[parent]) continue;
      if (one) taken[parent] = true;
      if (child == no_row) child = append_row(index, statement);
      builder_.link(index, parent, child);
    }
  }
  count(index, 1, read);
  return {};
}

Result<void> Run::loop(std::size_t index, db::Statement& statement) {
  const plan::Stitch& how = stitch(index);
  const Keys& keys = keys_[index];
  const std::uint32_t parents = builder_.rows(how.parent);
  for (std::uint32_t parent = 0; parent < parents; ++parent) {
    for (std::size_t i = 0; i < keys.width; ++i)
      VIRGA_TRY(statement.bind(static_cast<int>(query_.parameters + i + 1),
                               keys.values[parent * keys.width + i]));
    while (true) {
      VIRGA_ASSIGN(const bool row, statement.step());
      if (!row) break;
      builder_.link(index, parent, append_row(index, statement));
      if (how.kind == schema::Cardinality::one) break;
    }
    statement.reset();
  }
  count(index, parents, builder_.rows(index));
  if (trace_ && parents > 0) {
    auto& shown = trace_->statements[index].parameters;
    shown.insert(shown.end(), keys.values.begin(),
                 keys.values.begin() + static_cast<std::ptrdiff_t>(keys.width));
  }
  return {};
}

Result<void> Run::step(std::size_t index) {
  VIRGA_ASSIGN(auto statement, connection_.prepare(query_.statements[index].sql));
  VIRGA_TRY(bind_parameters(statement));
  switch (stitch(index).strategy) {
    case plan::Strategy::root: return root(index, statement);
    case plan::Strategy::batch: return batch(index, statement);
    case plan::Strategy::loop: return loop(index, statement);
  }
  return {};
}

Result<std::vector<std::byte>> Run::frame() {
  for (std::size_t i = 0; i < query_.statements.size(); ++i) VIRGA_TRY(step(i));
  return query_.writes ? builder_.finish(connection_.changes(), connection_.last_insert_rowid())
                       : builder_.finish(0, 0);
}

/// Runs a statement as written. Its columns are known only now, so their names are a second step.
Result<std::vector<std::byte>> raw_frame(db::Connection& connection, db::Statement& statement,
                                         std::span<const Value> parameters) {
  for (std::size_t i = 0; i < parameters.size(); ++i)
    VIRGA_TRY(statement.bind(static_cast<int>(i + 1), parameters[i]));
  FrameBuilder builder(2);
  const int columns = statement.column_count();
  for (const std::size_t step : {std::size_t{0}, std::size_t{1}})
    builder.declare(step, static_cast<std::uint32_t>(columns), LinkKind::none, 0);
  for (int column = 0; column < columns; ++column) builder.text(1, statement.column_name(column));
  builder.end_row(1);
  while (true) {
    VIRGA_ASSIGN(const bool row, statement.step());
    if (!row) break;
    for (int column = 0; column < columns; ++column) append_cell(builder, 0, statement, column);
    builder.end_row(0);
  }
  return statement.read_only()
             ? builder.finish(0, 0)
             : builder.finish(connection.changes(), connection.last_insert_rowid());
}

Result<std::vector<std::byte>> run_raw(db::Connection& connection, const std::string& sql,
                                       const schema::Schema& schema,
                                       std::span<const Value> parameters) {
  VIRGA_ASSIGN(auto statement, connection.prepare(sql));
  auto frame = raw_frame(connection, statement, parameters);
  if (frame) return frame;
  statement.reset();
  const auto again = [&]() -> Result<void> {
    VIRGA_TRY(raw_frame(connection, statement, parameters));
    return {};
  };
  // Only a commit can violate a constraint without writing; it must not be tried again.
  const std::function<Result<void>()> nothing;
  return Failure(db::explain_constraint(std::move(frame.error()), schema, connection,
                                        statement.read_only() ? nothing : again));
}

/// Runs inside a transaction of its own where one is needed: reads of several statements must see
/// one state, and a write that gives rows back may still fail after its changes are made.
Result<std::vector<std::byte>> run_atomically(db::Connection& connection, Run& run, bool needed) {
  if (!needed) return run.frame();
  VIRGA_TRY(connection.begin());
  auto frame = run.frame();
  if (!frame) {
    VIRGA_TRY(connection.rollback());
    return frame;
  }
  if (auto done = connection.commit(); !done) {
    VIRGA_TRY(connection.rollback());
    return Failure(std::move(done.error()));
  }
  return frame;
}

}  // namespace

Result<std::vector<std::byte>> run(db::Connection& connection, const compile::Compiled& query,
                                   const schema::Schema& schema, std::span<const Value> parameters,
                                   compile::Trace* trace) {
  if (parameters.size() < query.parameters)
    return fail(Code::missing_parameter,
                "The query has " + std::to_string(query.parameters) + " parameters, but " +
                    std::to_string(parameters.size()) + " values were given.",
                "parameters[" + std::to_string(parameters.size()) + "]");
  if (query.shape.kind == plan::ShapeKind::raw)
    return run_raw(connection, query.statements.front().sql, schema, parameters);
  Run first(connection, query, parameters, trace);
  const bool rows = query.shape.kind == plan::ShapeKind::rows;
  const bool transaction = query.writes ? rows : query.statements.size() > 1;
  auto frame = run_atomically(connection, first, transaction);
  if (frame || !query.writes) return frame;
  const auto again = [&]() -> Result<void> {
    Run second(connection, query, parameters, nullptr);
    VIRGA_TRY(second.frame());
    return {};
  };
  return Failure(db::explain_constraint(std::move(frame.error()), schema, connection, again));
}

}  // namespace virga::exec
