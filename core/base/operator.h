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

/// The operator with this name in the query document, or nothing.
std::optional<Operator> operator_from_name(std::string_view name);

/// The names of all operators.
std::vector<std::string> operator_names();

}  // namespace virga
