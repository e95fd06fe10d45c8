#include "exec/run.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "db/constraint.h"

namespace virga::exec {
namespace {

LinkKind link_kind(const plan::Stitch& stitch) {
  if (stitch.strategy == plan::Strategy::root) return LinkKind::none;
  return stitch.kind == schema::Cardinality::one ? LinkKind::one : LinkKind::many;
}

void count(compile::StatementTrace* trace, std::uint64_t runs, std::uint64_t rows) {
  if (!trace) return;
  trace->runs += runs;
  trace->rows += rows;
}

/// Statements that must see one state, if others can write. If not, a loop of many runs, each of
/// which would begin and end a transaction of its own.
bool gains_by_transaction(const compile::Compiled& query, bool alone) {
  if (query.statements.size() < 2) return false;
  return !alone || (!query.shape.first &&
                    std::any_of(query.steps.begin(), query.steps.end(), [](const auto& step) {
                      return step.strategy == plan::Strategy::loop;
                    }));
}

/// A part of a large result has so many rows of the root, or bytes of text, at most.
constexpr std::uint32_t part_rows = 8192;
constexpr std::size_t part_bytes = 1 << 20;

/// Whether some rows of the root can be read with all below them: a batch reads what is below all.
bool can_be_parted(const compile::Compiled& query) {
  return !query.writes &&
         std::none_of(query.steps.begin(), query.steps.end(),
                      [](const auto& step) { return step.strategy == plan::Strategy::batch; });
}

/// So many pairs of rows are read in parts, joined: that takes longer, and much less memory.
constexpr std::uint32_t many_pairs = 4 * part_rows;

/// Whether the query would consist of joins if it were read in parts.
bool is_of_pairs(const compile::Compiled& query) {
  return !query.writes && !can_be_parted(query) &&
         std::all_of(query.steps.begin(), query.steps.end(), [](const plan::Stitch& step) {
           return step.pairs || step.strategy == plan::Strategy::root ||
                  step.strategy == plan::Strategy::join;
         });
}

}  // namespace

void Runner::declare(const compile::Compiled& query) {
  const std::size_t count = query.steps.size();
  if (steps_.size() < count) steps_.resize(count);
  builder_.reset(count);
  for (std::size_t i = 0; i < count; ++i) {
    const plan::Stitch& how = query.steps[i];
    builder_.declare(i, static_cast<std::uint32_t>(how.visible), link_kind(how),
                     static_cast<std::uint32_t>(how.parent));
    Step& step = steps_[i];
    step.keys.reset(how.parent_slots.size());
    step.below.clear();
    step.joined.clear();
    step.cells.resize(how.columns);
    if (how.strategy == plan::Strategy::root) continue;
    Step& parent = steps_[how.parent];
    (how.strategy == plan::Strategy::join ? parent.joined : parent.below).push_back(i);
  }
}

/// Reads the current row of a statement, with the keys behind its visible cells.
std::span<const ValueView> Runner::read(const Part& part) {
  auto& cells = steps_[part.step].cells;
  part.statement.read(cells);
  return cells;
}

/// Copies what a step shows of a statement's row into the frame, the keys of the steps below, and
/// the rows that are joined to it; gives the row's number.
std::uint32_t Runner::append(const Call& call, std::size_t index, std::span<const ValueView> row) {
  const auto& steps = call.query.steps;
  const Step& step = steps_[index];
  for (const std::size_t below : step.below) steps_[below].keys.add(row, steps[below].parent_slots);
  const std::uint32_t number =
      builder_.row(index, row.subspan(steps[index].first, steps[index].visible));
  for (const std::size_t joined : step.joined)
    if (row[steps[joined].present].kind != ValueView::Kind::null)
      builder_.link(joined, number, append(call, joined, row));
  return number;
}

/// Reads the rows of the root; tells whether it ended early, with a part of them.
Result<bool> Runner::root(const Call& call, const Part& part) {
  while (!call.rest || (builder_.rows(part.step) < part_rows && builder_.pooled() < part_bytes)) {
    if (builder_.rows(part.step) == call.most) return true;
    VIRGA_ASSIGN(const bool row, part.statement.step());
    if (!row) {
      count(part.trace, 1, builder_.rows(part.step));
      return false;
    }
    append(call, part.step, read(part));
  }
  return true;
}

Result<void> Runner::batch(const Call& call, const Part& part) {
  const plan::Stitch& how = call.query.steps[part.step];
  const bool one = how.kind == schema::Cardinality::one;
  parents_.build(steps_[part.step].keys);
  std::vector<bool> taken(one ? builder_.rows(how.parent) : 0);
  std::uint64_t read_rows = 0;
  while (true) {
    VIRGA_ASSIGN(const bool row, part.statement.step());
    if (!row) break;
    ++read_rows;
    const auto cells = read(part);
    std::uint32_t child = no_row;
    for (auto parent = parents_.first(cells, how.child_slots); parent != KeyIndex::end;
         parent = parents_.next(parent)) {
      if (one && taken[parent]) continue;
      if (one) taken[parent] = true;
      if (child == no_row) child = append(call, part.step, cells);
      builder_.link(part.step, parent, child);
    }
  }
  count(part.trace, 1, read_rows);
  return {};
}

/// Reads the children of a parent, or of as many as have a range of keys.
Result<void> Runner::children(const Call& call, const Part& part, std::uint32_t parent,
                              std::uint32_t length) {
  const plan::Stitch& how = call.query.steps[part.step];
  const Keys& keys = steps_[part.step].keys;
  const auto bind_key = [&](std::size_t parameter, const ValueView& key) {
    if (part.trace && part.trace->runs == 0) part.trace->parameters.push_back(key.owned());
    return part.statement.bind(static_cast<int>(call.query.parameters + parameter + 1), key);
  };
  if (length > 1) {
    const auto [least, most] =
        std::minmax({keys.cell(parent, 0).integer, keys.cell(parent + length - 1, 0).integer});
    VIRGA_TRY(bind_key(0, least));
    VIRGA_TRY(bind_key(1, most));
  } else {
    for (std::size_t i = 0; i < keys.width(); ++i) VIRGA_TRY(bind_key(i, keys.cell(parent, i)));
  }
  const std::uint32_t before = builder_.rows(part.step);
  while (true) {
    VIRGA_ASSIGN(const bool row, part.statement.step());
    if (!row) break;
    const auto cells = read(part);
    const std::uint32_t at =
        length == 1 ? 0 : keys.position(parent, length, cells[how.child_slots.front()]);
    if (at == length) continue;
    builder_.link(part.step, parent + at, append(call, part.step, cells));
    if (how.kind == schema::Cardinality::one) break;
  }
  part.statement.reset();
  count(part.trace, 1, builder_.rows(part.step) - before);
  return {};
}

Result<void> Runner::loop(const Call& call, const Part& part, std::size_t index) {
  const Keys& keys = steps_[part.step].keys;
  const std::uint32_t parents = builder_.rows(call.query.steps[part.step].parent);
  const auto& statements = call.query.statements;
  const bool ranges = index + 1 < statements.size() && statements[index + 1].ranges;
  std::optional<db::Statement> ranged;
  for (std::uint32_t parent = 0; parent < parents;) {
    const std::uint32_t length = ranges ? keys.range(parent) : 1;
    if (length > 1 && !ranged) {
      VIRGA_ASSIGN(auto prepared, prepare(call, index + 1));
      ranged.emplace(std::move(prepared));
    }
    VIRGA_TRY(length == 1
                  ? children(call, part, parent, length)
                  : children(call, {part.step, *ranged, trace(call, index + 1)}, parent, length));
    parent += length;
  }
  return {};
}

Result<db::Statement> Runner::prepare(const Call& call, std::size_t index) {
  VIRGA_ASSIGN(auto statement, call.connection.prepare(call.query.statements[index].sql));
  VIRGA_TRY(statement.bind_all(call.parameters.first(call.query.parameters)));
  return statement;
}

compile::StatementTrace* Runner::trace(const Call& call, std::size_t index) {
  return call.trace ? &call.trace->statements[index] : nullptr;
}

Result<void> Runner::run_statement(const Call& call, std::size_t index) {
  const compile::Statement& which = call.query.statements[index];
  if (which.ranges) return {};  // run with the one before it
  VIRGA_ASSIGN(auto statement, prepare(call, index));
  const Part part{which.step, statement, trace(call, index)};
  switch (call.query.steps[which.step].strategy) {
    case plan::Strategy::root: {
      VIRGA_ASSIGN(const bool more, root(call, part));
      if (more && call.rest)
        *call.rest = std::make_shared<Cursor>(call.query, call.parameters, std::move(statement));
      return {};
    }
    case plan::Strategy::batch: return batch(call, part);
    case plan::Strategy::loop: return loop(call, part, index);
    case plan::Strategy::join: break;
  }
  return fail(Code::internal, "A joined step has no statement of its own.");
}

Result<void> Runner::finish(const Call& call, bool writes) {
  return writes ? builder_.finish(call.connection.changes(), call.connection.last_insert_rowid(),
                                  call.frame)
                : builder_.finish(0, 0, call.frame);
}

/// An insert, and its row by the rowid.
Result<void> Runner::row_back(const Call& call) {
  const compile::RowBack& apart = *call.query.row_back;
  VIRGA_ASSIGN(auto insert, call.connection.prepare(apart.insert));
  VIRGA_TRY(insert.bind_all(call.parameters.first(call.query.parameters)));
  VIRGA_TRY(insert.step());
  // A conflict clause of the table's own may have left the row out.
  if (call.connection.changes() == 0) return {};
  VIRGA_ASSIGN(auto select, call.connection.prepare(apart.select));
  VIRGA_TRY(select.bind(static_cast<int>(call.query.parameters) + 1,
                        call.connection.last_insert_rowid()));
  VIRGA_TRY(root(call, {0, select, nullptr}));
  return {};
}

Result<void> Runner::rows(const Call& call) {
  declare(call.query);
  if (const auto& apart = call.query.row_back;
      apart && call.connection.keeps_rows(apart->table, apart->rowid)) {
    VIRGA_TRY(row_back(call));
    return finish(call, true);
  }
  for (std::size_t i = 0; i < call.query.statements.size(); ++i) {
    VIRGA_TRY(run_statement(call, i));
    if (builder_.rows(0) == call.most) return {};
  }
  return finish(call, call.query.writes);
}

/// The columns of a statement as written are known only now, so their names are a second step.
void Runner::declare_raw(const db::Statement& statement) {
  const int columns = statement.column_count();
  builder_.reset(2);
  for (const std::size_t step : {std::size_t{0}, std::size_t{1}})
    builder_.declare(step, static_cast<std::uint32_t>(columns), LinkKind::none, 0);
  if (steps_.empty()) steps_.resize(1);
  std::vector<ValueView>& cells = steps_[0].cells;
  cells.clear();
  for (int column = 0; column < columns; ++column)
    cells.emplace_back(statement.column_name(column));
  builder_.row(1, cells);
}

Result<void> Runner::raw_rows(const Call& call, db::Statement& statement) {
  VIRGA_TRY(statement.bind_all(call.parameters));
  declare_raw(statement);
  while (true) {
    VIRGA_ASSIGN(const bool row, statement.step());
    if (!row) break;
    builder_.row(0, read({0, statement, nullptr}));
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

/// Runs inside a transaction of its own where one is needed: a write that gives rows back may still
/// fail after its changes are made.
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

Result<void> check_parameters(const compile::Compiled& query, std::size_t given) {
  if (given >= query.parameters) return {};
  return fail(Code::missing_parameter,
              "The query has " + std::to_string(query.parameters) + " parameters, but " +
                  std::to_string(given) + " values were given.",
              "parameters[" + std::to_string(given) + "]");
}

Result<bool> Runner::run(db::Connection& connection, const compile::Compiled& query,
                         const schema::Schema& schema, std::span<const ValueView> parameters,
                         Buffer<std::byte>& frame, compile::Trace* trace,
                         std::shared_ptr<Cursor>* rest) {
  VIRGA_TRY(check_parameters(query, parameters.size()));
  const std::uint32_t most = rest && is_of_pairs(query) ? many_pairs : no_row;
  const Call call{
      connection, query, parameters, trace, frame, can_be_parted(query) ? rest : nullptr, most};
  if (query.shape.kind == plan::ShapeKind::raw) {
    VIRGA_TRY(raw(call, schema));
    return true;
  }
  const bool returning = query.writes && query.shape.kind == plan::ShapeKind::rows;
  const bool reads = connection.autocommit() && gains_by_transaction(query, connection.alone());
  auto done = atomically(call, reads || (returning && can_be_too_large));
  shrink();
  if (done) return builder_.rows(0) < most;
  if (!query.writes) return Failure(std::move(done.error()));
  const auto again = [&] {
    return rows({connection, query, parameters, nullptr, frame, nullptr, no_row});
  };
  return Failure(db::explain_constraint(std::move(done.error()), schema, connection, again));
}

}  // namespace virga::exec
