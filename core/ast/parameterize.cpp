#include "ast/parameterize.h"

#include <algorithm>

namespace virga::ast {
namespace {

/// Visits every expression of a query, in the order of the tree.
class Pass {
 public:
  explicit Pass(Parameterized& result) : result_(result) {}

  void visit(Find& find) { visit(find.level); }

  void visit(Select& select) {
    visit(select.with);
    visit(select.from);
    visit(select.joins);
    visit(select.fields);
    visit(select.where);
    visit(select.group_by);
    visit(select.having);
    visit(select.compounds);
    visit_range(select);
  }

  void visit(Insert& insert) {
    visit(insert.with);
    visit(insert.rows);
    std::visit([&](auto& rows) { visit(rows); }, insert.select);
    visit(insert.conflicts);
    visit(insert.returning);
  }

  void visit(Update& update) {
    visit(update.with);
    visit(update.set);
    visit(update.from);
    visit(update.joins);
    visit(update.where);
    visit_range(update);
    visit(update.returning);
  }

  void visit(Delete& del) {
    visit(del.with);
    visit(del.where);
    visit_range(del);
    visit(del.returning);
  }

  void visit(Raw& raw) { visit(raw.sql); }

 private:
  void visit(Expr& expr) {
    if (auto* literal = std::get_if<Literal>(&expr.node)) {
      result_.values.push_back(std::move(literal->value));
      expr.node = Param{result_.values.size() - 1};
      return;
    }
    std::visit([&](auto& node) { visit(node); }, expr.node);
  }

  void visit(Param& param) { result_.parameters = std::max(result_.parameters, param.index + 1); }
  void visit(Call& call) { visit(call.args); }
  void visit(FunctionCall& call) { visit(call.args); }
  void visit(Sql& sql) { visit(sql.holes); }
  void visit(Subquery& subquery) { visit(subquery.select); }
  void visit(SourceRef& ref) { visit(ref.source); }
  void visit(Related& related) {
    visit(related.where);
    visit(related.value);
  }
  void visit(std::monostate&) {}
  void visit(Literal&) {}
  void visit(ColumnRef&) {}
  void visit(DefaultValue&) {}
  void visit(AliasRef&) {}
  void visit(TableSource&) {}
  void visit(CteSource&) {}

  void visit(Order& order) { visit(order.by); }
  void visit(Field& field) {
    if (field.fields.empty()) visit(field.expr);
    visit(field.fields);
  }
  void visit(Source& source) {
    std::visit([&](auto& from) { visit(from); }, source.from);
  }
  void visit(Join& join) {
    visit(join.source);
    visit(join.on);
  }
  void visit(Cte& cte) {
    std::visit([&](auto& body) { visit(body); }, cte.body);
  }
  void visit(Compound& compound) { visit(compound.select); }
  void visit(Level& level) {
    visit(level.extras);
    visit(level.where);
    visit_range(level);
    visit(level.with);
  }
  void visit(With& with) { visit(with.level); }
  void visit(Assignment& assignment) { visit(assignment.value); }
  void visit(Returning& returning) { visit(returning.fields); }
  void visit(Conflict& conflict) {
    visit(conflict.target);
    visit(conflict.target_where);
    visit(conflict.set);
    visit(conflict.set_where);
  }

  template <class Node>
  void visit_range(Node& node) {
    visit(node.order_by);
    visit(node.limit);
    visit(node.offset);
  }
  template <class Item>
  void visit(std::vector<Item>& items) {
    for (Item& item : items) visit(item);
  }
  template <class Item>
  void visit(std::optional<Item>& item) {
    if (item) visit(*item);
  }
  /// Subtrees are shared between queries, so the pass changes its own copy.
  template <class Node>
  void visit(std::shared_ptr<const Node>& node) {
    auto own = std::make_shared<Node>(*node);
    visit(*own);
    node = std::move(own);
  }

  Parameterized& result_;
};

}  // namespace

Parameterized parameterize(Query query, std::vector<Value> values) {
  Parameterized result{std::move(query), std::move(values)};
  Pass pass(result);
  std::visit([&](auto& kind) { pass.visit(kind); }, result.query);
  return result;
}

}  // namespace virga::ast
