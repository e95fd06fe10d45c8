#include "bind/bind.h"

#include <algorithm>

#include "base/text.h"
#include "bind/scope.h"

namespace virga::bind {
namespace {

class Binder {
 public:
  explicit Binder(const schema::Schema& schema) : schema_(schema) {}

  Result<bound::Query> query(const ast::Find& find);
  Result<bound::Query> query(const ast::Select& select);
  Result<bound::Query> query(const ast::Insert& insert);
  Result<bound::Query> query(const ast::Update& update);
  Result<bound::Query> query(const ast::Delete& del);
  std::size_t parameters() const { return parameters_; }

 private:
  Result<bound::Level> level(const ast::Level& level, std::size_t table, const std::string& path);
  Result<bound::Child> child(const ast::With& with, std::size_t table, const std::string& path);
  Result<std::vector<bound::Field>> columns(const ast::Level& level, const Scope& scope,
                                            const std::string& path);
  Result<std::vector<bound::Field>> returning(const std::optional<ast::Returning>& returning,
                                              const Scope& scope, const std::string& path);
  Result<std::vector<bound::Expr>> row(const std::vector<ast::Expr>& cells,
                                       const std::vector<std::size_t>& columns, const Scope& scope,
                                       const std::string& path);
  Result<std::size_t> writable(const std::string& key, const Scope& scope, const std::string& path);

  const schema::Schema& schema_;
  std::size_t parameters_ = 0;
};

Result<std::vector<bound::Field>> Binder::columns(const ast::Level& level, const Scope& scope,
                                                  const std::string& path) {
  if (!level.columns) return scope.all_fields();
  std::vector<bound::Field> fields;
  for (std::size_t i = 0; i < level.columns->size(); ++i) {
    const std::string place = at(path + ".columns", i);
    VIRGA_ASSIGN(const std::size_t column, scope.column((*level.columns)[i], place));
    VIRGA_TRY(add_field(fields, scope.field(column), place));
  }
  if (fields.empty() && level.with.empty())
    return fail(Code::invalid_query, "No fields selected for table \"" + scope.table().key + "\".",
                path, "At least one column or relation must be selected.");
  return fields;
}

Result<bound::Level> Binder::level(const ast::Level& source, std::size_t table,
                                   const std::string& path) {
  const Scope scope(schema_, table, parameters_);
  bound::Level result;
  result.select.table = table;
  VIRGA_ASSIGN(result.select.fields, columns(source, scope, path));
  VIRGA_ASSIGN(result.select.where, scope.optional(source.where, path + ".where"));
  VIRGA_ASSIGN(result.select.order_by, scope.orders(source.order_by, path + ".orderBy"));
  VIRGA_ASSIGN(result.select.limit, scope.optional(source.limit, path + ".limit"));
  VIRGA_ASSIGN(result.select.offset, scope.optional(source.offset, path + ".offset"));
  for (std::size_t i = 0; i < source.with.size(); ++i) {
    VIRGA_ASSIGN(auto below, child(source.with[i], table, at(path + ".with", i)));
    const bool twice =
        std::any_of(result.children.begin(), result.children.end(),
                    [&](const bound::Child& other) { return other.name == below.name; });
    if (twice)
      return fail(Code::invalid_query, "Relation \"" + below.name + "\" is asked for twice.",
                  at(path + ".with", i));
    result.children.push_back(std::move(below));
  }
  return result;
}

Result<bound::Child> Binder::child(const ast::With& with, std::size_t table,
                                   const std::string& path) {
  const schema::Table& parent = schema_.tables[table];
  const schema::Relation* relation = schema_.find_relation(parent.key, with.relation);
  if (!relation)
    return fail(Code::unknown_relation,
                "Table \"" + parent.key + "\" has no relation \"" + with.relation + "\".", path,
                text::candidates_hint(with.relation, schema_.relation_names(parent.key)));
  VIRGA_ASSIGN(const std::size_t target, find_table(schema_, relation->target, path));
  const Scope here(schema_, table, parameters_);
  const Scope there(schema_, target, parameters_);
  bound::Child child;
  child.name = relation->name;
  child.kind = relation->kind;
  for (const std::string& key : relation->fields) {
    VIRGA_ASSIGN(const std::size_t column, here.column(key, path));
    child.parent_columns.push_back(column);
  }
  for (const std::string& key : relation->references) {
    VIRGA_ASSIGN(const std::size_t column, there.column(key, path));
    child.child_columns.push_back(column);
  }
  VIRGA_ASSIGN(child.level, level(with.level, target, path));
  return child;
}

Result<bound::Query> Binder::query(const ast::Find& find) {
  VIRGA_ASSIGN(const std::size_t table, find_table(schema_, find.table, "find.table"));
  VIRGA_ASSIGN(auto bound, level(find.level, table, "find"));
  if (find.first && bound.select.limit)
    return fail(Code::invalid_query, "A query for the first row has its own limit.", "find.limit");
  if (find.first)
    bound.select.limit = bound::Expr{bound::Constant{1}, schema::Codec::integer, false};
  return bound::Query(bound::Find{find.first, std::move(bound)});
}

Result<bound::Query> Binder::query(const ast::Select& select) {
  VIRGA_ASSIGN(const std::size_t table, find_table(schema_, select.from, "select.from"));
  const Scope scope(schema_, table, parameters_);
  bound::Select result;
  result.table = table;
  result.distinct = select.distinct;
  VIRGA_ASSIGN(result.fields,
               select.fields ? scope.fields(*select.fields, "select.fields") : scope.all_fields());
  VIRGA_ASSIGN(result.where, scope.optional(select.where, "select.where"));
  VIRGA_ASSIGN(result.order_by, scope.orders(select.order_by, "select.orderBy"));
  VIRGA_ASSIGN(result.limit, scope.optional(select.limit, "select.limit"));
  VIRGA_ASSIGN(result.offset, scope.optional(select.offset, "select.offset"));
  return bound::Query(std::move(result));
}

Result<std::vector<bound::Field>> Binder::returning(const std::optional<ast::Returning>& returning,
                                                    const Scope& scope, const std::string& path) {
  if (!returning) return std::vector<bound::Field>();
  return returning->all ? scope.all_fields() : scope.fields(returning->fields, path);
}

Result<std::size_t> Binder::writable(const std::string& key, const Scope& scope,
                                     const std::string& path) {
  VIRGA_ASSIGN(const std::size_t column, scope.column(key, path));
  if (scope.table().columns[column].generated)
    return fail(Code::invalid_query, "Column \"" + key + "\" is generated and cannot be written.",
                path);
  return column;
}

Result<std::vector<bound::Expr>> Binder::row(const std::vector<ast::Expr>& cells,
                                             const std::vector<std::size_t>& columns,
                                             const Scope& scope, const std::string& path) {
  if (cells.size() != columns.size())
    return fail(Code::invalid_query, "A row has one value for each column.", path);
  std::vector<bound::Expr> row;
  row.reserve(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (std::holds_alternative<ast::DefaultValue>(cells[i].node)) {
      bound::Expr column = scope.column_expr(columns[i]);
      row.push_back({bound::DefaultValue{std::get<bound::ColumnRef>(column.node)}, column.codec,
                     column.nullable});
      continue;
    }
    VIRGA_ASSIGN(auto cell, scope.expr(cells[i], at(path, i)));
    row.push_back(std::move(cell));
  }
  return row;
}

Result<bound::Query> Binder::query(const ast::Insert& insert) {
  VIRGA_ASSIGN(const std::size_t table, find_table(schema_, insert.table, "insert.table"));
  const Scope scope(schema_, table, parameters_);
  if (insert.rows.empty())
    return fail(Code::invalid_query, "An insert needs at least one row.", "insert.rows");
  if (insert.columns.empty() && insert.rows.size() > 1)
    return fail(Code::invalid_query, "Only a single row can be inserted without any column.",
                "insert.rows");
  bound::Insert result;
  result.table = table;
  for (std::size_t i = 0; i < insert.columns.size(); ++i) {
    VIRGA_ASSIGN(const std::size_t column,
                 writable(insert.columns[i], scope, at("insert.columns", i)));
    if (std::find(result.columns.begin(), result.columns.end(), column) != result.columns.end())
      return fail(Code::invalid_query, "Column \"" + insert.columns[i] + "\" is listed twice.",
                  at("insert.columns", i));
    result.columns.push_back(column);
  }
  for (std::size_t i = 0; i < insert.rows.size(); ++i) {
    VIRGA_ASSIGN(auto cells, row(insert.rows[i], result.columns, scope, at("insert.rows", i)));
    result.rows.push_back(std::move(cells));
  }
  VIRGA_ASSIGN(result.returning, returning(insert.returning, scope, "insert.returning"));
  return bound::Query(std::move(result));
}

Result<bound::Query> Binder::query(const ast::Update& update) {
  VIRGA_ASSIGN(const std::size_t table, find_table(schema_, update.table, "update.table"));
  const Scope scope(schema_, table, parameters_);
  if (update.set.empty()) return fail(Code::invalid_query, "No values to set.", "update.set");
  bound::Update result;
  result.table = table;
  for (std::size_t i = 0; i < update.set.size(); ++i) {
    const std::string path = at("update.set", i);
    VIRGA_ASSIGN(const std::size_t column, writable(update.set[i].column, scope, path + ".column"));
    VIRGA_ASSIGN(auto value, scope.expr(update.set[i].value, path + ".value"));
    result.set.push_back({column, std::move(value)});
  }
  VIRGA_ASSIGN(result.where, scope.optional(update.where, "update.where"));
  VIRGA_ASSIGN(result.returning, returning(update.returning, scope, "update.returning"));
  return bound::Query(std::move(result));
}

Result<bound::Query> Binder::query(const ast::Delete& del) {
  VIRGA_ASSIGN(const std::size_t table, find_table(schema_, del.table, "delete.table"));
  const Scope scope(schema_, table, parameters_);
  bound::Delete result;
  result.table = table;
  VIRGA_ASSIGN(result.where, scope.optional(del.where, "delete.where"));
  VIRGA_ASSIGN(result.returning, returning(del.returning, scope, "delete.returning"));
  return bound::Query(std::move(result));
}

}  // namespace

Result<Binding> bind(const ast::Query& query, const schema::Schema& schema) {
  Binder binder(schema);
  VIRGA_ASSIGN(auto bound, std::visit([&](const auto& kind) { return binder.query(kind); }, query));
  return Binding{std::move(bound), binder.parameters()};
}

}  // namespace virga::bind
