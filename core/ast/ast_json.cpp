#include <nlohmann/json.hpp>

#include "ast/ast.h"
#include "base/document.h"
#include "base/text.h"
#include "base/value.h"

namespace virga::ast {
namespace {

using Json = nlohmann::ordered_json;

// ---- reading

/// Recursion is bounded: a document nested deeper than this is refused, not run into the stack's
/// end.
bool too_deep(const Node& node, int depth) {
  if (depth < Document::depth_limit) return false;
  node.misfit("nested deeper than " + std::to_string(Document::depth_limit) + " levels.");
  return true;
}

Expr read_expr(const Node& node, int depth);

std::vector<Expr> read_exprs(const Node& array, int depth) {
  std::vector<Expr> exprs;
  for (const Node& node : array.items()) exprs.push_back(read_expr(node, depth));
  return exprs;
}

Expr read_column(const Node& node) {
  const std::vector<std::string> names = node.get("col").texts();
  if (names.size() == 2) return Expr{ColumnRef{names[0], names[1]}};
  node.get("col").misfit("expected [table key, column key].");
  return Expr{};
}

Expr read_call(const Node& node, int depth) {
  node.only({"op", "args"});
  const std::string name = node.get("op").text();
  const auto op = operator_from_name(name);
  if (!op) {
    node.get("op").misfit("unknown operator \"" + name + "\".",
                          text::candidates_hint(name, operator_names()));
    return Expr{};
  }
  Call call{*op, read_exprs(node.need("args"), depth + 1)};
  const OperatorTraits& shape = traits(*op);
  if (call.args.size() < shape.least || call.args.size() > shape.most)
    node.get("args").misfit("operator \"" + name + "\" does not take " +
                            std::to_string(call.args.size()) + " operands.");
  return Expr{std::move(call)};
}

Expr read_sql(const Node& node, int depth) {
  node.only({"sql", "codec"});
  Sql sql{{std::string()}, {}, node.get("codec").text()};
  for (const Node& chunk : node.get("sql").items()) {
    if (chunk.is_string()) {
      sql.texts.back() += chunk.text();
    } else {
      sql.holes.push_back(read_expr(chunk, depth + 1));
      sql.texts.emplace_back();
    }
  }
  return Expr{std::move(sql)};
}

Expr read_expr(const Node& node, int depth) {
  if (!node.present() || too_deep(node, depth)) return Expr{};
  if (node.get("op").present()) return read_call(node, depth);
  if (node.get("sql").present()) return read_sql(node, depth);
  const std::string kind = node.only_key();
  if (kind == "col") return read_column(node);
  if (kind == "param") return Expr{Param{node.get("param").index()}};
  if (kind == "default") return Expr{DefaultValue{}};
  node.misfit("unknown expression.", "Expressions: col, param, op, sql, default.");
  return Expr{};
}

std::optional<Expr> read_optional(const Node& node, int depth) {
  if (!node.present()) return std::nullopt;
  return read_expr(node, depth);
}

std::vector<Order> read_orders(const Node& array) {
  std::vector<Order> orders;
  for (const Node& node : array.items()) {
    node.only({"by", "desc"});
    orders.push_back({read_expr(node.need("by"), 0), node.get("desc").is_true()});
  }
  return orders;
}

std::vector<Field> read_fields(const Node& array) {
  std::vector<Field> fields;
  for (const Node& node : array.items()) {
    node.only({"as", "expr"});
    fields.push_back({node.need("as").text(), read_expr(node.need("expr"), 0)});
  }
  return fields;
}

Level read_level(const Node& node, int depth) {
  Level level;
  if (too_deep(node, depth)) return level;
  if (const Node columns = node.get("columns"); columns.present()) level.columns = columns.texts();
  level.where = read_optional(node.get("where"), 0);
  level.order_by = read_orders(node.get("orderBy"));
  level.limit = read_optional(node.get("limit"), 0);
  level.offset = read_optional(node.get("offset"), 0);
  for (const Node& with : node.get("with").items()) {
    with.only({"relation", "columns", "where", "orderBy", "limit", "offset", "with"});
    level.with.push_back({with.need("relation").text(), read_level(with, depth + 1)});
  }
  return level;
}

Query read_find(const Node& node) {
  node.only({"table", "first", "columns", "where", "orderBy", "limit", "offset", "with"});
  return Find{node.need("table").text(), node.get("first").is_true(), read_level(node, 0)};
}

Query read_select(const Node& node) {
  node.only({"from", "fields", "distinct", "where", "orderBy", "limit", "offset"});
  Select select;
  select.from = node.need("from").text();
  if (const Node fields = node.get("fields"); fields.present()) select.fields = read_fields(fields);
  select.distinct = node.get("distinct").is_true();
  select.where = read_optional(node.get("where"), 0);
  select.order_by = read_orders(node.get("orderBy"));
  select.limit = read_optional(node.get("limit"), 0);
  select.offset = read_optional(node.get("offset"), 0);
  return select;
}

std::optional<Returning> read_returning(const Node& node) {
  if (!node.present()) return std::nullopt;
  if (node.is_array()) return Returning{false, read_fields(node)};
  if (node.is_true()) return Returning{true, {}};
  return std::nullopt;
}

Query read_insert(const Node& node) {
  node.only({"table", "columns", "rows", "returning"});
  Insert insert{node.need("table").text(), node.need("columns").texts(), {}, {}};
  for (const Node& row : node.need("rows").items()) {
    insert.rows.push_back(read_exprs(row, 0));
    if (insert.rows.back().size() != insert.columns.size())
      row.misfit("the row has " + std::to_string(insert.rows.back().size()) + " values for " +
                 std::to_string(insert.columns.size()) + " columns.");
  }
  insert.returning = read_returning(node.get("returning"));
  return insert;
}

Query read_update(const Node& node) {
  node.only({"table", "set", "where", "returning"});
  Update update{node.need("table").text(), {}, read_optional(node.get("where"), 0), {}};
  for (const Node& item : node.need("set").items()) {
    item.only({"column", "value"});
    update.set.push_back({item.need("column").text(), read_expr(item.need("value"), 0)});
  }
  update.returning = read_returning(node.get("returning"));
  return update;
}

Query read_delete(const Node& node) {
  node.only({"table", "where", "returning"});
  return Delete{node.need("table").text(), read_optional(node.get("where"), 0),
                read_returning(node.get("returning"))};
}

Query read_query(const Node& root) {
  const std::string kind = root.only_key();
  const Node node = root.get(kind);
  if (kind == "find") return read_find(node);
  if (kind == "select") return read_select(node);
  if (kind == "insert") return read_insert(node);
  if (kind == "update") return read_update(node);
  if (kind == "delete") return read_delete(node);
  root.misfit("unknown query \"" + kind + "\".", "Queries: find, select, insert, update, delete.");
  return Find{};
}

// ---- writing

Json expr_json(const Expr& expr);

Json exprs_json(const std::vector<Expr>& exprs) {
  Json array = Json::array();
  for (const Expr& expr : exprs) array.push_back(expr_json(expr));
  return array;
}

Json sql_json(const Sql& sql) {
  Json chunks = Json::array();
  for (std::size_t i = 0; i < sql.texts.size(); ++i) {
    if (!sql.texts[i].empty()) chunks.push_back(sql.texts[i]);
    if (i < sql.holes.size()) chunks.push_back(expr_json(sql.holes[i]));
  }
  Json json{{"sql", std::move(chunks)}};
  if (!sql.codec.empty()) json["codec"] = sql.codec;
  return json;
}

Json expr_json(const Expr& expr) {
  return std::visit(
      overloaded{[](const ColumnRef& ref) {
                   return Json{{"col", {ref.table, ref.column}}};
                 },
                 [](const Param& param) {
                   return Json{{"param", param.index}};
                 },
                 [](const Call& call) {
                   return Json{{"op", traits(call.op).name}, {"args", exprs_json(call.args)}};
                 },
                 [](const Sql& sql) { return sql_json(sql); },
                 [](const DefaultValue&) {
                   return Json{{"default", true}};
                 }},
      expr.node);
}

Json fields_json(const std::vector<Field>& fields) {
  Json array = Json::array();
  for (const Field& field : fields)
    array.push_back({{"as", field.as}, {"expr", expr_json(field.expr)}});
  return array;
}

void put(Json& json, const char* key, const std::optional<Expr>& expr) {
  if (expr) json[key] = expr_json(*expr);
}

void put(Json& json, const std::vector<Order>& orders) {
  for (const Order& order : orders) {
    Json item{{"by", expr_json(order.by)}};
    if (order.descending) item["desc"] = true;
    json["orderBy"].push_back(std::move(item));
  }
}

void put(Json& json, const std::optional<Returning>& returning) {
  if (returning) json["returning"] = returning->all ? Json(true) : fields_json(returning->fields);
}

void put(Json& json, const Level& level) {
  if (level.columns) json["columns"] = *level.columns;
  put(json, "where", level.where);
  put(json, level.order_by);
  put(json, "limit", level.limit);
  put(json, "offset", level.offset);
  for (const With& with : level.with) {
    Json item{{"relation", with.relation}};
    put(item, with.level);
    json["with"].push_back(std::move(item));
  }
}

Json body(const Find& find) {
  Json json{{"table", find.table}};
  if (find.first) json["first"] = true;
  put(json, find.level);
  return Json{{"find", std::move(json)}};
}

Json body(const Select& select) {
  Json json{{"from", select.from}};
  if (select.fields) json["fields"] = fields_json(*select.fields);
  if (select.distinct) json["distinct"] = true;
  put(json, "where", select.where);
  put(json, select.order_by);
  put(json, "limit", select.limit);
  put(json, "offset", select.offset);
  return Json{{"select", std::move(json)}};
}

Json body(const Insert& insert) {
  Json json{{"table", insert.table}, {"columns", insert.columns}, {"rows", Json::array()}};
  for (const auto& row : insert.rows) json["rows"].push_back(exprs_json(row));
  put(json, insert.returning);
  return Json{{"insert", std::move(json)}};
}

Json body(const Update& update) {
  Json json{{"table", update.table}, {"set", Json::array()}};
  for (const Assignment& assignment : update.set)
    json["set"].push_back({{"column", assignment.column}, {"value", expr_json(assignment.value)}});
  put(json, "where", update.where);
  put(json, update.returning);
  return Json{{"update", std::move(json)}};
}

Json body(const Delete& del) {
  Json json{{"table", del.table}};
  put(json, "where", del.where);
  put(json, del.returning);
  return Json{{"delete", std::move(json)}};
}

}  // namespace

Result<Query> from_json(std::string_view text) {
  Document document(text, "query document");
  Query query = read_query(document.root());
  if (document.error()) return Failure(*document.error());
  return query;
}

std::string to_json(const Query& query) {
  return std::visit([](const auto& kind) { return body(kind); }, query)
      .dump(-1, ' ', false, nlohmann::detail::error_handler_t::replace);
}

}  // namespace virga::ast
