#include "base/text.h"
#include "sql/sql.h"

namespace virga::sql {
namespace {

using bound::Expr;

/// Where an expression stands, which decides how its columns are written.
enum class Place {
  result,  ///< a field of a select or returning list: bare columns, numerics as text
  clause,  ///< where, order by and the like: columns with their table
  value,   ///< a value to be stored
};

class Renderer {
 public:
  Renderer(const schema::Schema& schema, std::size_t parameters, const Dialect& dialect)
      : schema_(schema), parameters_(parameters), dialect_(dialect) {}

  void statement(const bound::Select& select);
  void statement(const bound::Insert& insert);
  void statement(const bound::Update& update);
  void statement(const bound::Delete& del);
  std::string take() { return std::move(out_); }

 private:
  void name(const std::string& name) { out_ += text::quote_identifier(name); }
  void table(std::size_t index) { name(schema_.tables[index].name); }
  void column(bound::ColumnRef ref, Place place);
  void parameter(std::size_t index);
  void expr(const Expr& expr, Place place);
  void term(const Expr& expression);
  void operand(const Expr& expression);
  void call(const bound::Call& call);
  void infix(std::string_view word, const std::vector<Expr>& args);
  void in_list(const bound::Call& call);
  void sql(const bound::Sql& sql);
  void in_select(const bound::InSelect& in);
  void default_value(bound::ColumnRef ref);
  void field(const bound::Field& field);
  void where(const std::optional<Expr>& where);
  void returning(const std::vector<bound::Field>& fields);
  void limit(const bound::Select& select);

  /// Writes each item with `separator` between.
  template <class Items, class Write>
  void list(const Items& items, std::string_view separator, Write write) {
    bool first = true;
    for (const auto& item : items) {
      if (!first) out_ += separator;
      first = false;
      write(item);
    }
  }

  const schema::Schema& schema_;
  std::size_t parameters_;
  const Dialect& dialect_;
  std::string out_;
};

/// A term of and, or, not: SQL text is put in parentheses, since its own operators are not known.
void Renderer::term(const Expr& expression) {
  const bool wrap = std::holds_alternative<bound::Sql>(expression.node);
  if (wrap) out_ += '(';
  expr(expression, Place::clause);
  if (wrap) out_ += ')';
}

/// An operand of a comparison: a comparison inside it is put in parentheses.
void Renderer::operand(const Expr& expression) {
  const bool wrap = std::holds_alternative<bound::Call>(expression.node) ||
                    std::holds_alternative<bound::InSelect>(expression.node);
  if (wrap) out_ += '(';
  expr(expression, Place::clause);
  if (wrap) out_ += ')';
}

void Renderer::column(bound::ColumnRef ref, Place place) {
  if (place != Place::result) {
    table(ref.table);
    out_ += '.';
  }
  name(schema_.tables[ref.table].columns[ref.column].name);
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

void Renderer::call(const bound::Call& call) {
  const std::string word(traits(call.op).sql);
  switch (call.op) {
    case Operator::logical_and:
    case Operator::logical_or: return infix(word, call.args);
    case Operator::logical_not:
      out_ += "(not ";
      term(call.args[0]);
      out_ += ')';
      return;
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

void Renderer::sql(const bound::Sql& sql) {
  for (std::size_t i = 0; i < sql.texts.size(); ++i) {
    out_ += sql.texts[i];
    if (i < sql.holes.size()) expr(sql.holes[i], Place::clause);
  }
}

void Renderer::in_select(const bound::InSelect& in) {
  const bool row = in.operands.size() > 1;
  if (row) out_ += '(';
  list(in.operands, ", ", [&](const Expr& operand) { expr(operand, Place::clause); });
  if (row) out_ += ')';
  out_ += " in (";
  statement(*in.select);
  out_ += ')';
}

/// SQLite has no DEFAULT in a row of values, so the default itself is written.
void Renderer::default_value(bound::ColumnRef ref) {
  const auto& value = schema_.tables[ref.table].columns[ref.column].default_value;
  if (!value) {
    out_ += "null";
  } else if (const auto* text = std::get_if<schema::Sql>(&*value)) {
    out_ += "(" + text->text + ")";
  } else {
    out_ += literal(std::get<Value>(*value));
  }
}

void Renderer::expr(const Expr& expression, Place place) {
  std::visit(
      overloaded{[&](const bound::ColumnRef& ref) { column(ref, place); },
                 [&](const bound::Param& param) { parameter(param.index); },
                 [&](const bound::KeyParam& key) { parameter(parameters_ + key.index); },
                 [&](const bound::Constant& constant) { out_ += std::to_string(constant.value); },
                 [&](const bound::Call& node) { call(node); },
                 [&](const bound::Sql& node) { sql(node); },
                 [&](const bound::InSelect& node) { in_select(node); },
                 [&](const bound::DefaultValue& node) { default_value(node.column); }},
      expression.node);
}

/// A NUMERIC that the host wants exact is read as text: as a REAL it would lose digits.
void Renderer::field(const bound::Field& field) {
  const bool exact = field.expr.codec == schema::Codec::numeric ||
                     field.expr.codec == schema::Codec::numeric_bigint;
  if (exact) out_ += "cast(";
  expr(field.expr, Place::result);
  if (exact) out_ += " as text)";
}

void Renderer::where(const std::optional<Expr>& condition) {
  if (!condition) return;
  out_ += " where ";
  expr(*condition, Place::clause);
}

void Renderer::limit(const bound::Select& select) {
  if (select.limit || select.offset) out_ += " limit ";
  if (select.limit)
    expr(*select.limit, Place::clause);
  else if (select.offset)
    out_ += dialect_.unlimited;
  if (!select.offset) return;
  out_ += " offset ";
  expr(*select.offset, Place::clause);
}

void Renderer::statement(const bound::Select& select) {
  out_ += select.distinct ? "select distinct " : "select ";
  if (select.fields.empty()) out_ += "null";
  list(select.fields, ", ", [&](const bound::Field& item) { field(item); });
  out_ += " from ";
  table(select.table);
  where(select.where);
  if (!select.order_by.empty()) out_ += " order by ";
  list(select.order_by, ", ", [&](const bound::Order& order) {
    expr(order.by, Place::clause);
    out_ += order.descending ? " desc" : " asc";
  });
  limit(select);
}

void Renderer::returning(const std::vector<bound::Field>& fields) {
  if (fields.empty()) return;
  out_ += " returning ";
  list(fields, ", ", [&](const bound::Field& item) { field(item); });
}

void Renderer::statement(const bound::Insert& insert) {
  const schema::Table& target = schema_.tables[insert.table];
  out_ += "insert into ";
  table(insert.table);
  if (insert.columns.empty()) {
    out_ += " default values";
  } else {
    out_ += " (";
    list(insert.columns, ", ", [&](std::size_t index) { name(target.columns[index].name); });
    out_ += ") values ";
    list(insert.rows, ", ", [&](const std::vector<Expr>& row) {
      out_ += '(';
      list(row, ", ", [&](const Expr& cell) { expr(cell, Place::value); });
      out_ += ')';
    });
  }
  returning(insert.returning);
}

void Renderer::statement(const bound::Update& update) {
  const schema::Table& target = schema_.tables[update.table];
  out_ += "update ";
  table(update.table);
  out_ += " set ";
  list(update.set, ", ", [&](const bound::Assignment& assignment) {
    name(target.columns[assignment.column].name);
    out_ += " = ";
    expr(assignment.value, Place::value);
  });
  where(update.where);
  returning(update.returning);
}

void Renderer::statement(const bound::Delete& del) {
  out_ += "delete from ";
  table(del.table);
  where(del.where);
  returning(del.returning);
}

}  // namespace

std::string render(const bound::Statement& statement, std::size_t parameters,
                   const schema::Schema& schema, const Dialect& dialect) {
  Renderer renderer(schema, parameters, dialect);
  std::visit([&](const auto& kind) { renderer.statement(kind); }, statement);
  return renderer.take();
}

}  // namespace virga::sql
