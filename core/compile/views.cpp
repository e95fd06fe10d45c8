#include "compile/views.h"

#include "ast/ast.h"
#include "bind/bind.h"
#include "sql/sql.h"

namespace virga::compile {
namespace {

/// The text of a view's select. Columns of tables give the view's columns their types.
Result<std::string> view_text(schema::Table& view, const schema::Schema& schema) {
  VIRGA_ASSIGN(const auto query, ast::from_json("{\"select\":" + view.view->query + "}"));
  VIRGA_ASSIGN(auto bound, bind::bind_view(std::get<ast::Select>(query), schema));
  const std::size_t given = bound.output.fields.size();
  if (given != view.columns.size())
    return fail(Code::invalid_schema,
                "View \"" + view.key + "\" has " + std::to_string(view.columns.size()) +
                    " columns, but its query gives " + std::to_string(given) + ".");
  for (std::size_t i = 0; i < given; ++i)
    if (const auto* ref = std::get_if<bound::ColumnRef>(&bound.output.fields[i].expr.node))
      view.columns[i].type = schema.tables[ref->table].columns[ref->column].type;
  return sql::render(std::move(bound), 0, schema);
}

}  // namespace

Result<schema::Schema> complete_views(schema::Schema schema) {
  for (std::size_t i = 0; i < schema.tables.size(); ++i) {
    schema::Table& table = schema.tables[i];
    if (!table.view || table.view->query.empty()) continue;
    auto text = view_text(table, schema);
    if (!text) {
      Error error = std::move(text.error());
      error.path =
          "tables[" + std::to_string(i) + "].view" + (error.path.empty() ? "" : "." + error.path);
      return Failure(std::move(error));
    }
    schema.tables[i].view->sql = std::move(*text);
    schema.tables[i].view->names_columns = true;
  }
  return schema;
}

}  // namespace virga::compile
