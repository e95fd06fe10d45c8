#include "ast/ast.h"
#include "base/document.h"
#include "base/text.h"

namespace virga::ast {
namespace {

/// Recursion is bounded: a document nested deeper than this is refused, not run into the stack's
/// end.
bool too_deep(const Node& node, int depth) {
  if (depth < Document::depth_limit) return false;
  node.misfit("nested deeper than " + std::to_string(Document::depth_limit) + " levels.");
  return true;
}

/// Reads a query document; every function is told how deep it is.
class Reader {
 public:
  Query query(const Node& root);

 private:
  Expr expr(const Node& node, int depth);
  std::vector<Expr> exprs(const Node& array, int depth);
  std::vector<Expr> expr_or_none(const Node& node, int depth);
  std::optional<Expr> optional(const Node& node, int depth);
  Expr column(const Node& node);
  Expr call(const Node& node, int depth);
  Expr function(const Node& node, int depth);
  Expr related(const Node& node, int depth);
  Sql sql(const Node& node, int depth);
  Select select(const Node& node, int depth);
  std::shared_ptr<const Select> subselect(const Node& node, int depth);
  Source source(const Node& node, int depth);
  std::vector<Join> joins(const Node& array, int depth);
  std::vector<Cte> ctes(const Node& array, int depth);
  Cte cte(const Node& node, int depth);
  std::vector<Field> fields(const Node& array, int depth);
  std::vector<Order> orders(const Node& array, int depth);
  std::vector<Assignment> assignments(const Node& array);
  std::vector<Conflict> conflicts(const Node& array);
  std::optional<Returning> returning(const Node& node);
  Level level(const Node& node, int depth);
  Find find(const Node& node);
  Insert insert(const Node& node);
  Update update(const Node& node);
  Delete del(const Node& node);
};

std::vector<Expr> Reader::exprs(const Node& array, int depth) {
  std::vector<Expr> result;
  for (const Node& node : array.items()) result.push_back(expr(node, depth));
  return result;
}

std::optional<Expr> Reader::optional(const Node& node, int depth) {
  if (!node.present()) return std::nullopt;
  return expr(node, depth);
}

std::vector<Expr> Reader::expr_or_none(const Node& node, int depth) {
  std::vector<Expr> result;
  if (node.present()) result.push_back(expr(node, depth));
  return result;
}

Expr Reader::column(const Node& node) {
  const std::vector<std::string> names = node.get("col").texts();
  if (names.size() == 2) return Expr{ColumnRef{names[0], names[1]}};
  node.get("col").misfit("expected [source, column key].");
  return Expr{};
}

Expr Reader::call(const Node& node, int depth) {
  node.only({"op", "args"});
  const std::string name = node.get("op").text();
  const auto op = operator_from_name(name);
  if (!op) {
    node.get("op").misfit("unknown operator \"" + name + "\".",
                          text::candidates_hint(name, operator_names()));
    return Expr{};
  }
  Call call{*op, exprs(node.need("args"), depth + 1)};
  const OperatorTraits& shape = traits(*op);
  if (call.args.size() < shape.least || call.args.size() > shape.most)
    node.get("args").misfit("operator \"" + name + "\" does not take " +
                            std::to_string(call.args.size()) + " operands.");
  return Expr{std::move(call)};
}

Expr Reader::function(const Node& node, int depth) {
  node.only({"fn", "args", "distinct"});
  const std::string name = node.get("fn").text();
  const auto known = function_from_name(name);
  if (!known) {
    node.get("fn").misfit("unknown function \"" + name + "\".",
                          text::candidates_hint(name, function_names()));
    return Expr{};
  }
  FunctionCall call{*known, exprs(node.get("args"), depth + 1), node.get("distinct").is_true()};
  const bool all = *known == Function::count && call.args.empty() && !call.distinct;
  if (call.args.size() != 1 && !all) node.misfit("function \"" + name + "\" takes one argument.");
  return Expr{std::move(call)};
}

Expr Reader::related(const Node& node, int depth) {
  node.only({"relation", "of", "where", "value"});
  return Expr{Related{node.need("relation").text(), node.get("of").text(),
                      expr_or_none(node.get("where"), depth + 1),
                      expr_or_none(node.get("value"), depth + 1)}};
}

/// The chunks of "sql": texts next to each other become one.
Sql Reader::sql(const Node& node, int depth) {
  Sql sql{{std::string()}, {}, node.get("codec").text()};
  for (const Node& chunk : node.need("sql").items()) {
    if (chunk.is_string()) {
      sql.texts.back() += chunk.text();
    } else {
      sql.holes.push_back(expr(chunk, depth + 1));
      sql.texts.emplace_back();
    }
  }
  return sql;
}

Expr Reader::expr(const Node& node, int depth) {
  if (!node.present() || too_deep(node, depth)) return Expr{};
  if (node.get("op").present()) return call(node, depth);
  if (node.get("fn").present()) return function(node, depth);
  if (node.get("sql").present()) {
    node.only({"sql", "codec"});
    return Expr{sql(node, depth)};
  }
  const std::string kind = node.only_key();
  const Node content = node.get(kind);
  if (kind == "col") return column(node);
  if (kind == "param") return Expr{Param{content.index()}};
  if (kind == "value") return Expr{Literal{content.value()}};
  if (kind == "alias") return Expr{AliasRef{content.text()}};
  if (kind == "select") return Expr{Subquery{subselect(content, depth + 1)}};
  if (kind == "related") return related(content, depth);
  if (kind == "source")
    return Expr{SourceRef{std::make_shared<const Source>(source(content, depth + 1))}};
  if (kind == "default") return Expr{DefaultValue{}};
  node.misfit("unknown expression.",
              "Expressions: col, param, op, fn, sql, select, related, alias, value, source, "
              "default.");
  return Expr{};
}

std::vector<Order> Reader::orders(const Node& array, int depth) {
  std::vector<Order> result;
  for (const Node& node : array.items()) {
    node.only({"by", "desc"});
    result.push_back({expr(node.need("by"), depth), node.get("desc").is_true()});
  }
  return result;
}

std::vector<Field> Reader::fields(const Node& array, int depth) {
  std::vector<Field> result;
  for (const Node& node : array.items()) {
    if (too_deep(node, depth)) break;
    Field field;
    field.as = node.need("as").text();
    if (const Node nested = node.get("fields"); nested.present()) {
      node.only({"as", "fields"});
      field.fields = fields(nested, depth + 1);
      if (field.fields.empty()) nested.misfit("a nested object has at least one field.");
    } else {
      node.only({"as", "expr", "name"});
      field.expr = expr(node.need("expr"), depth);
      field.name = node.get("name").text();
    }
    result.push_back(std::move(field));
  }
  return result;
}

Source Reader::source(const Node& node, int depth) {
  if (node.is_string()) return Source(node.text());
  Source source;
  if (!node.present() || too_deep(node, depth)) return source;
  source.as = node.get("as").text();
  if (node.get("select").present()) {
    node.only({"select", "as"});
    node.need("as");
    source.from = subselect(node.get("select"), depth + 1);
  } else if (node.get("cte").present()) {
    node.only({"cte", "as"});
    source.from = CteSource{node.get("cte").text()};
  } else if (node.get("sql").present()) {
    node.only({"sql"});
    source.from = sql(node, depth);
  } else {
    node.only({"table", "as"});
    source.from = TableSource{node.need("table").text()};
  }
  return source;
}

std::vector<Join> Reader::joins(const Node& array, int depth) {
  std::vector<Join> result;
  for (const Node& node : array.items()) {
    node.only({"kind", "source", "on"});
    const std::string name = node.need("kind").text();
    const auto kind = join_from_name(name);
    if (!kind)
      node.get("kind").misfit("unknown join \"" + name + "\".",
                              text::candidates_hint(name, join_names()));
    result.push_back({kind.value_or(JoinKind::inner), source(node.need("source"), depth),
                      optional(node.get("on"), depth)});
  }
  return result;
}

Cte Reader::cte(const Node& node, int depth) {
  Cte cte;
  cte.name = node.need("name").text();
  if (node.get("select").present()) {
    node.only({"name", "select"});
    cte.body = subselect(node.get("select"), depth + 1);
    return cte;
  }
  node.only({"name", "sql", "columns"});
  cte.body = sql(node, depth);
  for (const Node& column : node.need("columns").items()) {
    column.only({"key", "name", "codec"});
    cte.columns.push_back(
        {column.need("key").text(), column.get("name").text(), column.get("codec").text()});
  }
  return cte;
}

std::vector<Cte> Reader::ctes(const Node& array, int depth) {
  std::vector<Cte> result;
  for (const Node& node : array.items()) result.push_back(cte(node, depth));
  return result;
}

Select Reader::select(const Node& node, int depth) {
  Select result;
  if (!node.present() || too_deep(node, depth)) return result;
  node.only({"with", "from", "joins", "fields", "distinct", "where", "groupBy", "having",
             "compounds", "orderBy", "limit", "offset"});
  result.with = ctes(node.get("with"), depth);
  result.from = source(node.need("from"), depth);
  result.joins = joins(node.get("joins"), depth);
  if (const Node list = node.get("fields"); list.present()) result.fields = fields(list, depth);
  result.distinct = node.get("distinct").is_true();
  result.where = optional(node.get("where"), depth);
  result.group_by = exprs(node.get("groupBy"), depth);
  result.having = optional(node.get("having"), depth);
  for (const Node& item : node.get("compounds").items()) {
    item.only({"op", "select"});
    const std::string name = item.need("op").text();
    const auto op = set_operator_from_name(name);
    if (!op)
      item.get("op").misfit("unknown set operator \"" + name + "\".",
                            text::candidates_hint(name, set_operator_names()));
    result.compounds.push_back(
        {op.value_or(SetOperator::union_distinct), select(item.need("select"), depth + 1)});
  }
  result.order_by = orders(node.get("orderBy"), depth);
  result.limit = optional(node.get("limit"), depth);
  result.offset = optional(node.get("offset"), depth);
  return result;
}

std::shared_ptr<const Select> Reader::subselect(const Node& node, int depth) {
  return std::make_shared<const Select>(select(node, depth));
}

Level Reader::level(const Node& node, int depth) {
  Level level;
  if (too_deep(node, depth)) return level;
  if (const Node columns = node.get("columns"); columns.present()) level.columns = columns.texts();
  level.extras = fields(node.get("extras"), 0);
  level.where = optional(node.get("where"), 0);
  level.order_by = orders(node.get("orderBy"), 0);
  level.limit = optional(node.get("limit"), 0);
  level.offset = optional(node.get("offset"), 0);
  for (const Node& with : node.get("with").items()) {
    with.only({"relation", "columns", "extras", "where", "orderBy", "limit", "offset", "with"});
    level.with.push_back({with.need("relation").text(), this->level(with, depth + 1)});
  }
  return level;
}

Find Reader::find(const Node& node) {
  node.only({"table", "first", "columns", "extras", "where", "orderBy", "limit", "offset", "with"});
  return Find{node.need("table").text(), node.get("first").is_true(), level(node, 0)};
}

std::optional<Returning> Reader::returning(const Node& node) {
  if (!node.present()) return std::nullopt;
  if (node.is_array()) return Returning{false, fields(node, 0)};
  if (node.is_true()) return Returning{true, {}};
  return std::nullopt;
}

std::vector<Assignment> Reader::assignments(const Node& array) {
  std::vector<Assignment> result;
  for (const Node& item : array.items()) {
    item.only({"column", "value"});
    result.push_back({item.need("column").text(), expr(item.need("value"), 0)});
  }
  return result;
}

std::vector<Conflict> Reader::conflicts(const Node& array) {
  std::vector<Conflict> result;
  for (const Node& node : array.items()) {
    node.only({"target", "where", "set", "setWhere"});
    result.push_back({exprs(node.get("target"), 0), optional(node.get("where"), 0),
                      assignments(node.get("set")), optional(node.get("setWhere"), 0)});
  }
  return result;
}

Insert Reader::insert(const Node& node) {
  node.only({"with", "table", "columns", "rows", "select", "sql", "conflicts", "returning"});
  Insert insert;
  insert.with = ctes(node.get("with"), 0);
  insert.table = node.need("table").text();
  insert.columns = node.need("columns").texts();
  if (node.get("select").present()) {
    insert.select = subselect(node.get("select"), 0);
  } else if (node.get("sql").present()) {
    insert.select = sql(node, 0);
  } else {
    for (const Node& row : node.need("rows").items()) {
      insert.rows.push_back(exprs(row, 0));
      if (insert.rows.back().size() != insert.columns.size())
        row.misfit("the row has " + std::to_string(insert.rows.back().size()) + " values for " +
                   std::to_string(insert.columns.size()) + " columns.");
    }
  }
  insert.conflicts = conflicts(node.get("conflicts"));
  insert.returning = returning(node.get("returning"));
  return insert;
}

Update Reader::update(const Node& node) {
  node.only({"with", "table", "set", "from", "joins", "where", "orderBy", "limit", "offset",
             "returning"});
  Update update;
  update.with = ctes(node.get("with"), 0);
  update.table = node.need("table").text();
  update.set = assignments(node.need("set"));
  if (const Node from = node.get("from"); from.present()) update.from = source(from, 0);
  update.joins = joins(node.get("joins"), 0);
  update.where = optional(node.get("where"), 0);
  update.order_by = orders(node.get("orderBy"), 0);
  update.limit = optional(node.get("limit"), 0);
  update.offset = optional(node.get("offset"), 0);
  update.returning = returning(node.get("returning"));
  return update;
}

Delete Reader::del(const Node& node) {
  node.only({"with", "table", "where", "orderBy", "limit", "offset", "returning"});
  Delete del;
  del.with = ctes(node.get("with"), 0);
  del.table = node.need("table").text();
  del.where = optional(node.get("where"), 0);
  del.order_by = orders(node.get("orderBy"), 0);
  del.limit = optional(node.get("limit"), 0);
  del.offset = optional(node.get("offset"), 0);
  del.returning = returning(node.get("returning"));
  return del;
}

Query Reader::query(const Node& root) {
  const std::string kind = root.only_key();
  const Node node = root.get(kind);
  if (kind == "find") return find(node);
  if (kind == "select") return select(node, 0);
  if (kind == "insert") return insert(node);
  if (kind == "update") return update(node);
  if (kind == "delete") return del(node);
  if (kind == "raw") {
    node.only({"sql"});
    return Raw{sql(node, 0)};
  }
  root.misfit("unknown query \"" + kind + "\".",
              "Queries: find, select, insert, update, delete, raw.");
  return Find{};
}

}  // namespace

Result<Query> from_json(std::string_view text) {
  Document document(text, "query document");
  Query query = Reader().query(document.root());
  if (document.error()) return Failure(*document.error());
  return query;
}

}  // namespace virga::ast
