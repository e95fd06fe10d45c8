#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "build/expression.h"
#include "schema/schema.h"

namespace virga::build {

class SqlText;

/// What rows are read from: a table, an alias of one, a subquery, a common table expression, or SQL
/// text. `source["key"]` is a column of it.
class Source {
 public:
  Source(ast::Source tree) : tree_(std::move(tree)) {}
  Source(const char* table_key) : tree_(table_key) {}
  Source(std::string table_key) : tree_(std::move(table_key)) {}
  Source(const SqlText& text);

  ColumnRef operator[](std::string key) const { return col(name(), std::move(key)); }
  /// The same under another name, so that it can be read twice.
  Source as(std::string alias) const;
  const ast::Source& tree() const { return tree_; }

 private:
  std::string name() const;
  ast::Source tree_;
};

/// A piece of SQL text: literals of C++ are text, everything else is an expression or a source.
/// So a std::string is a value here, never text that could change the statement.
class Chunk {
 public:
  template <std::size_t N>
  Chunk(const char (&text)[N]) : text_(text) {}
  Chunk(Expression hole) : hole_(std::move(hole)) {}
  /// A table, an alias, a common table expression.
  template <class T>
  requires(std::is_convertible_v<const T&, Source> && !std::is_convertible_v<const T&, Expression>)
      Chunk(const T& source)
      : Chunk(hole_of(source)) {}

  /// Adds this to the end of `sql`.
  void append_to(ast::Sql& sql) const;

 private:
  friend Chunk verbatim(std::string text);
  Chunk() = default;
  static Expression hole_of(const Source& source);
  std::string text_;
  std::optional<Expression> hole_;
};

/// SQL text that is made when the program runs; it stands in the statement as it is.
Chunk verbatim(std::string text);

/// SQL text as an expression.
class SqlText : public Expression {
 public:
  explicit SqlText(const std::vector<Chunk>& chunks);
  /// What the values mean (see schema::Codec); without it they are as stored.
  SqlText codec(schema::Codec codec) const;
  const ast::Sql& text() const { return std::get<ast::Sql>(tree().node); }

 private:
  explicit SqlText(ast::Sql sql) : Expression(ast::Expr{std::move(sql)}) {}
};

/// `sql("lower(", users["name"], ") = ", name)`: text with expressions, values and sources between.
template <class... Chunks>
SqlText sql(const Chunks&... chunks) {
  return SqlText(std::vector<Chunk>{Chunk(chunks)...});
}

/// One statement as written.
template <class... Chunks>
ast::Query raw(const Chunks&... chunks) {
  return ast::Raw{sql(chunks...).text()};
}

class Select;

/// A common table expression: named in front of a query (`with`), a source inside it.
class Cte {
 public:
  Cte(std::string name, const Select& select);
  Cte(std::string name, const SqlText& text, std::vector<ast::CteColumn> columns);

  ColumnRef operator[](std::string key) const { return col(tree_.name, std::move(key)); }
  Source as(std::string alias) const { return Source(*this).as(std::move(alias)); }
  operator Source() const;
  const ast::Cte& tree() const { return tree_; }

 private:
  ast::Cte tree_;
};

}  // namespace virga::build
