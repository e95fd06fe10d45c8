#include "plan/plan.h"

#include <algorithm>
#include <utility>

#include "schema/affinity.h"

namespace virga::plan {
namespace {

using bound::Expr;

bool has_sql_text(const Expr& expr) {
  if (std::holds_alternative<bound::Sql>(expr.node)) return true;
  const auto* call = std::get_if<bound::Call>(&expr.node);
  return call && std::any_of(call->args.begin(), call->args.end(), has_sql_text);
}

/// Which parents a step's rows belong to, as far as a statement of its own could say it again.
struct Parents {
  bool limited = false;   ///< an ancestor keeps only some of its matching rows
  bool unsteady = false;  ///< an ancestor's filter holds SQL text that may not repeat its answer
  bool filtered = false;  ///< an ancestor leaves rows out
  bound::Select select;   ///< the parent's own statement, without order and fields
};

bool same_comparison(const schema::Column& a, const schema::Column& b) {
  const auto plain = [](const schema::Column& column) {
    return column.type.find("collate") == std::string::npos &&
           column.type.find("COLLATE") == std::string::npos;
  };
  return plain(a) && plain(b) && schema::affinity(a.type) == schema::affinity(b.type);
}

Expr column_expr(std::size_t table, std::size_t column) {
  return Expr{bound::ColumnRef{table, column}, schema::Codec::any, true};
}

std::vector<Expr> column_exprs(std::size_t table, const std::vector<std::size_t>& columns) {
  std::vector<Expr> exprs;
  for (const std::size_t column : columns) exprs.push_back(column_expr(table, column));
  return exprs;
}

void add_condition(std::optional<Expr>& where, Expr condition) {
  if (!where) {
    where = std::move(condition);
    return;
  }
  std::vector<Expr> terms;
  terms.push_back(std::move(condition));
  terms.push_back(std::move(*where));
  where = Expr{bound::Call{Operator::logical_and, std::move(terms)}, schema::Codec::boolean, true};
}

/// The key columns of a row equal the parent's key, one by one.
Expr equals_key(std::size_t table, const std::vector<std::size_t>& columns) {
  std::vector<Expr> terms;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    std::vector<Expr> sides{column_expr(table, columns[i]), Expr{bound::KeyParam{i}}};
    terms.push_back(
        Expr{bound::Call{Operator::eq, std::move(sides)}, schema::Codec::boolean, true});
  }
  if (terms.size() == 1) return std::move(terms.front());
  return Expr{bound::Call{Operator::logical_and, std::move(terms)}, schema::Codec::boolean, true};
}

/// The parent's rows as a subquery giving its key columns.
Expr in_parents(const Parents& parents, const bound::Child& child) {
  bound::Select keys = parents.select;
  keys.fields.clear();
  for (Expr& expr : column_exprs(keys.table, child.parent_columns))
    keys.fields.push_back({"", std::move(expr)});
  return Expr{bound::InSelect{column_exprs(child.level.select.table, child.child_columns),
                              std::make_shared<const bound::Select>(std::move(keys))},
              schema::Codec::boolean, true};
}

class Planner {
 public:
  explicit Planner(const schema::Schema& schema) : schema_(schema) {}

  Plan find(const bound::Find& find);
  Plan rows(bound::Statement statement, std::size_t table, const std::vector<bound::Field>& fields);

 private:
  Strategy strategy(const Parents& parents, const bound::Child& child) const;
  bool restricts(const Parents& parents, const bound::Child& child) const;
  std::vector<std::size_t> slots(std::size_t step, const std::vector<std::size_t>& columns);
  ShapeNode node(std::size_t step, const std::vector<bound::Field>& fields) const;
  void children(const bound::Level& level, std::size_t step, const Parents& parents,
                ShapeNode& shape);
  void child(const bound::Child& child, std::size_t parent, const Parents& parents,
             ShapeNode& shape);
  Parents below(const bound::Select& select, const Parents& above, Strategy strategy,
                const bound::Child* child) const;

  const schema::Schema& schema_;
  Plan plan_;
};

ShapeNode Planner::node(std::size_t step, const std::vector<bound::Field>& fields) const {
  ShapeNode node;
  node.step = step;
  for (std::size_t slot = 0; slot < fields.size(); ++slot) {
    ShapeField field{fields[slot].as, slot, fields[slot].expr.codec, {}, {}};
    if (const auto* ref = std::get_if<bound::ColumnRef>(&fields[slot].expr.node)) {
      const schema::Table& table = schema_.tables[ref->table];
      field.table = table.key;
      field.column = table.columns[ref->column].key;
    }
    node.fields.push_back(std::move(field));
  }
  return node;
}

Strategy Planner::strategy(const Parents& parents, const bound::Child& child) const {
  const bound::Select& select = child.level.select;
  const schema::Table& parent_table = schema_.tables[parents.select.table];
  const schema::Table& child_table = schema_.tables[select.table];
  if (select.limit || select.offset) return Strategy::loop;
  for (std::size_t i = 0; i < child.child_columns.size(); ++i)
    if (!same_comparison(parent_table.columns[child.parent_columns[i]],
                         child_table.columns[child.child_columns[i]]))
      return Strategy::loop;
  // Without an index each run of a loop would read the whole child table; one run of a batch that
  // does not say which parents are meant reads it once.
  if (parents.limited || parents.unsteady)
    return schema::indexed(child_table, child.child_columns) ? Strategy::loop : Strategy::batch;
  return Strategy::batch;
}

/// Whether a batch says which parents it is for. A filter of the parents is repeated when it surely
/// gives the same answer again. Unfiltered parents usually want every child; only a look-up of the
/// child by its primary key could read many rows that no parent points to.
bool Planner::restricts(const Parents& parents, const bound::Child& child) const {
  if (parents.limited || parents.unsteady) return false;
  return parents.filtered ||
         schema::is_primary_key(schema_.tables[child.level.select.table], child.child_columns);
}

/// Slots of the step's row that hold these columns; appended behind the visible ones when no field
/// reads the column as it is stored.
std::vector<std::size_t> Planner::slots(std::size_t step, const std::vector<std::size_t>& columns) {
  auto& select = std::get<bound::Select>(plan_.steps[step].statement);
  std::vector<std::size_t> result;
  for (const std::size_t column : columns) {
    const auto found =
        std::find_if(select.fields.begin(), select.fields.end(), [&](const auto& field) {
          const auto* ref = std::get_if<bound::ColumnRef>(&field.expr.node);
          return ref && ref->column == column && field.expr.codec != schema::Codec::numeric &&
                 field.expr.codec != schema::Codec::numeric_bigint;
        });
    result.push_back(static_cast<std::size_t>(found - select.fields.begin()));
    if (found == select.fields.end())
      select.fields.push_back({"", column_expr(select.table, column)});
  }
  return result;
}

Parents Planner::below(const bound::Select& select, const Parents& above, Strategy strategy,
                       const bound::Child* child) const {
  Parents parents;
  parents.select.table = select.table;
  parents.select.where = select.where;
  parents.limited = above.limited || select.limit || select.offset;
  parents.unsteady = above.unsteady || (select.where && has_sql_text(*select.where));
  parents.filtered = above.filtered || select.where.has_value();
  if (child && above.filtered && strategy == Strategy::batch && !parents.limited &&
      !parents.unsteady)
    add_condition(parents.select.where, in_parents(above, *child));
  return parents;
}

void Planner::child(const bound::Child& child, std::size_t parent, const Parents& parents,
                    ShapeNode& shape) {
  const std::size_t index = plan_.steps.size();
  Step step;
  step.path = plan_.steps[parent].path + "." + child.name;
  step.stitch.strategy = strategy(parents, child);
  step.stitch.parent = parent;
  step.stitch.kind = child.kind;
  step.stitch.parent_slots = slots(parent, child.parent_columns);
  bound::Select select = child.level.select;
  step.stitch.visible = select.fields.size();
  if (step.stitch.strategy == Strategy::loop) {
    add_condition(select.where, equals_key(select.table, child.child_columns));
    if (child.kind == schema::Cardinality::one && !select.limit)
      select.limit = Expr{bound::Constant{1}, schema::Codec::integer, false};
  } else if (restricts(parents, child)) {
    add_condition(select.where, in_parents(parents, child));
  }
  step.statement = std::move(select);
  plan_.steps.push_back(std::move(step));
  if (plan_.steps[index].stitch.strategy == Strategy::batch)
    plan_.steps[index].stitch.child_slots = slots(index, child.child_columns);
  ShapeNode below_shape = node(index, child.level.select.fields);
  below_shape.name = child.name;
  below_shape.kind = child.kind;
  const Strategy how = plan_.steps[index].stitch.strategy;
  children(child.level, index, below(child.level.select, parents, how, &child), below_shape);
  shape.children.push_back(std::move(below_shape));
}

void Planner::children(const bound::Level& level, std::size_t step, const Parents& parents,
                       ShapeNode& shape) {
  for (const bound::Child& below_child : level.children) child(below_child, step, parents, shape);
}

Plan Planner::find(const bound::Find& find) {
  const bound::Select& select = find.level.select;
  Step root;
  root.path = schema_.tables[select.table].key;
  root.statement = select;
  root.stitch.visible = select.fields.size();
  plan_.steps.push_back(std::move(root));
  plan_.shape = {true, find.first, node(0, select.fields)};
  children(find.level, 0, below(select, Parents{}, Strategy::root, nullptr), plan_.shape.root);
  return std::move(plan_);
}

Plan Planner::rows(bound::Statement statement, std::size_t table,
                   const std::vector<bound::Field>& fields) {
  Step step;
  step.path = schema_.tables[table].key;
  step.stitch.visible = fields.size();
  plan_.shape = {!fields.empty(), false, node(0, fields)};
  step.statement = std::move(statement);
  plan_.steps.push_back(std::move(step));
  return std::move(plan_);
}

}  // namespace

Plan plan(const bound::Query& query, std::size_t parameters, const schema::Schema& schema) {
  Planner planner(schema);
  Plan result = std::visit(overloaded{[&](const bound::Find& find) { return planner.find(find); },
                                      [&](const bound::Select& select) {
                                        return planner.rows(select, select.table, select.fields);
                                      },
                                      [&](const auto& write) {
                                        return planner.rows(write, write.table, write.returning);
                                      }},
                           query);
  result.parameters = parameters;
  result.writes =
      !std::holds_alternative<bound::Find>(query) && !std::holds_alternative<bound::Select>(query);
  return result;
}

}  // namespace virga::plan
