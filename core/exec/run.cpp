#include "exec/run.h"

#include <functional>
#include <string>
#include <utility>

#include "db/constraint.h"

namespace virga::exec {
namespace {

LinkKind link_kind(const plan::Stitch& stitch) {
  if (stitch.strategy == plan::Strategy::root) return LinkKind::none;
  return stitch.kind == schema::Cardinality::one ? LinkKind::one : LinkKind::many;
}

void count(compile::Trace* trace, std::size_t index, std::uint64_t runs, std::uint64_t rows) {
  if (!trace) return;
  trace->statements[index].runs += runs;
  trace->statements[index].rows += rows;
}

Result<void> bind(db::Statement& statement, std::span<const ValueView> parameters) {
  int index = 0;
  for (const ValueView& parameter : parameters) VIRGA_TRY(statement.bind(++index, parameter));
  return {};
}

}  // namespace

void Runner::declare(const compile::Compiled& query) {
  const std::size_t count = query.statements.size();
  if (steps_.size() < count) steps_.resize(count);
  builder_.reset(count);
  for (std::size_t i = 0; i < count; ++i) {
    const plan::Stitch& how = query.statements[i].stitch;
    builder_.declare(i, static_cast<std::uint32_t>(how.visible), link_kind(how),
                     static_cast<std::uint32_t>(how.parent));
    Step& step = steps_[i];
    step.keys.reset(how.parent_slots.size());
    step.below.clear();
    step.cells.resize(how.visible);
    for (const std::size_t slot : how.child_slots)
      if (slot >= step.cells.size()) step.cells.resize(slot + 1);
    if (how.strategy == plan::Strategy::root) continue;
    Step& parent = steps_[how.parent];
    parent.below.push_back(i);
    for (const std::size_t slot : how.parent_slots)
      if (slot >= parent.cells.size()) parent.cells.resize(slot + 1);
  }
}

/// Reads the current row of a step, with the keys behind its visible cells.
std::span<const ValueView> Runner::read(std::size_t index, const db::Statement& statement) {
  auto& cells = steps_[index].cells;
  statement.read(cells);
  return cells;
}

/// Copies the visible cells of the row that was read into the frame, and the keys of the steps
/// below; gives the row's number.
std::uint32_t Runner::append(const Call& call, std::size_t index) {
  const auto& statements = call.query.statements;
  const std::span<const ValueView> cells = steps_[index].cells;
  for (const std::size_t below : steps_[index].below)
    steps_[below].keys.add(cells, statements[below].stitch.parent_slots);
  return builder_.row(index, cells.first(statements[index].stitch.visible));
}

Result<void> Runner::root(const Call& call, std::size_t index, db::Statement& statement) {
  while (true) {
    VIRGA_ASSIGN(const bool row, statement.step());
    if (!row) break;
    read(index, statement);
    append(call, index);
  }
  count(call.trace, index, 1, builder_.rows(index));
  return {};
}

Result<void> Runner::batch(const Call& call, std::size_t index, db::Statement& statement) {
  const plan::Stitch& how = call.query.statements[index].stitch;
  const bool one = how.kind == schema::Cardinality::one;
  parents_.build(steps_[index].keys);
  std::vector<bool> taken(one ? builder_.rows(how.parent) : 0);
  std::uint64_t read_rows = 0;
  while (true) {
    VIRGA_ASSIGN(const bool row, statement.step());
    if (!row) break;
    ++read_rows;
    const auto cells = read(index, statement);
    std::uint32_t child = no_row;
    for (auto parent = parents_.first(cells, how.child_slots); parent != KeyIndex::end;
         parent = parents_.next(parent)) {
      if (one && taken[parent]) continue;
      if (one) taken[parent] = true;
      if (child == no_row) child = append(call, index);
      builder_.link(index, parent, child);
    }
  }
  count(call.trace, index, 1, read_rows);
  return {};
}

Result<void> Runner::loop(const Call& call, std::size_t index, db::Statement& statement) {
  const plan::Stitch& how = call.query.statements[index].stitch;
  const Keys& keys = steps_[index].keys;
  const std::uint32_t parents = builder_.rows(how.parent);
  const auto key_parameter = [&](std::size_t column) {
    return static_cast<int>(call.query.parameters + column + 1);
  };
  for (std::uint32_t parent = 0; parent < parents; ++parent) {
    for (std::size_t i = 0; i < keys.width(); ++i)
      VIRGA_TRY(statement.bind(key_parameter(i), keys.cell(parent, i)));
    while (true) {
      VIRGA_ASSIGN(const bool row, statement.step());
      if (!row) break;
      read(index, statement);
      builder_.link(index, parent, append(call, index));
      if (how.kind == schema::Cardinality::one) break;
    }
    statement.reset();
  }
  count(call.trace, index, parents, builder_.rows(index));
  if (call.trace && parents > 0)
    for (std::size_t i = 0; i < keys.width(); ++i)
      call.trace->statements[index].parameters.push_back(keys.cell(0, i).owned());
  return {};
}

Result<void> Runner::step(const Call& call, std::size_t index) {
  const compile::Statement& which = call.query.statements[index];
  VIRGA_ASSIGN(auto statement, call.connection.prepare(which.sql));
  VIRGA_TRY(bind(statement, call.parameters.first(call.query.parameters)));
  switch (which.stitch.strategy) {
    case plan::Strategy::root: return root(call, index, statement);
    case plan::Strategy::batch: return batch(call, index, statement);
    case plan::Strategy::loop: return loop(call, index, statement);
  }
  return {};
}

Result<void> Runner::finish(const Call& call, bool writes) {
  return writes ? builder_.finish(call.connection.changes(), call.connection.last_insert_rowid(),
                                  call.frame)
                : builder_.finish(0, 0, call.frame);
}

Result<void> Runner::rows(const Call& call) {
  declare(call.query);
  for (std::size_t i = 0; i < call.query.statements.size(); ++i) VIRGA_TRY(step(call, i));
  return finish(call, call.query.writes);
}

/// Runs a statement as written. Its columns are known only now, so their names are a second step.
Result<void> Runner::raw_rows(const Call& call, db::Statement& statement) {
  VIRGA_TRY(bind(statement, call.parameters));
  const int columns = statement.column_count();
  builder_.reset(2);
  for (const std::size_t step : {std::size_t{0}, std::size_t{1}})
    builder_.declare(step, static_cast<std::uint32_t>(columns), LinkKind::none, 0);
  std::vector<ValueView> cells;
  for (int column = 0; column < columns; ++column)
    cells.emplace_back(statement.column_name(column));
  builder_.row(1, cells);
  while (true) {
    VIRGA_ASSIGN(const bool row, statement.step());
    if (!row) break;
    statement.read(cells);
    builder_.row(0, cells);
  }
  return finish(call, !statement.read_only());
}

Result<void> Runner::raw(const Call& call, const schema::Schema& schema) {
  VIRGA_ASSIGN(auto statement, call.connection.prepare(call.query.statements.front().sql));
  auto done = raw_rows(call, statement);
  if (done) return done;
  statement.reset();
  const auto again = [&] { return raw_rows(call, statement); };
  // Only a commit can violate a constraint without writing; it must not be tried again.
  const std::function<Result<void>()> nothing;
  return Failure(db::explain_constraint(std::move(done.error()), schema, call.connection,
                                        statement.read_only() ? nothing : again));
}

/// Runs inside a transaction of its own where one is needed: reads of several statements must see
/// one state, and a write that gives rows back may still fail after its changes are made.
Result<void> Runner::atomically(const Call& call, bool needed) {
  if (!needed) return rows(call);
  VIRGA_TRY(call.connection.begin());
  if (auto done = rows(call); !done) {
    VIRGA_TRY(call.connection.rollback());
    return done;
  }
  if (auto done = call.connection.commit(); !done) {
    VIRGA_TRY(call.connection.rollback());
    return done;
  }
  return {};
}

/// Large results are rare enough not to keep their memory.
void Runner::shrink() {
  builder_.shrink();
  parents_.shrink();
  for (Step& step : steps_) step.keys.shrink();
}

Result<void> Runner::run(db::Connection& connection, const compile::Compiled& query,
                         const schema::Schema& schema, std::span<const ValueView> parameters,
                         std::vector<std::byte>& frame, compile::Trace* trace) {
  if (parameters.size() < query.parameters)
    return fail(Code::missing_parameter,
                "The query has " + std::to_string(query.parameters) + " parameters, but " +
                    std::to_string(parameters.size()) + " values were given.",
                "parameters[" + std::to_string(parameters.size()) + "]");
  const Call call{connection, query, parameters, trace, frame};
  if (query.shape.kind == plan::ShapeKind::raw) return raw(call, schema);
  const bool returning = query.writes && query.shape.kind == plan::ShapeKind::rows;
  const bool reads = query.statements.size() > 1 && !connection.alone();
  auto done = atomically(call, reads || (returning && can_be_too_large));
  shrink();
  if (done || !query.writes) return done;
  const auto again = [&] { return rows({connection, query, parameters, nullptr, frame}); };
  return Failure(db::explain_constraint(std::move(done.error()), schema, connection, again));
}

}  // namespace virga::exec
