#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/function.h"
#include "base/operator.h"
#include "base/value.h"

/// What was asked, by name. A query holds no values: a literal is a Param, its value stands in the
/// parameter list beside the query. So the query is a cache key, and its SQL text is stable.
namespace virga::ast {

struct Expr;
struct Select;
struct Source;

/// A column by source and column key. The source is an alias where there is one, else the key of a
/// table or the name of a common table expression. The columns of a subquery are its field keys,
/// those of nested fields joined with dots.
struct ColumnRef {
  std::string source{};
  std::string column{};
};

/// The value at this position of the parameter list.
struct Param {
  std::size_t index = 0;
};

/// A value written into the SQL text: for view definitions and inlined parameters.
struct Literal {
  Value value{};
};

struct Call {
  Operator op = Operator::eq;
  std::vector<Expr> args{};
};

struct FunctionCall {
  Function function = Function::count;
  std::vector<Expr> args{};
  bool distinct = false;
};

/// SQL text with expressions between: texts[0] holes[0] texts[1] … holes[n-1] texts[n].
struct Sql {
  std::vector<std::string> texts{};
  std::vector<Expr> holes{};
  std::string codec{};  ///< codec of the result; empty means "any"
};

/// In an inserted row: the column's default, or null when it has none.
struct DefaultValue {};

/// A subquery as a value, or as the list that `in` and `exists` take.
struct Subquery {
  std::shared_ptr<const Select> select{};
};

/// A hole of Sql that names a table or subquery: `from ${users}`. Its columns are in reach there.
struct SourceRef {
  std::shared_ptr<const Source> source{};
};

/// An output field of the select around, by its output name.
struct AliasRef {
  std::string name{};
};

/// The rows that a relation leads to. Without `value`, whether there is one; with it, the value for
/// the first of them, or an aggregate of all. Both expressions speak of the target by its key.
struct Related {
  std::string relation{};
  std::string of{};           ///< the source whose relation it is; empty means the innermost
  std::vector<Expr> where{};  ///< none or one
  std::vector<Expr> value{};  ///< none or one
};

struct Expr {
  std::variant<ColumnRef, Param, Literal, Call, FunctionCall, Sql, DefaultValue, Subquery,
               SourceRef, AliasRef, Related>
      node{};
};

struct Order {
  Expr by{};
  bool descending = false;
};

/// A named result: `as` is the key of the result object. Either an expression or a nested object.
struct Field {
  std::string as{};
  Expr expr{};
  std::string name{};           ///< output name in SQL; empty means the column's, else `as`
  std::vector<Field> fields{};  ///< the members of a nested object; then `expr` does not count
};

/// A table or view by key.
struct TableSource {
  std::string key{};
};

/// A common table expression by name.
struct CteSource {
  std::string name{};
};

/// What a select reads from.
struct Source {
  std::variant<TableSource, CteSource, std::shared_ptr<const Select>, Sql> from{};
  std::string as{};  ///< alias; may be empty, except for a subquery

  Source() = default;
  /// The table with this key.
  Source(std::string key, std::string alias = {})
      : from(TableSource{std::move(key)}), as(std::move(alias)) {}
  Source(const char* key) : Source(std::string(key)) {}
};

struct Join {
  JoinKind kind = JoinKind::inner;
  Source source{};
  std::optional<Expr> on{};
};

/// A column of a common table expression that is SQL text.
struct CteColumn {
  std::string key{};
  std::string name{};   ///< empty means the key
  std::string codec{};  ///< empty means "any"
};

/// `with "name" as (…)`.
struct Cte {
  std::string name{};
  std::variant<std::shared_ptr<const Select>, Sql> body{};
  std::vector<CteColumn> columns{};  ///< of a body that is SQL text
};

struct Compound;

struct Select {
  std::vector<Cte> with{};
  Source from{};
  std::vector<Join> joins{};
  std::optional<std::vector<Field>> fields{};  ///< nothing means all columns
  bool distinct = false;
  std::optional<Expr> where{};
  std::vector<Expr> group_by{};
  std::optional<Expr> having{};
  std::vector<Compound> compounds{};  ///< order_by, limit and offset are then those of the whole
  std::vector<Order> order_by{};
  std::optional<Expr> limit{};
  std::optional<Expr> offset{};
};

/// A further operand of a compound select; operands are combined from left to right.
struct Compound {
  SetOperator op = SetOperator::union_distinct;
  Select select{};
};

struct With;

/// One level of a relational query.
struct Level {
  std::optional<std::vector<std::string>> columns{};  ///< column keys; nothing means all
  std::vector<Field> extras{};                        ///< further fields, after the columns
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

/// What a write gives back: nothing, all columns, or fields.
struct Returning {
  bool all = false;
  std::vector<Field> fields{};
};

struct Assignment {
  std::string column{};
  Expr value{};
};

/// `on conflict`: update the row that is there, or, without assignments, do nothing. In `set` and
/// `set_where` the source "excluded" is the row that could not be inserted.
struct Conflict {
  std::vector<Expr> target{};  ///< indexed columns or expressions; none means any constraint
  std::optional<Expr> target_where{};
  std::vector<Assignment> set{};
  std::optional<Expr> set_where{};
};

struct Insert {
  std::vector<Cte> with{};
  std::string table{};
  std::vector<std::string> columns{};
  std::vector<std::vector<Expr>> rows{};
  std::variant<std::monostate, std::shared_ptr<const Select>, Sql> select{};  ///< instead of rows
  std::vector<Conflict> conflicts{};
  std::optional<Returning> returning{};
};

struct Update {
  std::vector<Cte> with{};
  std::string table{};
  std::vector<Assignment> set{};
  std::optional<Source> from{};
  std::vector<Join> joins{};
  std::optional<Expr> where{};
  std::vector<Order> order_by{};
  std::optional<Expr> limit{};
  std::optional<Expr> offset{};
  std::optional<Returning> returning{};
};

struct Delete {
  std::vector<Cte> with{};
  std::string table{};
  std::optional<Expr> where{};
  std::vector<Order> order_by{};
  std::optional<Expr> limit{};
  std::optional<Expr> offset{};
  std::optional<Returning> returning{};
};

/// One statement as written. What columns it gives is known when it runs.
struct Raw {
  Sql sql{};
};

using Query = std::variant<Find, Select, Insert, Update, Delete, Raw>;

/// Reads a query document (core/README.md, "Documents"). Errors: malformed_document.
Result<Query> from_json(std::string_view document);

/// The canonical document of a query: fixed member order, nothing superfluous.
std::string to_json(const Query& query);

/// The document of a select by itself, as views have it.
std::string select_json(const Select& select);

}  // namespace virga::ast
