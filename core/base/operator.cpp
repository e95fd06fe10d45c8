#include "base/operator.h"

#include <algorithm>
#include <array>
#include <limits>

namespace virga {
namespace {

constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();

// In the order of the enumeration, so that an operator is its own index.
constexpr std::array<OperatorTraits, 21> table{{
    {Operator::eq, "eq", "=", 2, 2},
    {Operator::ne, "ne", "<>", 2, 2},
    {Operator::gt, "gt", ">", 2, 2},
    {Operator::gte, "gte", ">=", 2, 2},
    {Operator::lt, "lt", "<", 2, 2},
    {Operator::lte, "lte", "<=", 2, 2},
    {Operator::logical_and, "and", "and", 1, unlimited},
    {Operator::logical_or, "or", "or", 1, unlimited},
    {Operator::logical_not, "not", "not", 1, 1},
    {Operator::is_null, "isNull", "is null", 1, 1},
    {Operator::is_not_null, "isNotNull", "is not null", 1, 1},
    {Operator::in, "in", "in", 1, unlimited},
    {Operator::not_in, "notIn", "not in", 1, unlimited},
    {Operator::between, "between", "between", 3, 3},
    {Operator::not_between, "notBetween", "not between", 3, 3},
    {Operator::like, "like", "like", 2, 2},
    {Operator::not_like, "notLike", "not like", 2, 2},
    {Operator::ilike, "ilike", "like", 2, 2},
    {Operator::not_ilike, "notIlike", "not like", 2, 2},
    {Operator::exists, "exists", "exists", 1, 1},
    {Operator::not_exists, "notExists", "not exists", 1, 1},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < table.size(); ++i)
    if (static_cast<std::size_t>(table[i].op) != i) return false;
  return true;
}
static_assert(in_order());

// In the order of their enumerations.
constexpr std::array<std::string_view, 5> joins{"inner", "left", "right", "full", "cross"};
constexpr std::array<std::string_view, 4> set_operators{"union", "unionAll", "intersect", "except"};
constexpr std::array<std::string_view, 4> set_operator_words{"union", "union all", "intersect",
                                                             "except"};

template <class Enumeration, class Names>
std::optional<Enumeration> from_name(const Names& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enumeration>(found - names.begin());
}

}  // namespace

const OperatorTraits& traits(Operator op) { return table[static_cast<std::size_t>(op)]; }

std::optional<Operator> operator_from_name(std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const OperatorTraits& entry) { return entry.name == name; });
  if (found == table.end()) return std::nullopt;
  return found->op;
}

std::vector<std::string> operator_names() {
  std::vector<std::string> names;
  for (const OperatorTraits& entry : table) names.emplace_back(entry.name);
  return names;
}

std::string_view join_name(JoinKind kind) { return joins[static_cast<std::size_t>(kind)]; }
std::optional<JoinKind> join_from_name(std::string_view name) {
  return from_name<JoinKind>(joins, name);
}
std::vector<std::string> join_names() { return {joins.begin(), joins.end()}; }

std::string_view set_operator_name(SetOperator op) {
  return set_operators[static_cast<std::size_t>(op)];
}
std::string_view set_operator_sql(SetOperator op) {
  return set_operator_words[static_cast<std::size_t>(op)];
}
std::optional<SetOperator> set_operator_from_name(std::string_view name) {
  return from_name<SetOperator>(set_operators, name);
}
std::vector<std::string> set_operator_names() {
  return {set_operators.begin(), set_operators.end()};
}

}  // namespace virga
