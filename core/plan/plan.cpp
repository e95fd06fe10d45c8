#include "plan/plan.h"

#include <algorithm>
#include <utility>

#include "plan/join.h"
#include "plan/page.h"
#include "plan/steady.h"
#include "schema/affinity.h"

namespace virga::plan {
namespace {

using bound::Expr;

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

/// A loop's statement for all keys from the first key parameter to the second, in order of the key.
bound::Select for_ranges(bound::Select select, const Expr& key) {
  auto& where = std::get<bound::Call>(select.where->node);
  // The key stands before a filter.
  auto& equals = where.op == Operator::eq ? where : std::get<bound::Call>(where.args.front().node);
  equals = {Operator::between, {key, {bound::KeyParam{0}}, {bound::KeyParam{1}}}};
  if (!select.order_by.empty()) select.order_by.insert(select.order_by.begin(), {key});
  return select;
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
  Planner(const schema::Schema& schema, const Setting& setting)
      : schema_(schema), setting_(setting) {}

  Plan find(const bound::Find& find);
  Plan rows(bound::Statement statement, std::string path, const bound::Output& output);
  Plan raw(const bound::Raw& raw);

 private:
  const schema::Column& column(const bound::ColumnRef& ref) const {
    return schema_.tables[ref.table].columns[ref.column];
  }
  schema::Access access(const std::vector<bound::ColumnRef>& key) const;
  bool comparable(const bound::Child& child) const;
  Strategy strategy(const Parents& parents, const bound::Child& child) const;
  bool reads_ranges(const bound::Child& child) const;
  bool leaves_index(const Expr& filter) const;
  bool wants_all(const Parents& parents, const bound::Child& child) const;
  bool restricts(const Parents& parents, const bound::Child& child) const;
  bool unique(const std::vector<bound::ColumnRef>& key) const {
    return access(key) == schema::Access::unique;
  }
  bool joinable(std::size_t parent, const Parents& parents, const bound::Child& child) const;
  std::vector<bound::Field>& fields_of(std::size_t step);
  std::vector<std::size_t> slots(std::size_t step, const std::vector<bound::ColumnRef>& columns);
  ShapeField field(const bound::Field& field, std::size_t slot) const;
  std::vector<ShapeField> fields(const std::vector<bound::Member>& members,
                                 const bound::Output& output) const;
  ShapeNode node(std::size_t step, const bound::Output& output) const;
  bool join(Step& step, const bound::Child& child);
  void separate(Step& step, const bound::Child& child, const Parents& parents);
  void child(const bound::Child& child, std::size_t parent, const Parents& parents,
             ShapeNode& shape);
  Parents below(const bound::Select& select, const Parents& above, Strategy strategy,
                const bound::Child* child) const;

  const schema::Schema& schema_;
  const Setting& setting_;
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

/// Whether plain equality says which keys are equal, whichever side SQLite looks from.
bool Planner::comparable(const bound::Child& child) const {
  for (std::size_t i = 0; i < child.child_key.size(); ++i)
    if (!same_comparison(column(child.parent_key[i]), column(child.child_key[i]))) return false;
  return true;
}

/// How the rows with a given key are found.
schema::Access Planner::access(const std::vector<bound::ColumnRef>& key) const {
  const schema::Table& table = schema_.tables[key.front().table];
  const auto columns = positions(key);
  if (setting_.access)
    if (const auto known = setting_.access(table, columns)) return *known;
  if (schema::is_unique(table, columns)) return schema::Access::unique;
  return schema::indexed(table, columns) ? schema::Access::index : schema::Access::scan;
}

Strategy Planner::strategy(const Parents& parents, const bound::Child& child) const {
  const bound::Select& select = child.level.select;
  if (select.limit || select.offset) return Strategy::loop;
  if (!comparable(child)) return Strategy::loop;
  // Without an index each run of a loop would read the whole child table; one run of a batch that
  // does not say which parents are meant reads it once.
  const bool few = parents.limited || parents.unsteady;
  return few && access(child.child_key) != schema::Access::scan ? Strategy::loop : Strategy::batch;
}

/// Whether a loop over the child may read the children of many keys at once.
bool Planner::reads_ranges(const bound::Child& child) const {
  const bound::Select& select = child.level.select;
  return child.kind == schema::Cardinality::many && child.child_key.size() == 1 &&
         comparable(child) && (!select.where || leaves_index(*select.where)) && !select.limit &&
         !select.offset;
}

/// Whether a filter surely has no index of its own, which SQLite could prefer to that of a range of
/// keys, and read anew for each range.
bool Planner::leaves_index(const Expr& filter) const {
  return std::visit(
      overloaded{[](const bound::Param&) { return true; },
                 [](const bound::Literal&) { return true; },
                 [&](const bound::ColumnRef& ref) { return access({ref}) == schema::Access::scan; },
                 [&](const bound::Call& call) {
                   return std::all_of(call.args.begin(), call.args.end(),
                                      [&](const Expr& arg) { return leaves_index(arg); });
                 },
                 [](const auto&) { return false; }},
      filter.node);
}

/// Whether the rows of the child's table are mostly those wanted: unfiltered parents usually want
/// every child. Only a look-up of the child by its primary key could read many rows that no parent
/// points to.
bool Planner::wants_all(const Parents& parents, const bound::Child& child) const {
  if (parents.limited || parents.filtered) return false;
  const schema::Table& keyed = schema_.tables[child.child_key.front().table];
  return !schema::is_primary_key(keyed, positions(child.child_key));
}

/// Whether a batch says which parents it is for. A filter of the parents is repeated when it surely
/// gives the same answer again.
bool Planner::restricts(const Parents& parents, const bound::Child& child) const {
  return !parents.limited && !parents.unsteady && !wants_all(parents, child);
}

/// Whether the child's rows may come with those of the parent, found by their unique key. One child
/// can be the child of many parents: then it is read and copied for each of them, which is worth it
/// for few of them only. All children are read faster in the order of their table. A batch below
/// limited parents reads more rows than are theirs.
bool Planner::joinable(std::size_t parent, const Parents& parents,
                       const bound::Child& child) const {
  const Step& carrier = plan_.steps[plan_.steps[parent].stitch.carrier];
  if (carrier.stitch.strategy == Strategy::batch && parents.limited) return false;
  if (child.kind != schema::Cardinality::one || !comparable(child)) return false;
  if (!unique(child.child_key)) return false;
  if (parents.limited) return true;
  // Of a key that may be null, most rows could have no parent.
  const bool has_parent = std::all_of(child.child_key.begin(), child.child_key.end(),
                                      [&](const auto& key) { return column(key).not_null; });
  return unique(child.parent_key) && !(has_parent && wants_all(parents, child));
}

std::vector<bound::Field>& Planner::fields_of(std::size_t step) {
  const std::size_t carrier = plan_.steps[step].stitch.carrier;
  return std::get<bound::Select>(plan_.steps[carrier].statement).output.fields;
}

/// Slots of the step's row that hold these columns; appended behind the visible ones when no field
/// reads the column.
std::vector<std::size_t> Planner::slots(std::size_t step,
                                        const std::vector<bound::ColumnRef>& columns) {
  auto& fields = fields_of(step);
  std::vector<std::size_t> result;
  for (bound::ColumnRef wanted : columns) {
    if (wanted.source.empty()) wanted.source = plan_.steps[step].alias;
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
  if (child && above.filtered && strategy != Strategy::loop && !parents.limited &&
      !parents.unsteady)
    add_condition(parents.select.where, in_parents(above, *child));
  return parents;
}

/// Makes the step a part of the statement that gives its parent's rows, where it can be one.
bool Planner::join(Step& step, const bound::Child& child) {
  const Step& parent = plan_.steps[step.stitch.parent];
  auto& select = std::get<bound::Select>(plan_.steps[parent.stitch.carrier].statement);
  auto joined = plan::join(child, select, parent.alias, schema_);
  if (!joined) return false;
  step.alias = joined->alias;
  step.stitch.strategy = Strategy::join;
  step.stitch.carrier = parent.stitch.carrier;
  step.stitch.first = select.output.fields.size();
  select.joins.push_back(std::move(joined->join));
  for (bound::Field& field : joined->fields) select.output.fields.push_back(std::move(field));
  return true;
}

/// Gives the step a statement of its own.
void Planner::separate(Step& step, const bound::Child& child, const Parents& parents) {
  step.stitch.strategy = strategy(parents, child);
  step.stitch.parent_slots = slots(step.stitch.parent, child.parent_key);
  bound::Select select = child.level.select;
  if (step.stitch.strategy == Strategy::loop) {
    add_condition(select.where, equals_key(child.child_key));
    if (child.kind == schema::Cardinality::one && !select.limit)
      select.limit = Expr{bound::Literal{std::int64_t{1}}, schema::Codec::integer, false};
  } else if (restricts(parents, child)) {
    add_condition(select.where, in_parents(parents, child));
  }
  step.stitch.pairs = step.stitch.strategy == Strategy::batch &&
                      child.kind == schema::Cardinality::one && unique(child.child_key) &&
                      unique(child.parent_key);
  step.statement = std::move(select);
}

void Planner::child(const bound::Child& child, std::size_t parent, const Parents& parents,
                    ShapeNode& shape) {
  const std::size_t index = plan_.steps.size();
  Step step;
  step.path = plan_.steps[parent].path + "." + child.name;
  step.stitch.parent = parent;
  step.stitch.carrier = index;
  step.stitch.kind = child.kind;
  step.stitch.visible = child.level.select.output.fields.size();
  if (!joinable(parent, parents, child) || !join(step, child)) separate(step, child, parents);
  const Strategy how = step.stitch.strategy;
  plan_.steps.push_back(std::move(step));
  plan::Stitch& stitch = plan_.steps[index].stitch;
  if (how == Strategy::batch || (how == Strategy::loop && reads_ranges(child)))
    stitch.child_slots = slots(index, child.child_key);
  if (how == Strategy::join) stitch.present = slots(index, child.child_key).front();
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
  Parents all;
  all.limited = setting_.reading == Reading::chunks;
  const Parents parents = below(select, all, Strategy::root, nullptr);
  for (const bound::Child& each : find.level.children) child(each, 0, parents, plan_.shape.root);
  for (Step& step : plan_.steps) {
    const auto* own = std::get_if<bound::Select>(&step.statement);
    if (!own) continue;
    step.stitch.columns = own->output.fields.size();
    if (step.stitch.strategy == Strategy::loop && !step.stitch.child_slots.empty())
      step.ranges = for_ranges(*own, own->output.fields[step.stitch.child_slots.front()].expr);
  }
  return std::move(plan_);
}

Plan Planner::rows(bound::Statement statement, std::string path, const bound::Output& output) {
  Plan plan;
  Step step;
  step.path = std::move(path);
  step.stitch.visible = step.stitch.columns = output.fields.size();
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

Plan plan(const bound::Query& query, std::size_t parameters, const schema::Schema& schema,
          const Setting& setting) {
  Planner planner(schema, setting);
  Plan result = std::visit(
      overloaded{[&](const bound::Find& find) { return planner.find(find); },
                 [&](const bound::Select& select) {
                   const auto paged = page(select, schema, setting);
                   return planner.rows(paged ? *paged : select, path_of(select.from, schema),
                                       select.output);
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
