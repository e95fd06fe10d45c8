#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/operator.h"

/// What was asked, by name. A query holds no values: a literal is a Param, its value stands in the
/// parameter list beside the query. So the query is a cache key, and its SQL text is stable.
namespace virga::ast {

struct Expr;

/// A column by table key and column key.
struct ColumnRef {
  std::string table{};
  std::string column{};
};

/// The value at this position of the parameter list.
struct Param {
  std::size_t index = 0;
};

struct Call {
  Operator op = Operator::eq;
  std::vector<Expr> args{};
};

/// SQL text with expressions between: texts[0] holes[0] texts[1] … holes[n-1] texts[n].
struct Sql {
  std::vector<std::string> texts{};
  std::vector<Expr> holes{};
  std::string codec{};  ///< codec of the result; empty means "any"
};

/// In an inserted row: the column's default, or null when it has none.
struct DefaultValue {};

struct Expr {
  std::variant<ColumnRef, Param, Call, Sql, DefaultValue> node{};
};

struct Order {
  Expr by{};
  bool descending = false;
};

/// A named result: `as` is the key of the result object.
struct Field {
  std::string as{};
  Expr expr{};
};

struct With;

/// One level of a relational query.
struct Level {
  std::optional<std::vector<std::string>> columns{};  ///< column keys; nothing means all
  std::optional<Expr> where{};
  std::vector<Order> order_by{};
  std::optional<Expr> limit{};
  std::optional<Expr> offset{};
  std::vector<With> with{};
};

/// A relation to load with every row of the level above.
struct With {
  std::string relation{};
  Level level{};
};

/// db.query.<table>.findMany / findFirst.
struct Find {
  std::string table{};
  bool first = false;
  Level level{};
};

struct Select {
  std::string from{};
  std::optional<std::vector<Field>> fields{};  ///< nothing means all columns
  bool distinct = false;
  std::optional<Expr> where{};
  std::vector<Order> order_by{};
  std::optional<Expr> limit{};
  std::optional<Expr> offset{};
};

/// What a write gives back: nothing, all columns, or fields.
struct Returning {
  bool all = false;
  std::vector<Field> fields{};
};

struct Insert {
  std::string table{};
  std::vector<std::string> columns{};
  std::vector<std::vector<Expr>> rows{};
  std::optional<Returning> returning{};
};

struct Assignment {
  std::string column{};
  Expr value{};
};

struct Update {
  std::string table{};
  std::vector<Assignment> set{};
  std::optional<Expr> where{};
  std::optional<Returning> returning{};
};

struct Delete {
  std::string table{};
  std::optional<Expr> where{};
  std::optional<Returning> returning{};
};

using Query = std::variant<Find, Select, Insert, Update, Delete>;

/// Reads a query document (core/README.md, "Documents"). Errors: malformed_document.
Result<Query> from_json(std::string_view document);

/// The canonical document of a query: fixed member order, nothing superfluous.
std::string to_json(const Query& query);

}  // namespace virga::ast
