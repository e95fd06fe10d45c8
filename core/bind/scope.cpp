#include "bind/scope.h"

#include <algorithm>

#include "base/text.h"

namespace virga::bind {
namespace {

/// Operators whose result is true, false or unknown are null only through a null operand; a call is
/// nullable when any operand is, except for the null tests.
bool call_nullable(Operator op, const std::vector<bound::Expr>& args) {
  if (op == Operator::is_null || op == Operator::is_not_null) return false;
  return std::any_of(args.begin(), args.end(), [](const bound::Expr& arg) { return arg.nullable; });
}

}  // namespace

std::string at(const std::string& path, std::size_t index) {
  return path + "[" + std::to_string(index) + "]";
}

Result<std::size_t> find_table(const schema::Schema& schema, const std::string& key,
                               const std::string& path) {
  if (const auto index = schema.find_table(key)) return *index;
  return fail(Code::unknown_table, "The schema has no table \"" + key + "\".", path,
              text::candidates_hint(key, schema.table_keys()));
}

Result<std::size_t> Scope::column(const std::string& key, const std::string& path) const {
  if (const auto index = table().find_column(key)) return *index;
  return fail(Code::unknown_column, "Table \"" + table().key + "\" has no column \"" + key + "\".",
              path, text::candidates_hint(key, table().column_keys()));
}

bound::Expr Scope::column_expr(std::size_t column) const {
  const schema::Column& found = table().columns[column];
  const bool rowid_alias = found.primary_key && found.codec == schema::Codec::integer;
  return {bound::ColumnRef{table_index_, column}, found.codec, !found.not_null && !rowid_alias};
}

bound::Field Scope::field(std::size_t column) const {
  return {table().columns[column].key, column_expr(column)};
}

Result<bound::Expr> Scope::column_ref(const ast::ColumnRef& ref, const std::string& path) const {
  if (ref.table != table().key) {
    VIRGA_TRY(find_table(schema_, ref.table, path));
    return fail(Code::invalid_query,
                "Column \"" + ref.table + "." + ref.column +
                    "\" is not in reach: this part of the query reads \"" + table().key + "\".",
                path, "Tables in reach: \"" + table().key + "\".");
  }
  VIRGA_ASSIGN(const std::size_t index, column(ref.column, path));
  return column_expr(index);
}

Result<std::vector<bound::Expr>> Scope::exprs(const std::vector<ast::Expr>& exprs,
                                              const std::string& path) const {
  std::vector<bound::Expr> result;
  result.reserve(exprs.size());
  for (std::size_t i = 0; i < exprs.size(); ++i) {
    VIRGA_ASSIGN(auto bound, expr(exprs[i], at(path, i)));
    result.push_back(std::move(bound));
  }
  return result;
}

Result<bound::Expr> Scope::call(const ast::Call& call, const std::string& path) const {
  VIRGA_ASSIGN(auto args, exprs(call.args, path + ".args"));
  const bool nullable = call_nullable(call.op, args);
  return bound::Expr{bound::Call{call.op, std::move(args)}, schema::Codec::boolean, nullable};
}

Result<bound::Expr> Scope::sql(const ast::Sql& sql, const std::string& path) const {
  const auto codec = sql.codec.empty() ? schema::Codec::any : schema::codec_from_name(sql.codec);
  if (!codec)
    return fail(Code::invalid_query, "Unknown codec \"" + sql.codec + "\".", path + ".codec",
                text::candidates_hint(sql.codec, schema::codec_names()));
  VIRGA_ASSIGN(auto holes, exprs(sql.holes, path + ".sql"));
  return bound::Expr{bound::Sql{sql.texts, std::move(holes)}, *codec, true};
}

Result<bound::Expr> Scope::expr(const ast::Expr& expr, const std::string& path) const {
  return std::visit(
      overloaded{[&](const ast::ColumnRef& ref) { return column_ref(ref, path); },
                 [&](const ast::Param& param) -> Result<bound::Expr> {
                   parameters_ = std::max(parameters_, param.index + 1);
                   return bound::Expr{bound::Param{param.index}, schema::Codec::any, true};
                 },
                 [&](const ast::Call& node) { return call(node, path); },
                 [&](const ast::Sql& node) { return sql(node, path); },
                 [&](const ast::DefaultValue&) -> Result<bound::Expr> {
                   return fail(Code::invalid_query,
                               "A column's default can only stand in the rows of an insert.", path);
                 }},
      expr.node);
}

Result<std::optional<bound::Expr>> Scope::optional(const std::optional<ast::Expr>& source,
                                                   const std::string& path) const {
  if (!source) return std::optional<bound::Expr>();
  VIRGA_ASSIGN(auto bound, expr(*source, path));
  return std::optional<bound::Expr>(std::move(bound));
}

Result<std::vector<bound::Order>> Scope::orders(const std::vector<ast::Order>& orders,
                                                const std::string& path) const {
  std::vector<bound::Order> result;
  for (std::size_t i = 0; i < orders.size(); ++i) {
    VIRGA_ASSIGN(auto by, expr(orders[i].by, at(path, i) + ".by"));
    result.push_back({std::move(by), orders[i].descending});
  }
  return result;
}

Result<std::vector<bound::Field>> Scope::fields(const std::vector<ast::Field>& fields,
                                                const std::string& path) const {
  if (fields.empty())
    return fail(Code::invalid_query, "A list of fields needs at least one.", path);
  std::vector<bound::Field> result;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    VIRGA_ASSIGN(auto bound, expr(fields[i].expr, at(path, i) + ".expr"));
    VIRGA_TRY(add_field(result, {fields[i].as, std::move(bound)}, at(path, i)));
  }
  return result;
}

Result<void> add_field(std::vector<bound::Field>& fields, bound::Field field,
                       const std::string& path) {
  for (const bound::Field& other : fields)
    if (other.as == field.as)
      return fail(Code::invalid_query, "Field \"" + field.as + "\" is asked for twice.", path);
  fields.push_back(std::move(field));
  return {};
}

Result<std::vector<bound::Field>> Scope::all_fields() const {
  std::vector<bound::Field> result;
  for (std::size_t i = 0; i < table().columns.size(); ++i) result.push_back(field(i));
  return result;
}

}  // namespace virga::bind
