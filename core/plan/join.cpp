#include "plan/join.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/text.h"
#include "plan/steady.h"

namespace virga::plan {

using bound::Expr;

namespace {

bool fits(const std::optional<Expr>& expr) { return !expr || steady(*expr); }

bool takes_joins(const bound::Select& select) {
  return fits(select.where) && fits(select.limit) && fits(select.offset) &&
         std::all_of(select.order_by.begin(), select.order_by.end(),
                     [](const bound::Order& order) { return steady(order.by); }) &&
         std::all_of(select.output.fields.begin(), select.output.fields.end(),
                     [](const bound::Field& field) { return steady(field.expr); });
}

/// Calls the only table of an expression by its alias; false when the expression may speak of
/// others.
bool call_table(Expr& expr, const std::string& alias) {
  return std::visit(
      overloaded{[&](bound::ColumnRef& ref) {
                   ref.source = alias;
                   return true;
                 },
                 [&](bound::Call& call) {
                   return std::all_of(call.args.begin(), call.args.end(),
                                      [&](Expr& arg) { return call_table(arg, alias); });
                 },
                 [](const bound::Param&) { return true; },
                 [](const bound::Literal&) { return true; }, [](const auto&) { return false; }},
      expr.node);
}

std::string name_of(const bound::Source& source, const schema::Schema& schema) {
  const auto* table = std::get_if<bound::TableSource>(&source.from);
  return source.alias.empty() && table ? schema.tables[table->table].name : source.alias;
}

/// The relation's name, made different from all that the statement names already.
std::string free_alias(const std::string& relation, const bound::Select& select,
                       const schema::Schema& schema) {
  std::vector<std::string> taken{text::lower(name_of(select.from, schema))};
  for (const bound::Join& join : select.joins)
    taken.push_back(text::lower(name_of(join.source, schema)));
  std::string alias = relation;
  while (std::find(taken.begin(), taken.end(), text::lower(alias)) != taken.end()) alias += '_';
  return alias;
}

}  // namespace

std::optional<Joined> join(const bound::Child& child, const bound::Select& carrier,
                           const std::string& parent, const schema::Schema& schema) {
  const bound::Select& select = child.level.select;
  if (select.limit || select.offset || !select.joins.empty() || !takes_joins(carrier)) return {};
  Joined joined{{JoinKind::left, {}, {}}, select.output.fields, {}};
  joined.alias = free_alias(child.name, carrier, schema);
  joined.join.source = {select.from.from, joined.alias};
  std::vector<Expr> terms;
  for (std::size_t i = 0; i < child.child_key.size(); ++i) {
    bound::ColumnRef outside = child.parent_key[i], inside = child.child_key[i];
    outside.source = parent;
    inside.source = joined.alias;
    std::vector<Expr> sides{{std::move(inside)}, {std::move(outside)}};
    terms.push_back({bound::Call{Operator::eq, std::move(sides)}});
  }
  if (select.where) terms.push_back(*select.where);
  for (Expr& term : std::span(terms).subspan(child.child_key.size()))
    if (!call_table(term, joined.alias)) return {};
  for (bound::Field& field : joined.fields)
    if (!call_table(field.expr, joined.alias)) return {};
  joined.join.on = terms.size() == 1 ? std::move(terms.front())
                                     : Expr{bound::Call{Operator::logical_and, std::move(terms)}};
  return joined;
}

}  // namespace virga::plan
