#include "compile/candidates.h"

#include <algorithm>

namespace virga::compile {
namespace {

using bound::Expr;

/// What the statement does with the columns of one table.
struct Use {
  std::size_t table = 0;
  std::string alias{};
  std::vector<std::size_t> equal{};
  std::vector<std::size_t> between{};
  std::vector<std::size_t> ordered{};
};

class Uses {
 public:
  void add(const bound::Source& source) {
    if (const auto* of = std::get_if<bound::TableSource>(&source.from))
      uses_.push_back({of->table, source.alias});
  }
  void conditions(const std::optional<Expr>& expr) {
    if (expr) condition(*expr);
  }
  void order(const std::vector<bound::Order>& orders);
  std::vector<IndexCandidate> candidates(const schema::Schema& schema) const;

 private:
  Use* find(const Expr& expr, std::size_t& column);
  void condition(const Expr& expr);
  void comparison(const bound::Call& call);
  std::vector<Use> uses_;
};

void note(std::vector<std::size_t>& columns, std::size_t column) {
  if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.push_back(column);
}

/// The table of a column; null for anything else.
Use* Uses::find(const Expr& expr, std::size_t& column) {
  const auto* ref = std::get_if<bound::ColumnRef>(&expr.node);
  if (!ref) return nullptr;
  column = ref->column;
  const auto found = std::find_if(uses_.begin(), uses_.end(), [&](const Use& use) {
    return use.table == ref->table && use.alias == ref->source;
  });
  return found == uses_.end() ? nullptr : &*found;
}

void Uses::comparison(const bound::Call& call) {
  const bool equal = call.op == Operator::eq || call.op == Operator::in;
  const bool range = call.op == Operator::gt || call.op == Operator::gte ||
                     call.op == Operator::lt || call.op == Operator::lte ||
                     call.op == Operator::between;
  if (!equal && !range) return;
  std::size_t column = 0;
  if (Use* use = find(call.args[0], column)) note(equal ? use->equal : use->between, column);
  if (call.op != Operator::eq) return;
  if (Use* use = find(call.args[1], column)) note(use->equal, column);
}

void Uses::condition(const Expr& expr) {
  std::size_t column = 0;
  if (const auto* call = std::get_if<bound::Call>(&expr.node)) {
    if (call->op != Operator::logical_and) return comparison(*call);
    for (const Expr& term : call->args) condition(term);
  } else if (const auto* in = std::get_if<bound::InSelect>(&expr.node)) {
    if (in->negated) return;
    for (const Expr& operand : in->operands)
      if (Use* use = find(operand, column)) note(use->equal, column);
  }
}

/// Only orders that all go the same way through one table are those of an index.
void Uses::order(const std::vector<bound::Order>& orders) {
  if (orders.empty()) return;
  std::vector<std::size_t> columns;
  Use* table = nullptr;
  for (const bound::Order& each : orders) {
    std::size_t column = 0;
    Use* use = find(each.by, column);
    if (!use || (table && use != table) || each.descending != orders.front().descending) return;
    table = use;
    note(columns, column);
  }
  table->ordered = std::move(columns);
}

std::vector<IndexCandidate> Uses::candidates(const schema::Schema& schema) const {
  std::vector<IndexCandidate> result;
  for (const Use& use : uses_) {
    const schema::Table& table = schema.tables[use.table];
    std::vector<std::size_t> columns = use.equal;
    if (!use.between.empty()) note(columns, use.between.front());
    if (use.between.empty())
      for (const std::size_t column : use.ordered) note(columns, column);
    if (columns.empty() || table.view) continue;
    IndexCandidate& candidate = result.emplace_back();
    candidate.table = table.name;
    for (const std::size_t column : columns)
      candidate.columns.push_back(table.columns[column].name);
  }
  return result;
}

void read(Uses& uses, const bound::Select& select) {
  uses.add(select.from);
  for (const bound::Join& join : select.joins) uses.add(join.source);
  for (const bound::Join& join : select.joins) uses.conditions(join.on);
  uses.conditions(select.where);
  uses.order(select.order_by);
}

}  // namespace

std::vector<IndexCandidate> index_candidates(const bound::Statement& statement,
                                             const schema::Schema& schema) {
  Uses uses;
  const auto table = [](std::size_t index) { return bound::Source{bound::TableSource{index}, {}}; };
  std::visit(overloaded{[&](const bound::Select& select) { read(uses, select); },
                        [&](const bound::Update& update) {
                          uses.add(table(update.table));
                          uses.conditions(update.where);
                        },
                        [&](const bound::Delete& del) {
                          uses.add(table(del.table));
                          uses.conditions(del.where);
                        },
                        [](const auto&) {}},
             statement);
  return uses.candidates(schema);
}

}  // namespace virga::compile
