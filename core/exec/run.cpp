#include "exec/run.h"

#include <string>
#include <utility>

#include "db/constraint.h"
#include "exec/frame.h"
#include "exec/key_index.h"

namespace virga::exec {
namespace {

using Storage = db::Statement::Storage;

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
  void append_cell(std::size_t index, const db::Statement& statement, int column);
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

void Run::append_cell(std::size_t index, const db::Statement& statement, int column) {
  switch (statement.storage(column)) {
    case Storage::null: return builder_.null(index);
    case Storage::integer: return builder_.integer(index, statement.integer(column));
    case Storage::real: return builder_.real(index, statement.real(column));
    case Storage::text: return builder_.text(index, statement.text(column));
    case Storage::blob: return builder_.blob(index, statement.blob(column));
  }
}

/// Copies the visible slots into the frame and the keys of the steps below; gives the row's number.
std::uint32_t Run::append_row(std::size_t index, const db::Statement& statement) {
  const std::size_t visible = stitch(index).visible;
  for (std::size_t slot = 0; slot < visible; ++slot)
    append_cell(index, statement, static_cast<int>(slot));
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
  Run first(connection, query, parameters, trace);
  const bool transaction = query.writes ? query.shape.rows : query.statements.size() > 1;
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
