#include "plan/plan.h"

#include <algorithm>
#include <utility>

#include "schema/affinity.h"

namespace virga::plan {
namespace {

using bound::Expr;

bool steady(const bound::Select& select);

/// Whether an expression surely gives the same value again: SQL text might not.
bool steady(const Expr& expr) {
  const auto all = [](const std::vector<Expr>& exprs) {
    return std::all_of(exprs.begin(), exprs.end(), [](const Expr& each) { return steady(each); });
  };
  return std::visit(
      overloaded{[](const bound::Sql&) { return false; },
                 [](const bound::SourceRef&) { return false; },
                 [&](const bound::Call& call) { return all(call.args); },
                 [&](const bound::FunctionCall& call) { return all(call.args); },
                 [](const bound::Subquery& nested) { return steady(*nested.select); },
                 [&](const bound::InSelect& in) { return all(in.operands) && steady(*in.select); },
                 [](const auto&) { return true; }},
      expr.node);
}

/// A nested select that only filters one table and joins others.
bool steady(const bound::Select& select) {
  const auto table = [](const bound::Source& source) {
    return std::holds_alternative<bound::TableSource>(source.from);
  };
  return table(select.from) && !select.limit && !select.offset && select.compounds.empty() &&
         !select.having && (!select.where || steady(*select.where)) &&
         std::all_of(select.joins.begin(), select.joins.end(),
                     [&](const bound::Join& join) {
                       return table(join.source) && (!join.on || steady(*join.on));
                     }) &&
         std::all_of(select.output.fields.begin(), select.output.fields.end(),
                     [](const bound::Field& field) { return steady(field.expr); });
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

void add_condition(std::optional<Expr>& where, Expr condition) {
  if (!where) {
    where = std::move(condition);
    return;
  }
  std::vector<Expr> terms;
  terms.push_back(std::move(condition));
  terms.push_back(std::move(*where));
  where = Expr{bound::Call{Operator::logical_and, std::move(terms)}};
}

/// The key columns of a row equal the parent's key, one by one.
Expr equals_key(const std::vector<bound::ColumnRef>& columns) {
  std::vector<Expr> terms;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    std::vector<Expr> sides{{columns[i]}, {bound::KeyParam{i}}};
    terms.push_back(Expr{bound::Call{Operator::eq, std::move(sides)}});
  }
  if (terms.size() == 1) return std::move(terms.front());
  return Expr{bound::Call{Operator::logical_and, std::move(terms)}};
}

/// The parent's rows as a subquery giving its key columns.
Expr in_parents(const Parents& parents, const bound::Child& child) {
  bound::Select keys = parents.select;
  for (const bound::ColumnRef& column : child.parent_key)
    keys.output.fields.push_back({"", {column}});
  bound::InSelect in{{}, std::make_shared<const bound::Select>(std::move(keys)), false};
  for (const bound::ColumnRef& column : child.child_key) in.operands.push_back({column});
  return Expr{std::move(in)};
}

/// The positions of a key's columns in their table.
std::vector<std::size_t> positions(const std::vector<bound::ColumnRef>& key) {
  std::vector<std::size_t> result;
  for (const bound::ColumnRef& column : key) result.push_back(column.column);
  return result;
}

class Planner {
 public:
  explicit Planner(const schema::Schema& schema) : schema_(schema) {}

  Plan find(const bound::Find& find);
  Plan rows(bound::Statement statement, std::string path, const bound::Output& output);
  Plan raw(const bound::Raw& raw);

 private:
  const schema::Column& column(const bound::ColumnRef& ref) const {
    return schema_.tables[ref.table].columns[ref.column];
  }
  Strategy strategy(const Parents& parents, const bound::Child& child) const;
  bool restricts(const Parents& parents, const bound::Child& child) const;
  std::vector<std::size_t> slots(std::size_t step, const std::vector<bound::ColumnRef>& columns);
  ShapeField field(const bound::Field& field, std::size_t slot) const;
  std::vector<ShapeField> fields(const std::vector<bound::Member>& members,
                                 const bound::Output& output) const;
  ShapeNode node(std::size_t step, const bound::Output& output) const;
  void child(const bound::Child& child, std::size_t parent, const Parents& parents,
             ShapeNode& shape);
  Parents below(const bound::Select& select, const Parents& above, Strategy strategy,
                const bound::Child* child) const;

  const schema::Schema& schema_;
  Plan plan_;
};

ShapeField Planner::field(const bound::Field& field, std::size_t slot) const {
  ShapeField result{field.as, slot, field.expr.codec, {}, {}, {}, {}};
  if (const auto& origin = field.expr.origin) {
    const schema::Table& table = schema_.tables[origin->table];
    result.table = table.key;
    result.column = table.columns[origin->column].key;
  }
  return result;
}

std::vector<ShapeField> Planner::fields(const std::vector<bound::Member>& members,
                                        const bound::Output& output) const {
  std::vector<ShapeField> result;
  for (const bound::Member& member : members) {
    if (member.members.empty()) {
      result.push_back(field(output.fields[member.slot], member.slot));
    } else {
      result.emplace_back();
      result.back().fields = fields(member.members, output);
      result.back().present = member.present;
    }
    result.back().name = member.as;
  }
  return result;
}

ShapeNode Planner::node(std::size_t step, const bound::Output& output) const {
  ShapeNode node;
  node.step = step;
  node.fields = fields(output.members, output);
  if (!output.members.empty()) return node;
  for (std::size_t slot = 0; slot < output.fields.size(); ++slot)
    node.fields.push_back(field(output.fields[slot], slot));
  return node;
}

Strategy Planner::strategy(const Parents& parents, const bound::Child& child) const {
  const bound::Select& select = child.level.select;
  if (select.limit || select.offset) return Strategy::loop;
  for (std::size_t i = 0; i < child.child_key.size(); ++i)
    if (!same_comparison(column(child.parent_key[i]), column(child.child_key[i])))
      return Strategy::loop;
  // Without an index each run of a loop would read the whole child table; one run of a batch that
  // does not say which parents are meant reads it once.
  const schema::Table& keyed = schema_.tables[child.child_key.front().table];
  if (parents.limited || parents.unsteady)
    return schema::indexed(keyed, positions(child.child_key)) ? Strategy::loop : Strategy::batch;
  return Strategy::batch;
}

/// Whether a batch says which parents it is for. A filter of the parents is repeated when it surely
/// gives the same answer again. Unfiltered parents usually want every child; only a look-up of the
/// child by its primary key could read many rows that no parent points to.
bool Planner::restricts(const Parents& parents, const bound::Child& child) const {
  if (parents.limited || parents.unsteady) return false;
  const schema::Table& keyed = schema_.tables[child.child_key.front().table];
  return parents.filtered || schema::is_primary_key(keyed, positions(child.child_key));
}

/// Slots of the step's row that hold these columns; appended behind the visible ones when no field
/// reads the column.
std::vector<std::size_t> Planner::slots(std::size_t step,
                                        const std::vector<bound::ColumnRef>& columns) {
  auto& fields = std::get<bound::Select>(plan_.steps[step].statement).output.fields;
  std::vector<std::size_t> result;
  for (const bound::ColumnRef& wanted : columns) {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const auto& field) {
      const auto* ref = std::get_if<bound::ColumnRef>(&field.expr.node);
      return ref && ref->column == wanted.column && ref->source == wanted.source;
    });
    result.push_back(static_cast<std::size_t>(found - fields.begin()));
    if (found == fields.end()) fields.push_back({"", {wanted}});
  }
  return result;
}

Parents Planner::below(const bound::Select& select, const Parents& above, Strategy strategy,
                       const bound::Child* child) const {
  Parents parents;
  parents.select.from = select.from;
  parents.select.joins = select.joins;
  parents.select.where = select.where;
  parents.limited = above.limited || select.limit || select.offset;
  parents.unsteady = above.unsteady || (select.where && !steady(*select.where));
  parents.filtered = above.filtered || select.where || !select.joins.empty();
  if (child && above.filtered && strategy == Strategy::batch && !parents.limited &&
      !parents.unsteady)
    add_condition(parents.select.where, in_parents(above, *child));
  return parents;
}

void Planner::child(const bound::Child& child, std::size_t parent, const Parents& parents,
                    ShapeNode& shape) {
  const std::size_t index = plan_.steps.size();
  const Strategy how = strategy(parents, child);
  Step step;
  step.path = plan_.steps[parent].path + "." + child.name;
  step.stitch = {how, parent, child.kind, slots(parent, child.parent_key), {}, 0};
  bound::Select select = child.level.select;
  step.stitch.visible = select.output.fields.size();
  if (how == Strategy::loop) {
    add_condition(select.where, equals_key(child.child_key));
    if (child.kind == schema::Cardinality::one && !select.limit)
      select.limit = Expr{bound::Literal{std::int64_t{1}}, schema::Codec::integer, false};
  } else if (restricts(parents, child)) {
    add_condition(select.where, in_parents(parents, child));
  }
  step.statement = std::move(select);
  plan_.steps.push_back(std::move(step));
  if (how == Strategy::batch) plan_.steps[index].stitch.child_slots = slots(index, child.child_key);
  ShapeNode own = node(index, child.level.select.output);
  own.name = child.name;
  own.kind = child.kind;
  const Parents own_parents = below(child.level.select, parents, how, &child);
  for (const bound::Child& next : child.level.children) this->child(next, index, own_parents, own);
  shape.children.push_back(std::move(own));
}

Plan Planner::find(const bound::Find& find) {
  const bound::Select& select = find.level.select;
  Plan root = rows(select, schema_.tables[select.table()].key, select.output);
  plan_ = std::move(root);
  plan_.shape.kind = ShapeKind::rows;
  plan_.shape.first = find.first;
  const Parents parents = below(select, Parents{}, Strategy::root, nullptr);
  for (const bound::Child& each : find.level.children) child(each, 0, parents, plan_.shape.root);
  return std::move(plan_);
}

Plan Planner::rows(bound::Statement statement, std::string path, const bound::Output& output) {
  Plan plan;
  Step step;
  step.path = std::move(path);
  step.stitch.visible = output.fields.size();
  step.statement = std::move(statement);
  plan.steps.push_back(std::move(step));
  const auto kind = output.fields.empty() ? ShapeKind::run : ShapeKind::rows;
  plan.shape = {kind, false, node(0, output)};
  return plan;
}

Plan Planner::raw(const bound::Raw& raw) {
  Plan plan = rows(raw, "raw", {});
  plan.shape.kind = ShapeKind::raw;
  return plan;
}

std::string path_of(const bound::Source& source, const schema::Schema& schema) {
  return std::visit(
      overloaded{[&](const bound::TableSource& of) { return schema.tables[of.table].key; },
                 [](const bound::CteSource& of) { return of.name; },
                 [&](const auto&) { return source.alias.empty() ? "sql" : source.alias; }},
      source.from);
}

}  // namespace

Plan plan(const bound::Query& query, std::size_t parameters, const schema::Schema& schema) {
  Planner planner(schema);
  Plan result = std::visit(
      overloaded{[&](const bound::Find& find) { return planner.find(find); },
                 [&](const bound::Select& select) {
                   return planner.rows(select, path_of(select.from, schema), select.output);
                 },
                 [&](const bound::Raw& raw) { return planner.raw(raw); },
                 [&](const auto& write) {
                   return planner.rows(write, schema.tables[write.table].key, write.returning);
                 }},
      query);
  result.parameters = parameters;
  result.writes =
      !std::holds_alternative<bound::Find>(query) && !std::holds_alternative<bound::Select>(query);
  return result;
}

}  // namespace virga::plan
