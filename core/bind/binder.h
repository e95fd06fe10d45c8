#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ast/ast.h"
#include "base/error.h"
#include "bind/bound.h"
#include "bind/scope.h"
#include "schema/schema.h"

namespace virga::bind {

/// What a select is for. The columns of a nested one are spoken of by name; a result may have
/// columns beside those that were asked for.
enum class Role { result, nested };

/// Binds one query. Expressions hold selects and selects hold expressions, so this is one class;
/// its parts are in expr.cpp, source.cpp, select.cpp, find.cpp and write.cpp.
class Binder {
 public:
  explicit Binder(const schema::Schema& schema) : schema_(schema) {}

  Result<bound::Query> query(const ast::Find& find);
  Result<bound::Query> query(const ast::Select& select);
  Result<bound::Query> query(const ast::Insert& insert);
  Result<bound::Query> query(const ast::Update& update);
  Result<bound::Query> query(const ast::Delete& del);
  Result<bound::Query> query(const ast::Raw& raw);
  Result<bound::Select> view(const ast::Select& select_document) {
    return select(select_document, nullptr, Role::nested, "select");
  }

  /// One more than the highest parameter position seen.
  std::size_t parameters() const { return parameters_; }

 private:
  // expr.cpp
  Result<bound::Expr> expr(const ast::Expr& expr, const Scope& scope, const std::string& path);
  Result<std::vector<bound::Expr>> exprs(const std::vector<ast::Expr>& exprs, const Scope& scope,
                                         const std::string& path);
  Result<std::optional<bound::Expr>> optional(const std::optional<ast::Expr>& expr,
                                              const Scope& scope, const std::string& path);
  Result<std::vector<bound::Order>> orders(const std::vector<ast::Order>& orders,
                                           const Scope& scope, const std::string& path);
  Result<bound::Expr> node(const ast::ColumnRef& ref, const Scope& scope, const std::string& path);
  Result<bound::Expr> node(const ast::Param& param, const Scope& scope, const std::string& path);
  Result<bound::Expr> node(const ast::Literal& literal, const Scope& scope,
                           const std::string& path);
  Result<bound::Expr> node(const ast::Call& call, const Scope& scope, const std::string& path);
  Result<bound::Expr> node(const ast::FunctionCall& call, const Scope& scope,
                           const std::string& path);
  Result<bound::Expr> node(const ast::Sql& sql, const Scope& scope, const std::string& path);
  Result<bound::Expr> node(const ast::DefaultValue&, const Scope& scope, const std::string& path);
  Result<bound::Expr> node(const ast::Subquery& subquery, const Scope& scope,
                           const std::string& path);
  Result<bound::Expr> node(const ast::SourceRef& ref, const Scope& scope, const std::string& path);
  Result<bound::Expr> node(const ast::AliasRef& ref, const Scope& scope, const std::string& path);
  Result<bound::Expr> node(const ast::Related& related, const Scope& scope,
                           const std::string& path);
  Result<bound::Expr> in_select(const ast::Call& call, const Scope& scope, const std::string& path);
  Result<bound::Sql> sql_text(const ast::Sql& sql, const Scope& scope, const std::string& path);
  Result<void> declare_sources(const ast::Sql& sql, Scope& scope, const std::string& path);
  Result<schema::Codec> codec(const std::string& name, const std::string& path) const;

  // source.cpp
  Result<bound::Source> source(const ast::Source& source, Scope& scope, const std::string& path);
  Result<std::pair<bound::Source, Reachable>> open_source(const ast::Source& source,
                                                          const Scope& scope,
                                                          const std::string& path);
  Result<std::vector<bound::Join>> joins(const std::vector<ast::Join>& joins, Scope& scope,
                                         const std::string& path);
  Result<std::vector<bound::Cte>> ctes(const std::vector<ast::Cte>& ctes, Scope& scope,
                                       const std::string& path);
  Result<std::pair<bound::Cte, NamedCte>> cte(const ast::Cte& cte, const Scope& scope,
                                              const std::string& path);

  // select.cpp
  Result<bound::Select> select(const ast::Select& select, const Scope* outer, Role role,
                               const std::string& path);
  Result<void> compounds(const ast::Select& source, bound::Select& result, const Scope& outer,
                         const std::string& path);
  Result<bound::Output> fields(const std::vector<ast::Field>& fields, const Scope& scope,
                               const std::string& path);
  Result<std::vector<bound::Member>> members(const std::vector<ast::Field>& fields,
                                             const Scope& scope, const std::string& prefix,
                                             bound::Output& output, const std::string& path);
  std::vector<SourceColumn> columns_of(const bound::Select& select) const;

  // find.cpp
  Result<bound::Level> level(const ast::Level& level, std::size_t table, const std::string& path);
  Result<std::vector<bound::Child>> children(const ast::Level& level, std::size_t table,
                                             const std::string& path);
  Result<bound::Child> child(const ast::With& with, std::size_t table, const std::string& path);
  Result<bound::Output> columns(const ast::Level& level, const Scope& scope,
                                const std::string& path);
  Result<const schema::Relation*> relation(std::size_t table, const std::string& name,
                                           const std::string& path) const;
  Result<std::vector<bound::ColumnRef>> key(std::size_t table, const std::vector<std::string>& keys,
                                            const std::string& alias,
                                            const std::string& path) const;
  /// Joins the junction table of a relation to `select`, which reads the target.
  Result<std::vector<bound::ColumnRef>> target_key(const schema::Relation& relation,
                                                   bound::Select& select, const Scope& scope,
                                                   const std::string& path);
  std::string fresh_alias(const Scope& scope);

  // write.cpp
  Result<bound::Output> returning(const std::optional<ast::Returning>& returning,
                                  const Scope& scope, const std::string& path);
  Result<std::size_t> writable(const std::string& key, std::size_t table, const std::string& path);
  Result<std::size_t> target(const std::string& key, Scope& scope, const std::string& path);
  Result<std::vector<bound::Expr>> row(const std::vector<ast::Expr>& cells,
                                       const std::vector<std::size_t>& columns, std::size_t table,
                                       const Scope& scope, const std::string& path);
  Result<std::vector<bound::Assignment>> assignments(const std::vector<ast::Assignment>& set,
                                                     std::size_t table, const Scope& scope,
                                                     const std::string& path);
  Result<bound::Conflict> conflict(const ast::Conflict& conflict, std::size_t table,
                                   const Scope& scope, const std::string& path);
  Result<void> inserted(const ast::Insert& insert, bound::Insert& result, const Scope& scope);

  const schema::Schema& schema_;
  std::size_t parameters_ = 0;
  std::size_t aliases_ = 0;
};

/// The position of the table with this key. Errors: unknown_table with the nearest key.
Result<std::size_t> find_table(const schema::Schema& schema, const std::string& key,
                               const std::string& path);

/// The position of the table's column with this key. Errors: unknown_column with the nearest key.
Result<std::size_t> find_column(const schema::Schema& schema, std::size_t table,
                                const std::string& key, const std::string& path);

/// All the terms hold; a single one stands for itself.
bound::Expr all_of(std::vector<bound::Expr> terms);

/// The columns of two keys are equal, one by one.
bound::Expr keys_equal(const std::vector<bound::ColumnRef>& a,
                       const std::vector<bound::ColumnRef>& b);

}  // namespace virga::bind
