#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/function.h"
#include "base/operator.h"
#include "base/value.h"
#include "schema/schema.h"

/// A query whose every name has been found: tables and columns are positions, types and nullability
/// are known. Nothing in here can fail to resolve.
namespace virga::bound {

struct Expr;
struct Select;
struct Source;

using SelectPtr = std::shared_ptr<const Select>;

/// A column of the schema.
struct Origin {
  std::size_t table = 0;   ///< position in Schema::tables
  std::size_t column = 0;  ///< position in Table::columns
};

/// A column of a table that the statement around it reads or writes.
struct ColumnRef {
  std::size_t table = 0;
  std::size_t column = 0;
  std::string source{};  ///< alias of the table in the statement; empty when it has none
};

/// A column of a subquery or common table expression; without a source, an output field of the
/// select around.
struct OutputRef {
  std::string source;
  std::string name;
};

/// The row number of a table without a column that is never null: null where its row is missing.
struct Rowid {
  std::string source;
};

struct Param {
  std::size_t index = 0;
};

/// The value at this position of the key that a child statement gets from its parent's row.
struct KeyParam {
  std::size_t index = 0;
};

/// A value in the SQL text: an inlined one, or a constant of ours such as the limit of findFirst.
struct Literal {
  Value value;
};

struct Call {
  Operator op = Operator::eq;
  std::vector<Expr> args;
};

struct FunctionCall {
  Function function = Function::count;
  std::vector<Expr> args;
  bool distinct = false;
};

struct Sql {
  std::vector<std::string> texts;
  std::vector<Expr> holes;
};

/// A table or subquery named inside SQL text.
struct SourceRef {
  std::shared_ptr<const Source> source;
};

struct Subquery {
  SelectPtr select;
};

/// `(operands) in (select …)`, or not in.
struct InSelect {
  std::vector<Expr> operands;
  SelectPtr select;
  bool negated = false;
};

/// The default of a column, in an inserted row.
struct DefaultValue {
  Origin column;
};

struct Expr {
  std::variant<ColumnRef, OutputRef, Rowid, Param, KeyParam, Literal, Call, FunctionCall, Sql,
               SourceRef, Subquery, InSelect, DefaultValue>
      node;
  schema::Codec codec = schema::Codec::any;
  bool nullable = true;
  std::optional<Origin> origin{};  ///< the schema column whose values these are, if they are one's
};

struct Order {
  Expr by;
  bool descending = false;
};

/// A result column: its key in the result object (nested keys joined with dots), where its value
/// comes from, and its name in SQL where that has to be written.
struct Field {
  std::string as;
  Expr expr;
  std::string name{};
};

/// A member of a result object: a field by its slot, or an object of further members, which is null
/// when all the slots in `present` are (and never when there are none).
struct Member {
  std::string as;
  std::size_t slot = 0;
  std::vector<Member> members{};
  std::vector<std::size_t> present{};
};

/// The columns that a statement gives, and the object made of them; no members means one for each
/// field.
struct Output {
  std::vector<Field> fields;
  std::vector<Member> members{};
};

struct TableSource {
  std::size_t table = 0;
};

struct CteSource {
  std::string name;
};

/// What a select reads from.
struct Source {
  std::variant<TableSource, CteSource, SelectPtr, Sql> from;
  std::string alias{};
};

struct Join {
  JoinKind kind = JoinKind::inner;
  Source source;
  std::optional<Expr> on{};
};

struct Cte {
  std::string name;
  std::variant<SelectPtr, Sql> body;
};

struct Compound;

struct Select {
  std::vector<Cte> ctes{};
  Source from{};
  std::vector<Join> joins{};
  Output output{};
  bool distinct = false;
  std::optional<Expr> where{};
  std::vector<Expr> group_by{};
  std::optional<Expr> having{};
  std::vector<Compound> compounds{};
  std::vector<Order> order_by{};
  std::optional<Expr> limit{};
  std::optional<Expr> offset{};

  /// Position of the table that a select of a relational query reads from.
  std::size_t table() const { return std::get<TableSource>(from.from).table; }
};

struct Compound {
  SetOperator op = SetOperator::union_distinct;
  Select select;
};

struct Child;

/// One level of a relational query: what it selects, and the relations below it.
struct Level {
  Select select;
  std::vector<Child> children;
};

/// A relation to load: child rows whose key equals the parent's. Through a junction table, which is
/// then joined in the child's select, the child's key is the junction's.
struct Child {
  std::string name;
  schema::Cardinality kind = schema::Cardinality::one;
  std::vector<ColumnRef> parent_key;
  std::vector<ColumnRef> child_key;
  Level level;
};

struct Find {
  bool first = false;
  Level level;
};

struct Assignment {
  std::size_t column = 0;
  Expr value;
};

/// `on conflict`; without assignments, do nothing.
struct Conflict {
  std::vector<Expr> target;
  std::optional<Expr> target_where;
  std::vector<Assignment> set;
  std::optional<Expr> set_where;
};

struct Insert {
  std::vector<Cte> ctes;
  std::size_t table = 0;
  std::vector<std::size_t> columns;
  std::vector<std::vector<Expr>> rows;
  std::variant<std::monostate, SelectPtr, Sql> select;  ///< instead of rows
  std::vector<Conflict> conflicts;
  Output returning;
};

struct Update {
  std::vector<Cte> ctes;
  std::size_t table = 0;
  std::vector<Assignment> set;
  std::optional<Source> from;
  std::vector<Join> joins;
  std::optional<Expr> where;
  std::vector<Order> order_by;
  std::optional<Expr> limit;
  std::optional<Expr> offset;
  Output returning;
};

struct Delete {
  std::vector<Cte> ctes;
  std::size_t table = 0;
  std::optional<Expr> where;
  std::vector<Order> order_by;
  std::optional<Expr> limit;
  std::optional<Expr> offset;
  Output returning;
};

/// A statement as written; only SQLite knows what it gives.
struct Raw {
  Sql sql;
};

using Query = std::variant<Find, Select, Insert, Update, Delete, Raw>;

/// What one SQL statement can say; a Find is planned into several.
using Statement = std::variant<Select, Insert, Update, Delete, Raw>;

/// The bound query as indented text, for the trace.
std::string print(const Query& query, const schema::Schema& schema);

/// One bound expression as text: `(users.id gt ?1)`.
std::string print(const Expr& expr, const schema::Schema& schema);

}  // namespace virga::bound
