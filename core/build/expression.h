#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "ast/ast.h"

/// Queries and schemas written in C++: short words that make the trees of ast/ and schema/. Nothing
/// here changes the object it is called on; each call gives a new one.
namespace virga::build {

class Field;

/// What C++ writes for NULL.
template <class T>
concept Null = std::is_same_v<T, std::nullptr_t> || std::is_same_v<T, std::nullopt_t>;

/// An expression of a query. C++ values may stand for one: they become literals of the tree, which
/// travel as parameters when the query runs. The operators == != < <= > >= && || ! make conditions.
class Expression {
 public:
  Expression(ast::Expr tree) : tree_(std::move(tree)) {}
  Expression(Value value) : tree_{ast::Literal{std::move(value)}} {}
  Expression(std::nullptr_t) : Expression(Value()) {}
  Expression(std::nullopt_t) : Expression(Value()) {}
  Expression(const char* text) : Expression(Value(std::string(text))) {}
  Expression(std::string text) : Expression(Value(std::move(text))) {}
  Expression(std::string_view text) : Expression(Value(std::string(text))) {}
  Expression(Blob blob) : Expression(Value(std::move(blob))) {}
  /// bool is 0 or 1. Types whose values need not fit 64 bits with a sign do not compile.
  template <class T>
  requires(std::is_arithmetic_v<T>&& std::is_constructible_v<Value, T>) Expression(T number)
      : Expression(Value(number)) {}
  template <class T>
  requires(!std::is_base_of_v<Expression, T>) Expression(const std::optional<T>& value)
      : Expression(value ? Expression(*value) : Expression(nullptr)) {}

  const ast::Expr& tree() const { return tree_; }
  operator ast::Expr() const { return tree_; }

  /// The expression as a field of a result, named so in the result and in SQL.
  Field as(std::string name) const;

  static Expression call(Operator op, const std::vector<Expression>& operands);

  friend Expression operator==(const Expression& a, const Expression& b) {
    return call(Operator::eq, {a, b});
  }
  friend Expression operator!=(const Expression& a, const Expression& b) {
    return call(Operator::ne, {a, b});
  }
  friend Expression operator>(const Expression& a, const Expression& b) {
    return call(Operator::gt, {a, b});
  }
  friend Expression operator>=(const Expression& a, const Expression& b) {
    return call(Operator::gte, {a, b});
  }
  friend Expression operator<(const Expression& a, const Expression& b) {
    return call(Operator::lt, {a, b});
  }
  friend Expression operator<=(const Expression& a, const Expression& b) {
    return call(Operator::lte, {a, b});
  }
  friend Expression operator&&(const Expression& a, const Expression& b) {
    return call(Operator::logical_and, {a, b});
  }
  friend Expression operator||(const Expression& a, const Expression& b) {
    return call(Operator::logical_or, {a, b});
  }
  friend Expression operator!(const Expression& a) { return call(Operator::logical_not, {a}); }

  /// In SQL nothing equals NULL, not even NULL: is_null() and is_not_null() ask for it.
  template <class T>
  requires Null<T>
  friend Expression operator==(const Expression&, T) = delete;
  template <class T>
  requires Null<T>
  friend Expression operator!=(const Expression&, T) = delete;

 private:
  ast::Expr tree_;
};

/// A column; as a field it is named by its key.
class ColumnRef : public Expression {
 public:
  ColumnRef(std::string source, std::string column)
      : Expression(ast::Expr{ast::ColumnRef{std::move(source), std::move(column)}}) {}
  const std::string& column() const { return std::get<ast::ColumnRef>(tree().node).column; }
};

/// A member of a result: a value, or a nested object (see object()).
class Field {
 public:
  Field(ast::Field tree) : tree_(std::move(tree)) {}
  Field(const ColumnRef& column) : Field(column.column(), column) {}
  Field(std::string as, const Expression& expr) : tree_{std::move(as), expr.tree(), {}, {}} {}
  const ast::Field& tree() const { return tree_; }

 private:
  ast::Field tree_;
};

/// What rows are ordered by.
class Order {
 public:
  Order(const Expression& by, bool descending = false) : tree_{by.tree(), descending} {}
  const ast::Order& tree() const { return tree_; }

 private:
  ast::Order tree_;
};

/// The trees of builders.
template <class Tree, class Builder>
std::vector<Tree> trees(const std::vector<Builder>& builders) {
  std::vector<Tree> result;
  result.reserve(builders.size());
  for (const Builder& builder : builders) result.push_back(builder.tree());
  return result;
}

/// A nested object of a result.
Field object(std::string as, const std::vector<Field>& fields);

/// Smallest or largest first; NULL is smaller than every value.
inline Order asc(const Expression& by) { return Order(by); }
inline Order desc(const Expression& by) { return Order(by, true); }

/// The column of a table (by key), an alias or a common table expression.
inline ColumnRef col(std::string source, std::string column) {
  return ColumnRef(std::move(source), std::move(column));
}
/// The value at this position of the list that a prepared query is run with.
inline Expression param(std::size_t index) { return ast::Expr{ast::Param{index}}; }
/// In inserted rows: the column's default.
inline Expression default_value() { return ast::Expr{ast::DefaultValue{}}; }
/// In on_conflict_do_update: the column of the row that could not be inserted.
inline ColumnRef excluded(std::string column) { return col("excluded", std::move(column)); }
/// An output field of the select around, by its name in SQL.
inline Expression alias_ref(std::string name) { return ast::Expr{ast::AliasRef{std::move(name)}}; }

/// What related() asks of the related rows.
struct RelatedOptions {
  std::string of{};  ///< the source whose relation it is; empty means the innermost
  std::optional<Expression> where{};
  std::optional<Expression> value{};
};
/// Whether a relation leads to a row (that meets `where`); with `value`, the value for the first of
/// the rows or an aggregate of all. Both speak of the target by its key.
Expression related(std::string relation, const RelatedOptions& options = {});

}  // namespace virga::build
