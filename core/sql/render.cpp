#include "base/text.h"
#include "sql/renderer.h"
#include "sql/sql.h"

namespace virga::sql {

using bound::Expr;

/// A term of and, or, not: SQL text is put in parentheses, since its own operators are not known.
void Renderer::term(const Expr& expression) {
  const bool wrap = std::holds_alternative<bound::Sql>(expression.node);
  if (wrap) out_ += '(';
  expr(expression);
  if (wrap) out_ += ')';
}

/// An operand of a comparison: a comparison inside it is put in parentheses.
void Renderer::operand(const Expr& expression) {
  const bool wrap = std::holds_alternative<bound::Call>(expression.node) ||
                    std::holds_alternative<bound::InSelect>(expression.node);
  if (wrap) out_ += '(';
  expr(expression);
  if (wrap) out_ += ')';
}

void Renderer::node(const bound::ColumnRef& ref) {
  const schema::Table& table = schema_.tables[ref.table];
  name(ref.source.empty() ? table.name : ref.source);
  out_ += '.';
  name(table.columns[ref.column].name);
}

void Renderer::node(const bound::OutputRef& ref) {
  if (!ref.source.empty()) {
    name(ref.source);
    out_ += '.';
  }
  name(ref.name);
}

void Renderer::node(const bound::Rowid& row) {
  name(row.source);
  out_ += ".rowid";
}

void Renderer::parameter(std::size_t index) {
  out_ += dialect_.parameter_prefix;
  out_ += std::to_string(index + 1);
}

void Renderer::infix(std::string_view word, const std::vector<Expr>& args) {
  out_ += '(';
  list(args, " " + std::string(word) + " ", [&](const Expr& arg) { term(arg); });
  out_ += ')';
}

/// SQLite takes an empty list, so `in ()` is false and `not in ()` is true, as they should be.
void Renderer::in_list(const bound::Call& call) {
  operand(call.args.front());
  out_ += call.op == Operator::in ? " in (" : " not in (";
  const std::vector<Expr> rest(call.args.begin() + 1, call.args.end());
  list(rest, ", ", [&](const Expr& arg) { operand(arg); });
  out_ += ')';
}

void Renderer::node(const bound::Call& call) {
  const std::string word(traits(call.op).sql);
  switch (call.op) {
    case Operator::logical_and:
    case Operator::logical_or: return infix(word, call.args);
    case Operator::logical_not:
      out_ += "(not ";
      term(call.args[0]);
      out_ += ')';
      return;
    case Operator::exists:
    case Operator::not_exists: out_ += word + " "; return expr(call.args[0]);
    case Operator::in:
    case Operator::not_in: return in_list(call);
    case Operator::is_null:
    case Operator::is_not_null:
      operand(call.args[0]);
      out_ += " " + word;
      return;
    default:
      operand(call.args[0]);
      out_ += " " + word + " ";
      operand(call.args[1]);
  }
  if (call.args.size() < 3) return;
  out_ += " and ";
  operand(call.args[2]);
}

void Renderer::node(const bound::FunctionCall& call) {
  out_ += function_name(call.function);
  out_ += call.distinct ? "(distinct " : "(";
  if (call.args.empty()) out_ += '*';
  list(call.args, ", ", [&](const Expr& arg) { expr(arg); });
  out_ += ')';
}

void Renderer::node(const bound::Sql& sql) {
  for (std::size_t i = 0; i < sql.texts.size(); ++i) {
    out_ += sql.texts[i];
    if (i < sql.holes.size()) expr(sql.holes[i]);
  }
}

void Renderer::node(const bound::Subquery& subquery) {
  out_ += '(';
  statement(*subquery.select);
  out_ += ')';
}

void Renderer::node(const bound::InSelect& in) {
  const bool row = in.operands.size() > 1;
  if (row) out_ += '(';
  list(in.operands, ", ", [&](const Expr& each) { operand(each); });
  if (row) out_ += ')';
  out_ += in.negated ? " not in (" : " in (";
  statement(*in.select);
  out_ += ')';
}

/// SQLite has no DEFAULT in a row of values, so the default itself is written.
void Renderer::node(const bound::DefaultValue& value) {
  const auto& stands = schema_.tables[value.column.table].columns[value.column.column];
  if (!stands.default_value) {
    out_ += "null";
  } else if (const auto* text = std::get_if<schema::Sql>(&*stands.default_value)) {
    out_ += "(" + text->text + ")";
  } else {
    out_ += literal(std::get<Value>(*stands.default_value));
  }
}

/// A result column. Columns of the only source are written without it.
void Renderer::field(const bound::Field& field, const bound::Source* only) {
  const auto* ref = std::get_if<bound::ColumnRef>(&field.expr.node);
  const auto* output = std::get_if<bound::OutputRef>(&field.expr.node);
  const auto* table = only ? std::get_if<bound::TableSource>(&only->from) : nullptr;
  if (ref && table && table->table == ref->table && only->alias == ref->source)
    name(schema_.tables[ref->table].columns[ref->column].name);
  else if (output && only && !table)
    name(output->name);
  else
    expr(field.expr);
  if (field.name.empty()) return;
  out_ += " as ";
  name(field.name);
}

void Renderer::source(const bound::Source& source) {
  std::visit(overloaded{[&](const bound::TableSource& of) { name(schema_.tables[of.table].name); },
                        [&](const bound::CteSource& of) { name(of.name); },
                        [&](const bound::SelectPtr& of) { node(bound::Subquery{of}); },
                        [&](const bound::Sql& of) { node(of); }},
             source.from);
  if (source.alias.empty()) return;
  out_ += " as ";
  name(source.alias);
}

void Renderer::joins(const std::vector<bound::Join>& joins) {
  for (const bound::Join& join : joins) {
    out_ += " ";
    out_ += join_name(join.kind);
    out_ += " join ";
    source(join.source);
    clause(" on ", join.on);
  }
}

void Renderer::ctes(const std::vector<bound::Cte>& ctes) {
  if (ctes.empty()) return;
  out_ += "with ";
  list(ctes, ", ", [&](const bound::Cte& cte) {
    name(cte.name);
    out_ += " as (";
    std::visit(overloaded{[&](const bound::SelectPtr& body) { statement(*body); },
                          [&](const bound::Sql& body) { node(body); }},
               cte.body);
    out_ += ')';
  });
  out_ += ' ';
}

void Renderer::clause(std::string_view word, const std::optional<Expr>& expression) {
  if (!expression) return;
  out_ += word;
  expr(*expression);
}

void Renderer::order(const std::vector<bound::Order>& orders) {
  if (orders.empty()) return;
  out_ += " order by ";
  list(orders, ", ", [&](const bound::Order& order) {
    expr(order.by);
    // SQL text may say its direction itself.
    const bool text = std::holds_alternative<bound::Sql>(order.by.node);
    out_ += order.descending ? " desc" : text ? "" : " asc";
  });
}

void Renderer::limit(const std::optional<Expr>& limit, const std::optional<Expr>& offset) {
  if (!limit && offset) out_ += " limit " + std::string(dialect_.unlimited);
  clause(" limit ", limit);
  clause(" offset ", offset);
}

void Renderer::core(const bound::Select& select) {
  const bound::Source* only = select.joins.empty() ? &select.from : nullptr;
  out_ += select.distinct ? "select distinct " : "select ";
  if (select.output.fields.empty()) out_ += "null";
  list(select.output.fields, ", ", [&](const bound::Field& item) { field(item, only); });
  out_ += " from ";
  source(select.from);
  joins(select.joins);
  clause(" where ", select.where);
  if (!select.group_by.empty()) out_ += " group by ";
  list(select.group_by, ", ", [&](const Expr& each) { expr(each); });
  clause(" having ", select.having);
}

void Renderer::statement(const bound::Select& select) {
  ctes(select.ctes);
  core(select);
  for (const bound::Compound& compound : select.compounds) {
    out_ += " " + std::string(set_operator_sql(compound.op)) + " ";
    core(compound.select);
  }
  order(select.order_by);
  limit(select.limit, select.offset);
}

std::string render(const bound::Statement& statement, std::size_t parameters,
                   const schema::Schema& schema, const Dialect& dialect) {
  Renderer renderer(schema, parameters, dialect);
  std::visit([&](const auto& kind) { renderer.statement(kind); }, statement);
  return renderer.take();
}

}  // namespace virga::sql
