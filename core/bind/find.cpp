#include <algorithm>

#include "base/text.h"
#include "bind/binder.h"

namespace virga::bind {

bound::Expr all_of(std::vector<bound::Expr> terms) {
  if (terms.size() == 1) return std::move(terms.front());
  return {bound::Call{Operator::logical_and, std::move(terms)}};
}

bound::Expr keys_equal(const std::vector<bound::ColumnRef>& a,
                       const std::vector<bound::ColumnRef>& b) {
  std::vector<bound::Expr> terms;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::vector<bound::Expr> sides{{a[i]}, {b[i]}};
    terms.push_back({bound::Call{Operator::eq, std::move(sides)}});
  }
  return all_of(std::move(terms));
}

Result<bound::Output> Binder::columns(const ast::Level& level, const Scope& scope,
                                      const std::string& path) {
  const std::size_t table = *scope.sources().front().table;
  const schema::Table& from = schema_.tables[table];
  const auto keys = level.columns.value_or(from.column_keys());
  std::vector<ast::Field> asked;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    VIRGA_TRY(find_column(schema_, table, keys[i], at(path + ".columns", i)));
    asked.push_back({keys[i], ast::Expr{ast::ColumnRef{from.key, keys[i]}}, {}, {}});
  }
  for (ast::Field extra : level.extras) {
    if (extra.name.empty()) extra.name = extra.as;
    asked.push_back(std::move(extra));
  }
  if (asked.empty() && level.with.empty())
    return fail(Code::invalid_query, "No fields selected for table \"" + from.key + "\".", path,
                "At least one column, extra or relation must be selected.");
  if (asked.empty()) return bound::Output();
  return fields(asked, scope, path + (level.extras.empty() ? ".columns" : ".fields"));
}

Result<bound::Level> Binder::level(const ast::Level& source, std::size_t table,
                                   const std::string& path) {
  Scope scope(schema_);
  VIRGA_TRY(scope.add({schema_.tables[table].key, {}, table}, path));
  bound::Level result;
  bound::Select& select = result.select;
  select.from.from = bound::TableSource{table};
  VIRGA_ASSIGN(select.output, columns(source, scope, path));
  scope.outputs(select.output.fields);
  VIRGA_ASSIGN(select.where, optional(source.where, scope, path + ".where"));
  VIRGA_ASSIGN(select.order_by, orders(source.order_by, scope, path + ".orderBy"));
  VIRGA_ASSIGN(select.limit, optional(source.limit, scope, path + ".limit"));
  VIRGA_ASSIGN(select.offset, optional(source.offset, scope, path + ".offset"));
  VIRGA_ASSIGN(result.children, children(source, table, path));
  return result;
}

Result<std::vector<bound::Child>> Binder::children(const ast::Level& source, std::size_t table,
                                                   const std::string& path) {
  std::vector<bound::Child> result;
  for (std::size_t i = 0; i < source.with.size(); ++i) {
    VIRGA_ASSIGN(auto below, child(source.with[i], table, at(path + ".with", i)));
    const bool twice = std::any_of(result.begin(), result.end(), [&](const bound::Child& other) {
      return other.name == below.name;
    });
    if (twice)
      return fail(Code::invalid_query, "Relation \"" + below.name + "\" is asked for twice.",
                  at(path + ".with", i));
    result.push_back(std::move(below));
  }
  return result;
}

Result<const schema::Relation*> Binder::relation(std::size_t table, const std::string& name,
                                                 const std::string& path) const {
  const std::string& key = schema_.tables[table].key;
  if (const schema::Relation* found = schema_.find_relation(key, name)) return found;
  return fail(Code::unknown_relation, "Table \"" + key + "\" has no relation \"" + name + "\".",
              path, text::candidates_hint(name, schema_.relation_names(key)));
}

Result<std::vector<bound::ColumnRef>> Binder::key(std::size_t table,
                                                  const std::vector<std::string>& keys,
                                                  const std::string& alias,
                                                  const std::string& path) const {
  std::vector<bound::ColumnRef> result;
  for (const std::string& column : keys) {
    VIRGA_ASSIGN(const std::size_t index, find_column(schema_, table, column, path));
    result.push_back({table, index, alias});
  }
  return result;
}

/// An alias that nothing in the schema or in reach is called by.
std::string Binder::fresh_alias(const Scope& scope) {
  while (true) {
    const std::string alias = "r" + std::to_string(aliases_++);
    const auto names = scope.names();
    const bool taken = std::find(names.begin(), names.end(), alias) != names.end() ||
                       std::any_of(schema_.tables.begin(), schema_.tables.end(),
                                   [&](const schema::Table& table) { return table.name == alias; });
    if (!taken) return alias;
  }
}

Result<std::vector<bound::ColumnRef>> Binder::target_key(const schema::Relation& relation,
                                                         bound::Select& select, const Scope& scope,
                                                         const std::string& path) {
  VIRGA_ASSIGN(auto target, key(select.table(), relation.references, select.from.alias, path));
  if (!relation.through) return target;
  VIRGA_ASSIGN(const std::size_t junction, find_table(schema_, relation.through->table, path));
  const std::string alias = fresh_alias(scope);
  VIRGA_ASSIGN(const auto outward, key(junction, relation.through->references, alias, path));
  select.joins.push_back(
      {JoinKind::inner, {bound::TableSource{junction}, alias}, keys_equal(outward, target)});
  return key(junction, relation.through->fields, alias, path);
}

Result<bound::Child> Binder::child(const ast::With& with, std::size_t table,
                                   const std::string& path) {
  VIRGA_ASSIGN(const schema::Relation* found, relation(table, with.relation, path));
  VIRGA_ASSIGN(const std::size_t target, find_table(schema_, found->target, path));
  bound::Child child;
  child.name = found->name;
  child.kind = found->kind;
  VIRGA_ASSIGN(child.parent_key, key(table, found->fields, {}, path));
  VIRGA_ASSIGN(child.level, level(with.level, target, path));
  VIRGA_ASSIGN(child.child_key, target_key(*found, child.level.select, Scope(schema_), path));
  return child;
}

/// The relation as a correlated subquery: whether there is a row, or a value of the rows.
Result<bound::Expr> Binder::node(const ast::Related& related, const Scope& scope,
                                 const std::string& path) {
  const Reachable* source = related.of.empty() ? scope.innermost() : scope.find(related.of);
  if (!source || !source->table)
    return fail(Code::invalid_query,
                "Relation \"" + related.relation + "\" needs a table that it belongs to.", path,
                text::candidates_hint(related.of, scope.names()));
  VIRGA_ASSIGN(const schema::Relation* found, relation(*source->table, related.relation, path));
  VIRGA_ASSIGN(const std::size_t target, find_table(schema_, found->target, path));
  const std::string alias = fresh_alias(scope);
  Scope inner(schema_, &scope);
  VIRGA_TRY(inner.add({found->target, alias, target}, path));
  bound::Select select;
  select.from = {bound::TableSource{target}, alias};
  VIRGA_ASSIGN(const auto outside, key(*source->table, found->fields, source->alias, path));
  VIRGA_ASSIGN(const auto inside, target_key(*found, select, inner, path));
  std::vector<bound::Expr> terms{keys_equal(inside, outside)};
  if (!related.where.empty()) {
    VIRGA_ASSIGN(auto where, expr(related.where.front(), inner, path + ".where"));
    terms.push_back(std::move(where));
  }
  select.where = all_of(std::move(terms));
  bound::Expr value{bound::Literal{std::int64_t{1}}, schema::Codec::integer, false};
  if (!related.value.empty()) {
    VIRGA_ASSIGN(value, expr(related.value.front(), inner, path + ".value"));
  }
  const bound::Expr kind{{}, value.codec, true, value.origin};
  const bool aggregate = std::holds_alternative<bound::FunctionCall>(value.node);
  select.output.fields.push_back({"value", std::move(value)});
  if (!related.value.empty() && !aggregate)
    select.limit = bound::Expr{bound::Literal{std::int64_t{1}}, schema::Codec::integer, false};
  bound::Expr rows = kind;
  rows.node = bound::Subquery{std::make_shared<const bound::Select>(std::move(select))};
  if (!related.value.empty()) return rows;
  std::vector<bound::Expr> operand;
  operand.push_back(std::move(rows));
  return bound::Expr{bound::Call{Operator::exists, std::move(operand)}, schema::Codec::any, false};
}

Result<bound::Query> Binder::query(const ast::Find& find) {
  VIRGA_ASSIGN(const std::size_t table, find_table(schema_, find.table, "find.table"));
  VIRGA_ASSIGN(auto bound, level(find.level, table, "find"));
  if (find.first && bound.select.limit)
    return fail(Code::invalid_query, "A query for the first row has its own limit.", "find.limit");
  if (find.first)
    bound.select.limit =
        bound::Expr{bound::Literal{std::int64_t{1}}, schema::Codec::integer, false};
  return bound::Query(bound::Find{find.first, std::move(bound)});
}

}  // namespace virga::bind
