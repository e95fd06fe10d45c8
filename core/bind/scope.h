#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "bind/bound.h"
#include "schema/schema.h"

namespace virga::bind {

/// A column that a subquery or common table expression gives.
struct SourceColumn {
  std::string key;   ///< what the query says
  std::string name;  ///< what SQL says
  schema::Codec codec = schema::Codec::any;
  bool nullable = true;
  std::optional<bound::Origin> origin{};
};

/// A name whose columns are in reach.
struct Reachable {
  std::string name;                     ///< what the query says
  std::string alias;                    ///< what SQL says; empty for a table under its own name
  std::optional<std::size_t> table{};   ///< position of the table, or else
  std::vector<SourceColumn> columns{};  ///< the columns of anything but a table
  bool nullable = false;                ///< an outer join may leave its row out
};

/// A common table expression that sources may name.
struct NamedCte {
  std::string name;
  std::vector<SourceColumn> columns;
};

/// The names that one part of a query can speak of. Inner scopes see those of outer ones.
class Scope {
 public:
  explicit Scope(const schema::Schema& schema, const Scope* outer = nullptr)
      : schema_(schema), outer_(outer) {}

  /// Errors: invalid_query when the name is taken in this scope.
  Result<void> add(Reachable source, const std::string& path);
  void add(NamedCte cte) { ctes_.push_back(std::move(cte)); }
  /// An outer join: this and every later (or, `earlier`, every earlier) row may be missing.
  void make_nullable(std::size_t first, std::size_t last);
  std::size_t size() const { return sources_.size(); }

  /// The innermost source with this name, or nothing.
  const Reachable* find(std::string_view name) const;
  /// The last source of the innermost scope that has any: what a relation belongs to by default.
  const Reachable* innermost() const;
  const NamedCte* find_cte(std::string_view name) const;
  std::vector<std::string> names() const;
  std::vector<std::string> cte_names() const;
  const std::vector<Reachable>& sources() const { return sources_; }

  /// The column of a source as an expression, or nothing.
  std::optional<bound::Expr> column(const Reachable& source, std::string_view key) const;
  /// The keys of a source's columns.
  std::vector<std::string> column_keys(const Reachable& source) const;

  /// The output fields that aliases may name; they must outlive the scope.
  void outputs(const std::vector<bound::Field>& fields) { outputs_ = &fields; }
  /// The innermost output field with this name in SQL, or nothing.
  const bound::Field* output(std::string_view name) const;
  std::vector<std::string> output_names() const;

  /// The scope of SQL text in this one. There, columns of tables that are not in reach are taken at
  /// their word.
  Scope within_sql() const;
  /// As within SQL text: beside a source that is SQL text, nobody knows what is in reach.
  void make_lenient() { lenient_ = true; }
  bool is_lenient() const { return lenient_; }
  /// Whether the SQL text around names this source itself, so that it has to be written in full.
  bool declared_in_sql(std::string_view name) const;

  /// The scope of the order of a compound select: columns stand for the output fields.
  Scope of_compound(const std::vector<bound::Field>& fields) const;
  const std::vector<bound::Field>* outputs_only() const {
    return outputs_only_ ? outputs_ : nullptr;
  }

 private:
  const schema::Schema& schema_;
  const Scope* outer_;
  std::vector<Reachable> sources_;
  std::vector<NamedCte> ctes_;
  const std::vector<bound::Field>* outputs_ = nullptr;
  bool lenient_ = false;
  bool outputs_only_ = false;
};

/// The name of a field's column in SQL.
std::string output_name(const bound::Field& field, const schema::Schema& schema);

/// The column of a table as an expression.
/// @param alias what SQL calls the table; empty for its own name
bound::Expr table_column(const schema::Schema& schema, std::size_t table, std::size_t column,
                         const std::string& alias = {});

/// `path[index]`
std::string at(const std::string& path, std::size_t index);

}  // namespace virga::bind
