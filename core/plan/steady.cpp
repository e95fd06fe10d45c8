#include "plan/steady.h"

#include <algorithm>
#include <variant>

namespace virga::plan {

using bound::Expr;

namespace {

/// A nested select that only filters one table and joins others.
bool filters(const bound::Select& select) {
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

}  // namespace

bool steady(const Expr& expr) {
  const auto all = [](const std::vector<Expr>& exprs) {
    return std::all_of(exprs.begin(), exprs.end(), [](const Expr& each) { return steady(each); });
  };
  return std::visit(
      overloaded{[](const bound::Sql&) { return false; },
                 [](const bound::SourceRef&) { return false; },
                 // The name of an output field means nothing in another statement.
                 [](const bound::OutputRef& ref) { return !ref.source.empty(); },
                 [&](const bound::Call& call) { return all(call.args); },
                 [&](const bound::FunctionCall& call) { return all(call.args); },
                 [](const bound::Subquery& nested) { return filters(*nested.select); },
                 [&](const bound::InSelect& in) { return all(in.operands) && filters(*in.select); },
                 [](const auto&) { return true; }},
      expr.node);
}

}  // namespace virga::plan
