#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/operator.h"
#include "base/value.h"
#include "schema/schema.h"

/// A query whose every name has been found in the schema: tables and columns are positions, types
/// and nullability are known. Nothing in here can fail to resolve.
namespace virga::bound {

struct Expr;
struct Select;

/// A column of a table that the statement around it reads or writes.
struct ColumnRef {
  std::size_t table = 0;   ///< position in Schema::tables
  std::size_t column = 0;  ///< position in Table::columns
};

struct Param {
  std::size_t index = 0;
};

/// The value at this position of the key that a child statement gets from its parent's row.
struct KeyParam {
  std::size_t index = 0;
};

/// A constant of ours, never one of the user's: limit 1 of findFirst.
struct Constant {
  std::int64_t value = 0;
};

struct Call {
  Operator op = Operator::eq;
  std::vector<Expr> args;
};

struct Sql {
  std::vector<std::string> texts;
  std::vector<Expr> holes;
};

/// `(operands) in (select …)`.
struct InSelect {
  std::vector<Expr> operands;
  std::shared_ptr<const Select> select;
};

/// The default of a column, in an inserted row.
struct DefaultValue {
  ColumnRef column;
};

struct Expr {
  std::variant<ColumnRef, Param, KeyParam, Constant, Call, Sql, InSelect, DefaultValue> node;
  schema::Codec codec = schema::Codec::any;
  bool nullable = true;
};

struct Order {
  Expr by;
  bool descending = false;
};

/// A result column: its key in the result object and where its value comes from.
struct Field {
  std::string as;
  Expr expr;
};

struct Select {
  std::size_t table = 0;
  std::vector<Field> fields;
  bool distinct = false;
  std::optional<Expr> where;
  std::vector<Order> order_by;
  std::optional<Expr> limit;
  std::optional<Expr> offset;
};

struct Child;

/// One level of a relational query: what it selects, and the relations below it.
struct Level {
  Select select;
  std::vector<Child> children;
};

/// A relation to load: child rows whose `child_columns` equal the parent's `parent_columns`.
struct Child {
  std::string name;
  schema::Cardinality kind = schema::Cardinality::one;
  std::vector<std::size_t> parent_columns;
  std::vector<std::size_t> child_columns;
  Level level;
};

struct Find {
  bool first = false;
  Level level;
};

struct Insert {
  std::size_t table = 0;
  std::vector<std::size_t> columns;
  std::vector<std::vector<Expr>> rows;
  std::vector<Field> returning;
};

struct Assignment {
  std::size_t column = 0;
  Expr value;
};

struct Update {
  std::size_t table = 0;
  std::vector<Assignment> set;
  std::optional<Expr> where;
  std::vector<Field> returning;
};

struct Delete {
  std::size_t table = 0;
  std::optional<Expr> where;
  std::vector<Field> returning;
};

using Query = std::variant<Find, Select, Insert, Update, Delete>;

/// What one SQL statement can say; a Find is planned into several.
using Statement = std::variant<Select, Insert, Update, Delete>;

/// The bound query as indented text, for the trace.
std::string print(const Query& query, const schema::Schema& schema);

/// One bound expression as text: `(users.id gt ?1)`.
std::string print(const Expr& expr, const schema::Schema& schema);

}  // namespace virga::bound
