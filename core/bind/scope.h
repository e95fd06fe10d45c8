#pragma once

#include <string>
#include <vector>

#include "ast/ast.h"
#include "base/error.h"
#include "bind/bound.h"
#include "schema/schema.h"

namespace virga::bind {

/// Binds expressions over one table, and counts the parameters seen.
class Scope {
 public:
  /// @param table position of the table whose columns are in reach
  /// @param parameters raised to one more than the highest parameter position seen
  Scope(const schema::Schema& schema, std::size_t table, std::size_t& parameters)
      : schema_(schema), table_index_(table), parameters_(parameters) {}

  Result<bound::Expr> expr(const ast::Expr& expr, const std::string& path) const;
  Result<std::optional<bound::Expr>> optional(const std::optional<ast::Expr>& expr,
                                              const std::string& path) const;
  Result<std::vector<bound::Order>> orders(const std::vector<ast::Order>& orders,
                                           const std::string& path) const;
  Result<std::vector<bound::Field>> fields(const std::vector<ast::Field>& fields,
                                           const std::string& path) const;
  Result<std::vector<bound::Field>> all_fields() const;

  /// The position of the table's column with this key.
  Result<std::size_t> column(const std::string& key, const std::string& path) const;
  bound::Field field(std::size_t column) const;
  bound::Expr column_expr(std::size_t column) const;
  const schema::Table& table() const { return schema_.tables[table_index_]; }

 private:
  Result<bound::Expr> column_ref(const ast::ColumnRef& ref, const std::string& path) const;
  Result<bound::Expr> call(const ast::Call& call, const std::string& path) const;
  Result<bound::Expr> sql(const ast::Sql& sql, const std::string& path) const;
  Result<std::vector<bound::Expr>> exprs(const std::vector<ast::Expr>& exprs,
                                         const std::string& path) const;
  const schema::Schema& schema_;
  std::size_t table_index_;
  std::size_t& parameters_;
};

/// The position of the table with this key. Errors: unknown_table with the nearest key.
Result<std::size_t> find_table(const schema::Schema& schema, const std::string& key,
                               const std::string& path);

/// Appends `field`; a result object has one member of each name.
Result<void> add_field(std::vector<bound::Field>& fields, bound::Field field,
                       const std::string& path);

/// `path[index]`
std::string at(const std::string& path, std::size_t index);

}  // namespace virga::bind
