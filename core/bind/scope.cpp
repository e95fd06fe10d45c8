#include "bind/scope.h"

#include <algorithm>

namespace virga::bind {

std::string at(const std::string& path, std::size_t index) {
  return path + "[" + std::to_string(index) + "]";
}

bound::Expr table_column(const schema::Schema& schema, std::size_t table, std::size_t column,
                         const std::string& alias) {
  const schema::Column& found = schema.tables[table].columns[column];
  const bool rowid_alias = found.primary_key && found.codec == schema::Codec::integer;
  return {bound::ColumnRef{table, column, alias}, found.codec, !found.not_null && !rowid_alias,
          bound::Origin{table, column}};
}

std::string output_name(const bound::Field& field, const schema::Schema& schema) {
  if (!field.name.empty()) return field.name;
  if (const auto* ref = std::get_if<bound::ColumnRef>(&field.expr.node))
    return schema.tables[ref->table].columns[ref->column].name;
  if (const auto* ref = std::get_if<bound::OutputRef>(&field.expr.node)) return ref->name;
  return field.as;
}

Result<void> Scope::add(Reachable source, const std::string& path) {
  for (const Reachable& other : sources_)
    if (other.name == source.name)
      return fail(Code::invalid_query,
                  "Alias \"" + source.name + "\" is already used in this query.", path,
                  "alias(table, name) gives a table a further name.");
  sources_.push_back(std::move(source));
  return {};
}

void Scope::make_nullable(std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < last; ++i) sources_[i].nullable = true;
}

const Reachable* Scope::find(std::string_view name) const {
  const auto found = std::find_if(sources_.begin(), sources_.end(),
                                  [&](const Reachable& source) { return source.name == name; });
  if (found != sources_.end()) return &*found;
  return outer_ ? outer_->find(name) : nullptr;
}

const Reachable* Scope::innermost() const {
  if (!sources_.empty()) return &sources_.front();
  return outer_ ? outer_->innermost() : nullptr;
}

const NamedCte* Scope::find_cte(std::string_view name) const {
  // The latest one with a name counts, as in SQL.
  const auto found = std::find_if(ctes_.rbegin(), ctes_.rend(),
                                  [&](const NamedCte& cte) { return cte.name == name; });
  if (found != ctes_.rend()) return &*found;
  return outer_ ? outer_->find_cte(name) : nullptr;
}

std::vector<std::string> Scope::names() const {
  std::vector<std::string> names;
  for (const Scope* scope = this; scope; scope = scope->outer_)
    for (const Reachable& source : scope->sources_) names.push_back(source.name);
  return names;
}

std::vector<std::string> Scope::cte_names() const {
  std::vector<std::string> names;
  for (const Scope* scope = this; scope; scope = scope->outer_)
    for (const NamedCte& cte : scope->ctes_) names.push_back(cte.name);
  return names;
}

Scope Scope::within_sql() const {
  Scope inner(schema_, this);
  inner.lenient_ = true;
  inner.outputs_ = outputs_only_ ? outputs_ : nullptr;
  inner.outputs_only_ = outputs_only_;
  return inner;
}

bool Scope::declared_in_sql(std::string_view name) const {
  for (const Scope* scope = this; scope && scope->lenient_; scope = scope->outer_)
    for (const Reachable& source : scope->sources_)
      if (source.name == name) return true;
  return false;
}

Scope Scope::of_compound(const std::vector<bound::Field>& fields) const {
  Scope inner(schema_, this);
  inner.outputs_ = &fields;
  inner.outputs_only_ = true;
  return inner;
}

std::optional<bound::Expr> Scope::column(const Reachable& source, std::string_view key) const {
  if (source.table) {
    const auto index = schema_.tables[*source.table].find_column(key);
    if (!index) return std::nullopt;
    bound::Expr expr = table_column(schema_, *source.table, *index, source.alias);
    expr.nullable = expr.nullable || source.nullable;
    return expr;
  }
  for (const SourceColumn& column : source.columns)
    if (column.key == key)
      return bound::Expr{bound::OutputRef{source.alias, column.name}, column.codec,
                         column.nullable || source.nullable, column.origin};
  return std::nullopt;
}

std::vector<std::string> Scope::column_keys(const Reachable& source) const {
  if (source.table) return schema_.tables[*source.table].column_keys();
  std::vector<std::string> keys;
  for (const SourceColumn& column : source.columns) keys.push_back(column.key);
  return keys;
}

const bound::Field* Scope::output(std::string_view name) const {
  if (outputs_)
    for (const bound::Field& field : *outputs_)
      if (output_name(field, schema_) == name) return &field;
  return outer_ ? outer_->output(name) : nullptr;
}

std::vector<std::string> Scope::output_names() const {
  std::vector<std::string> names;
  if (outputs_)
    for (const bound::Field& field : *outputs_) names.push_back(output_name(field, schema_));
  return names;
}

}  // namespace virga::bind
