#include <algorithm>

#include "base/text.h"
#include "bind/binder.h"

namespace virga::bind {
namespace {

using schema::Codec;

/// Operators whose result is true, false or unknown are null only through a null operand; a call is
/// nullable when any operand is, except for the tests that always know.
bool call_nullable(Operator op, const std::vector<bound::Expr>& args) {
  switch (op) {
    case Operator::is_null:
    case Operator::is_not_null:
    case Operator::exists:
    case Operator::not_exists: return false;
    default:
      return std::any_of(args.begin(), args.end(),
                         [](const bound::Expr& arg) { return arg.nullable; });
  }
}

std::string in_quotes(const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) quoted.push_back("\"" + name + "\"");
  return quoted.empty() ? "none" : text::join(quoted, ", ");
}

Failure not_in_reach(const ast::ColumnRef& ref, const Scope& scope, const std::string& path) {
  const std::string names = in_quotes(scope.names());
  return fail(Code::invalid_query,
              "Column \"" + ref.source + "." + ref.column +
                  "\" is not in reach: this part of the query reads " + names + ".",
              path, "Tables in reach: " + names + ". Others have to be joined.");
}

/// In the order of a compound select, a column stands for the output field that it is in the first
/// operand, or that has its name.
std::optional<bound::Expr> compound_column(const ast::ColumnRef& ref,
                                           const std::optional<bound::Expr>& column,
                                           const std::vector<bound::Field>& fields,
                                           const schema::Schema& schema) {
  const auto same = [&](const bound::Field& field) {
    const auto* a = std::get_if<bound::ColumnRef>(&field.expr.node);
    const auto* b = column ? std::get_if<bound::ColumnRef>(&column->node) : nullptr;
    return a && b && a->table == b->table && a->column == b->column && a->source == b->source;
  };
  auto found = std::find_if(fields.begin(), fields.end(), same);
  if (found == fields.end())
    found = std::find_if(fields.begin(), fields.end(),
                         [&](const bound::Field& field) { return field.as == ref.column; });
  if (found == fields.end()) return std::nullopt;
  return bound::Expr{bound::OutputRef{{}, output_name(*found, schema)}, found->expr.codec, true,
                     found->expr.origin};
}

}  // namespace

Result<schema::Codec> Binder::codec(const std::string& name, const std::string& path) const {
  if (name.empty()) return Codec::any;
  if (const auto known = schema::codec_from_name(name)) return *known;
  return fail(Code::invalid_query, "Unknown codec \"" + name + "\".", path + ".codec",
              text::candidates_hint(name, schema::codec_names()));
}

Result<bound::Expr> Binder::expr(const ast::Expr& expr, const Scope& scope,
                                 const std::string& path) {
  return std::visit([&](const auto& kind) { return node(kind, scope, path); }, expr.node);
}

Result<std::vector<bound::Expr>> Binder::exprs(const std::vector<ast::Expr>& list,
                                               const Scope& scope, const std::string& path) {
  std::vector<bound::Expr> result;
  result.reserve(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    VIRGA_ASSIGN(auto bound, expr(list[i], scope, at(path, i)));
    result.push_back(std::move(bound));
  }
  return result;
}

Result<std::optional<bound::Expr>> Binder::optional(const std::optional<ast::Expr>& source,
                                                    const Scope& scope, const std::string& path) {
  if (!source) return std::optional<bound::Expr>();
  VIRGA_ASSIGN(auto bound, expr(*source, scope, path));
  return std::optional<bound::Expr>(std::move(bound));
}

Result<std::vector<bound::Order>> Binder::orders(const std::vector<ast::Order>& list,
                                                 const Scope& scope, const std::string& path) {
  std::vector<bound::Order> result;
  for (std::size_t i = 0; i < list.size(); ++i) {
    VIRGA_ASSIGN(auto by, expr(list[i].by, scope, at(path, i) + ".by"));
    result.push_back({std::move(by), list[i].descending});
  }
  return result;
}

Result<bound::Expr> Binder::node(const ast::ColumnRef& ref, const Scope& scope,
                                 const std::string& path) {
  const Reachable* source = scope.find(ref.source);
  auto column = source ? scope.column(*source, ref.column) : std::nullopt;
  if (scope.outputs_only()) {
    if (auto field = compound_column(ref, column, *scope.outputs_only(), schema_)) return *field;
    return fail(Code::invalid_query,
                "A compound select is ordered by its fields, and \"" + ref.source + "." +
                    ref.column + "\" is none of them.",
                path, text::candidates_hint(ref.column, scope.output_names()));
  }
  if (column) return *column;
  if (source)
    return fail(Code::unknown_column,
                (source->table ? "Table \"" : "Subquery \"") + ref.source + "\" has no column \"" +
                    ref.column + "\".",
                path, text::candidates_hint(ref.column, scope.column_keys(*source)));
  if (scope.is_lenient()) {
    const auto table = schema_.find_table(ref.source);
    if (!table) return not_in_reach(ref, scope, path);
    VIRGA_ASSIGN(const std::size_t index, find_column(schema_, *table, ref.column, path));
    return table_column(schema_, *table, index);
  }
  if (scope.names().empty()) VIRGA_TRY(find_table(schema_, ref.source, path));
  return not_in_reach(ref, scope, path);
}

Result<bound::Expr> Binder::node(const ast::Param& param, const Scope&, const std::string&) {
  parameters_ = std::max(parameters_, param.index + 1);
  return bound::Expr{bound::Param{param.index}};
}

Result<bound::Expr> Binder::node(const ast::Literal& literal, const Scope&, const std::string&) {
  const bool null = std::holds_alternative<std::monostate>(literal.value);
  return bound::Expr{bound::Literal{literal.value}, Codec::any, null};
}

/// `x in (select …)`: the list is the select.
Result<bound::Expr> Binder::in_select(const ast::Call& call, const Scope& scope,
                                      const std::string& path) {
  VIRGA_ASSIGN(auto operand, expr(call.args[0], scope, at(path + ".args", 0)));
  const auto& subquery = std::get<ast::Subquery>(call.args[1].node);
  VIRGA_ASSIGN(auto list,
               select(*subquery.select, &scope, Role::nested, at(path + ".args", 1) + ".select"));
  if (list.output.fields.size() != 1)
    return fail(Code::invalid_query, "The select of a list has one field.", path);
  std::vector<bound::Expr> operands;
  operands.push_back(std::move(operand));
  return bound::Expr{bound::InSelect{std::move(operands),
                                     std::make_shared<const bound::Select>(std::move(list)),
                                     call.op == Operator::not_in}};
}

Result<bound::Expr> Binder::node(const ast::Call& call, const Scope& scope,
                                 const std::string& path) {
  const bool list = call.op == Operator::in || call.op == Operator::not_in;
  if (list && call.args.size() == 2 && std::holds_alternative<ast::Subquery>(call.args[1].node))
    return in_select(call, scope, path);
  VIRGA_ASSIGN(auto args, exprs(call.args, scope, path + ".args"));
  // As a field it is 1 or 0, as SQLite gives it.
  const bool nullable = call_nullable(call.op, args);
  return bound::Expr{bound::Call{call.op, std::move(args)}, Codec::any, nullable};
}

Result<bound::Expr> Binder::node(const ast::FunctionCall& call, const Scope& scope,
                                 const std::string& path) {
  VIRGA_ASSIGN(auto args, exprs(call.args, scope, path + ".args"));
  bound::Expr result;
  switch (call.function) {
    case Function::count:
      result.codec = Codec::integer;
      result.nullable = false;
      break;
    case Function::sum:
    case Function::avg: result.codec = Codec::string; break;
    case Function::min:
    case Function::max:
      result.codec = args.front().codec;
      result.origin = args.front().origin;
      break;
  }
  result.node = bound::FunctionCall{call.function, std::move(args), call.distinct};
  return result;
}

/// The sources that SQL text names bring their columns in reach, wherever in the text they stand.
Result<void> Binder::declare_sources(const ast::Sql& sql, Scope& scope, const std::string& path) {
  for (std::size_t i = 0; i < sql.holes.size(); ++i) {
    const std::string place = at(path + ".sql", i);
    if (const auto* nested = std::get_if<ast::Sql>(&sql.holes[i].node))
      VIRGA_TRY(declare_sources(*nested, scope, place));
    const auto* ref = std::get_if<ast::SourceRef>(&sql.holes[i].node);
    if (!ref) continue;
    VIRGA_ASSIGN(auto opened, open_source(*ref->source, scope, place + ".source"));
    if (!scope.find(opened.second.name)) VIRGA_TRY(scope.add(std::move(opened.second), place));
  }
  return {};
}

Result<bound::Sql> Binder::sql_text(const ast::Sql& sql, const Scope& scope,
                                    const std::string& path) {
  Scope inner = scope.within_sql();
  VIRGA_TRY(declare_sources(sql, inner, path));
  VIRGA_ASSIGN(auto holes, exprs(sql.holes, inner, path + ".sql"));
  return bound::Sql{sql.texts, std::move(holes)};
}

Result<bound::Expr> Binder::node(const ast::Sql& sql, const Scope& scope, const std::string& path) {
  VIRGA_ASSIGN(const auto known, codec(sql.codec, path));
  VIRGA_ASSIGN(auto text, sql_text(sql, scope, path));
  return bound::Expr{std::move(text), known};
}

Result<bound::Expr> Binder::node(const ast::DefaultValue&, const Scope&, const std::string& path) {
  return fail(Code::invalid_query, "A column's default can only stand in the rows of an insert.",
              path);
}

Result<bound::Expr> Binder::node(const ast::Subquery& subquery, const Scope& scope,
                                 const std::string& path) {
  VIRGA_ASSIGN(auto bound, select(*subquery.select, &scope, Role::nested, path + ".select"));
  const bound::Expr& first = bound.output.fields.front().expr;
  bound::Expr result{{}, first.codec, true, first.origin};
  result.node = bound::Subquery{std::make_shared<const bound::Select>(std::move(bound))};
  return result;
}

Result<bound::Expr> Binder::node(const ast::SourceRef& ref, const Scope& scope,
                                 const std::string& path) {
  if (!scope.is_lenient())
    return fail(Code::invalid_query, "A source can only be named inside SQL text.", path);
  VIRGA_ASSIGN(auto opened, open_source(*ref.source, scope, path + ".source"));
  // A table that the query around reads under an alias is meant by the alias.
  const bool table = std::holds_alternative<bound::TableSource>(opened.first.from);
  if (table && !ref.source->as.empty() && !scope.declared_in_sql(ref.source->as))
    opened.first.from = bound::CteSource{std::exchange(opened.first.alias, {})};
  return bound::Expr{
      bound::SourceRef{std::make_shared<const bound::Source>(std::move(opened.first))}};
}

Result<bound::Expr> Binder::node(const ast::AliasRef& ref, const Scope& scope,
                                 const std::string& path) {
  const bound::Field* field = scope.output(ref.name);
  if (!field && !scope.is_lenient())
    return fail(Code::invalid_query, "No field of this select is named \"" + ref.name + "\".", path,
                text::candidates_hint(ref.name, scope.output_names()));
  bound::Expr result{bound::OutputRef{{}, ref.name}};
  if (field) {
    result.codec = field->expr.codec;
    result.origin = field->expr.origin;
  }
  return result;
}

}  // namespace virga::bind
