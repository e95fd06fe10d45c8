#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace virga {

/// The operators of an expression, shared by every stage that speaks of expressions.
enum class Operator {
  eq,
  ne,
  gt,
  gte,
  lt,
  lte,
  logical_and,
  logical_or,
  logical_not,
  is_null,
  is_not_null,
  in,
  not_in,
  between,
  not_between,
  like,
  not_like,
  ilike,
  not_ilike,
  exists,
  not_exists,
};

/// How an operator is written and how many operands it takes.
struct OperatorTraits {
  Operator op;
  std::string_view name;  ///< the word of the query document, for example "isNull"
  std::string_view sql;   ///< the SQL keyword or sign
  std::size_t least;      ///< fewest operands
  std::size_t most;       ///< most operands; unlimited for lists
};

const OperatorTraits& traits(Operator op);

/// How the rows of two sources are joined, and how those of two selects are combined. The words are
/// those of the query document; the second ones are SQL's.
enum class JoinKind { inner, left, right, full, cross };
enum class SetOperator { union_distinct, union_all, intersect, except };

/// The operator with this name in the query document, or nothing.
std::optional<Operator> operator_from_name(std::string_view name);

/// The names of all operators.
std::vector<std::string> operator_names();

std::string_view join_name(JoinKind kind);
std::optional<JoinKind> join_from_name(std::string_view name);
std::vector<std::string> join_names();

std::string_view set_operator_name(SetOperator op);
std::string_view set_operator_sql(SetOperator op);
std::optional<SetOperator> set_operator_from_name(std::string_view name);
std::vector<std::string> set_operator_names();

}  // namespace virga
