#include "base/text.h"
#include "bind/binder.h"

namespace virga::bind {

Result<std::size_t> find_table(const schema::Schema& schema, const std::string& key,
                               const std::string& path) {
  if (const auto index = schema.find_table(key)) return *index;
  return fail(Code::unknown_table, "The schema has no table \"" + key + "\".", path,
              text::candidates_hint(key, schema.table_keys()));
}

Result<std::size_t> find_column(const schema::Schema& schema, std::size_t table,
                                const std::string& key, const std::string& path) {
  const schema::Table& found = schema.tables[table];
  if (const auto index = found.find_column(key)) return *index;
  return fail(Code::unknown_column, "Table \"" + found.key + "\" has no column \"" + key + "\".",
              path, text::candidates_hint(key, found.column_keys()));
}

/// Binds a source and says which columns it brings, without putting them in reach.
Result<std::pair<bound::Source, Reachable>> Binder::open_source(const ast::Source& source,
                                                                const Scope& scope,
                                                                const std::string& path) {
  bound::Source bound{{}, source.as};
  Reachable reachable{source.as, source.as};
  if (const auto* table = std::get_if<ast::TableSource>(&source.from)) {
    VIRGA_ASSIGN(const std::size_t index, find_table(schema_, table->key, path));
    bound.from = bound::TableSource{index};
    reachable.table = index;
    if (source.as.empty()) reachable.name = table->key;
  } else if (const auto* cte = std::get_if<ast::CteSource>(&source.from)) {
    const NamedCte* known = scope.find_cte(cte->name);
    if (!known)
      return fail(Code::invalid_query,
                  "No common table expression is named \"" + cte->name + "\" here.", path,
                  text::candidates_hint(cte->name, scope.cte_names()));
    bound.from = bound::CteSource{cte->name};
    reachable.columns = known->columns;
    if (source.as.empty()) reachable.name = reachable.alias = cte->name;
  } else if (const auto* select = std::get_if<std::shared_ptr<const ast::Select>>(&source.from)) {
    VIRGA_ASSIGN(auto inner, this->select(**select, &scope, Role::nested, path + ".select"));
    reachable.columns = columns_of(inner);
    bound.from = std::make_shared<const bound::Select>(std::move(inner));
  } else {
    VIRGA_ASSIGN(bound.from, sql_text(std::get<ast::Sql>(source.from), scope, path));
  }
  return std::pair(std::move(bound), std::move(reachable));
}

Result<bound::Source> Binder::source(const ast::Source& source, Scope& scope,
                                     const std::string& path) {
  VIRGA_ASSIGN(auto opened, open_source(source, scope, path));
  if (std::holds_alternative<ast::Sql>(source.from))
    scope.make_lenient();
  else
    VIRGA_TRY(scope.add(std::move(opened.second), path));
  return std::move(opened.first);
}

Result<std::vector<bound::Join>> Binder::joins(const std::vector<ast::Join>& list, Scope& scope,
                                               const std::string& path) {
  std::vector<bound::Join> result;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string place = at(path, i);
    const JoinKind kind = list[i].kind;
    const std::size_t before = scope.size();
    VIRGA_ASSIGN(auto joined, source(list[i].source, scope, place + ".source"));
    VIRGA_ASSIGN(auto on, optional(list[i].on, scope, place + ".on"));
    if (kind == JoinKind::cross && on)
      return fail(Code::invalid_query, "A cross join has no condition.", place + ".on");
    if (kind == JoinKind::left || kind == JoinKind::full) scope.make_nullable(before, scope.size());
    if (kind == JoinKind::right || kind == JoinKind::full) scope.make_nullable(0, before);
    result.push_back({kind, std::move(joined), std::move(on)});
  }
  return result;
}

Result<std::pair<bound::Cte, NamedCte>> Binder::cte(const ast::Cte& cte, const Scope& scope,
                                                    const std::string& path) {
  if (const auto* body = std::get_if<std::shared_ptr<const ast::Select>>(&cte.body)) {
    VIRGA_ASSIGN(auto bound, select(**body, &scope, Role::nested, path + ".select"));
    NamedCte named{cte.name, columns_of(bound)};
    return std::pair(bound::Cte{cte.name, std::make_shared<const bound::Select>(std::move(bound))},
                     std::move(named));
  }
  NamedCte named{cte.name, {}};
  for (std::size_t i = 0; i < cte.columns.size(); ++i) {
    const ast::CteColumn& column = cte.columns[i];
    VIRGA_ASSIGN(const auto known, codec(column.codec, at(path + ".columns", i)));
    named.columns.push_back(
        {column.key, column.name.empty() ? column.key : column.name, known, true, {}});
  }
  // Its text may be recursive and name itself.
  Scope inner(schema_, &scope);
  inner.add(named);
  VIRGA_ASSIGN(auto text, sql_text(std::get<ast::Sql>(cte.body), inner, path));
  return std::pair(bound::Cte{cte.name, std::move(text)}, std::move(named));
}

Result<std::vector<bound::Cte>> Binder::ctes(const std::vector<ast::Cte>& list, Scope& scope,
                                             const std::string& path) {
  std::vector<bound::Cte> result;
  for (std::size_t i = 0; i < list.size(); ++i) {
    VIRGA_ASSIGN(auto bound, cte(list[i], scope, at(path, i)));
    scope.add(std::move(bound.second));
    result.push_back(std::move(bound.first));
  }
  return result;
}

}  // namespace virga::bind
