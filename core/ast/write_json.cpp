#include <nlohmann/json.hpp>

#include "ast/ast.h"

namespace virga::ast {
namespace {

using Json = nlohmann::ordered_json;

Json expr_json(const Expr& expr);
Json select_body(const Select& select);
Json source_json(const Source& source);

template <class Items, class Write>
Json list(const Items& items, Write write) {
  Json array = Json::array();
  for (const auto& item : items) array.push_back(write(item));
  return array;
}

Json exprs_json(const std::vector<Expr>& exprs) { return list(exprs, expr_json); }

Json chunks(const Sql& sql) {
  Json array = Json::array();
  for (std::size_t i = 0; i < sql.texts.size(); ++i) {
    if (!sql.texts[i].empty()) array.push_back(sql.texts[i]);
    if (i < sql.holes.size()) array.push_back(expr_json(sql.holes[i]));
  }
  return array;
}

Json sql_json(const Sql& sql) {
  Json json{{"sql", chunks(sql)}};
  if (!sql.codec.empty()) json["codec"] = sql.codec;
  return json;
}

Json function_json(const FunctionCall& call) {
  Json json{{"fn", function_name(call.function)}, {"args", exprs_json(call.args)}};
  if (call.distinct) json["distinct"] = true;
  return json;
}

Json related_json(const Related& related) {
  Json json{{"relation", related.relation}};
  if (!related.of.empty()) json["of"] = related.of;
  if (!related.where.empty()) json["where"] = expr_json(related.where.front());
  if (!related.value.empty()) json["value"] = expr_json(related.value.front());
  return Json{{"related", std::move(json)}};
}

Json one(const char* key, Json content) {
  Json json;
  json[key] = std::move(content);
  return json;
}

Json expr_json(const Expr& expr) {
  return std::visit(
      overloaded{
          [](const ColumnRef& ref) {
            return one("col", {ref.source, ref.column});
          },
          [](const Param& param) { return one("param", param.index); },
          [](const Literal& literal) { return one("value", Json::parse(to_json(literal.value))); },
          [](const Call& call) {
            return Json{{"op", traits(call.op).name}, {"args", exprs_json(call.args)}};
          },
          [](const FunctionCall& call) { return function_json(call); },
          [](const Sql& sql) { return sql_json(sql); },
          [](const DefaultValue&) { return one("default", true); },
          [](const Subquery& subquery) { return one("select", select_body(*subquery.select)); },
          [](const SourceRef& ref) { return one("source", source_json(*ref.source)); },
          [](const AliasRef& ref) { return one("alias", ref.name); },
          [](const Related& related) { return related_json(related); }},
      expr.node);
}

Json field_json(const Field& field) {
  if (!field.fields.empty())
    return Json{{"as", field.as}, {"fields", list(field.fields, field_json)}};
  Json json{{"as", field.as}, {"expr", expr_json(field.expr)}};
  if (!field.name.empty()) json["name"] = field.name;
  return json;
}

Json source_json(const Source& source) {
  Json json =
      std::visit(overloaded{[](const TableSource& table) { return one("table", table.key); },
                            [](const CteSource& cte) { return one("cte", cte.name); },
                            [](const std::shared_ptr<const Select>& select) {
                              return one("select", select_body(*select));
                            },
                            [](const Sql& sql) { return one("sql", chunks(sql)); }},
                 source.from);
  if (source.as.empty() && json.contains("table")) return json["table"];
  if (!source.as.empty()) json["as"] = source.as;
  return json;
}

Json join_json(const Join& join) {
  Json json{{"kind", join_name(join.kind)}, {"source", source_json(join.source)}};
  if (join.on) json["on"] = expr_json(*join.on);
  return json;
}

Json cte_json(const Cte& cte) {
  Json json{{"name", cte.name}};
  if (const auto* select = std::get_if<std::shared_ptr<const Select>>(&cte.body)) {
    json["select"] = select_body(**select);
    return json;
  }
  json["sql"] = chunks(std::get<Sql>(cte.body));
  json["columns"] = list(cte.columns, [](const CteColumn& column) {
    Json item{{"key", column.key}};
    if (!column.name.empty()) item["name"] = column.name;
    if (!column.codec.empty()) item["codec"] = column.codec;
    return item;
  });
  return json;
}

void put(Json& json, const char* key, const std::optional<Expr>& expr) {
  if (expr) json[key] = expr_json(*expr);
}

template <class Items, class Write>
void put(Json& json, const char* key, const Items& items, Write write) {
  if (!items.empty()) json[key] = list(items, write);
}

Json order_json(const Order& order) {
  Json json{{"by", expr_json(order.by)}};
  if (order.descending) json["desc"] = true;
  return json;
}

/// Order, limit and offset, which many statements have.
template <class Node>
void put_range(Json& json, const Node& node) {
  put(json, "orderBy", node.order_by, order_json);
  put(json, "limit", node.limit);
  put(json, "offset", node.offset);
}

Json select_body(const Select& select) {
  Json json = Json::object();
  put(json, "with", select.with, cte_json);
  json["from"] = source_json(select.from);
  put(json, "joins", select.joins, join_json);
  if (select.fields) json["fields"] = list(*select.fields, field_json);
  if (select.distinct) json["distinct"] = true;
  put(json, "where", select.where);
  put(json, "groupBy", select.group_by, expr_json);
  put(json, "having", select.having);
  put(json, "compounds", select.compounds, [](const Compound& compound) {
    return Json{{"op", set_operator_name(compound.op)}, {"select", select_body(compound.select)}};
  });
  put_range(json, select);
  return json;
}

void put_level(Json& json, const Level& level) {
  if (level.columns) json["columns"] = *level.columns;
  put(json, "extras", level.extras, field_json);
  put(json, "where", level.where);
  put_range(json, level);
  put(json, "with", level.with, [](const With& with) {
    Json item{{"relation", with.relation}};
    put_level(item, with.level);
    return item;
  });
}

void put(Json& json, const std::optional<Returning>& returning) {
  if (!returning) return;
  json["returning"] = returning->all ? Json(true) : list(returning->fields, field_json);
}

Json assignment_json(const Assignment& assignment) {
  return {{"column", assignment.column}, {"value", expr_json(assignment.value)}};
}

Json conflict_json(const Conflict& conflict) {
  Json json = Json::object();
  put(json, "target", conflict.target, expr_json);
  put(json, "where", conflict.target_where);
  put(json, "set", conflict.set, assignment_json);
  put(json, "setWhere", conflict.set_where);
  return json;
}

Json body(const Find& find) {
  Json json{{"table", find.table}};
  if (find.first) json["first"] = true;
  put_level(json, find.level);
  return Json{{"find", std::move(json)}};
}

Json body(const Select& select) { return one("select", select_body(select)); }

Json body(const Insert& insert) {
  Json json = Json::object();
  put(json, "with", insert.with, cte_json);
  json["table"] = insert.table;
  json["columns"] = insert.columns;
  std::visit(overloaded{[&](std::monostate) { json["rows"] = list(insert.rows, exprs_json); },
                        [&](const std::shared_ptr<const Select>& select) {
                          json["select"] = select_body(*select);
                        },
                        [&](const Sql& sql) { json["sql"] = chunks(sql); }},
             insert.select);
  put(json, "conflicts", insert.conflicts, conflict_json);
  put(json, insert.returning);
  return Json{{"insert", std::move(json)}};
}

Json body(const Update& update) {
  Json json = Json::object();
  put(json, "with", update.with, cte_json);
  json["table"] = update.table;
  json["set"] = list(update.set, assignment_json);
  if (update.from) json["from"] = source_json(*update.from);
  put(json, "joins", update.joins, join_json);
  put(json, "where", update.where);
  put_range(json, update);
  put(json, update.returning);
  return Json{{"update", std::move(json)}};
}

Json body(const Delete& del) {
  Json json = Json::object();
  put(json, "with", del.with, cte_json);
  json["table"] = del.table;
  put(json, "where", del.where);
  put_range(json, del);
  put(json, del.returning);
  return Json{{"delete", std::move(json)}};
}

Json body(const Raw& raw) { return Json{{"raw", sql_json(raw.sql)}}; }

std::string text(const Json& json) {
  return json.dump(-1, ' ', false, nlohmann::detail::error_handler_t::replace);
}

}  // namespace

std::string to_json(const Query& query) {
  return text(std::visit([](const auto& kind) { return body(kind); }, query));
}

std::string select_json(const Select& select) { return text(select_body(select)); }

}  // namespace virga::ast
