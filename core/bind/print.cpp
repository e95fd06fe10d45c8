#include "base/text.h"
#include "bind/bound.h"

namespace virga::bound {
namespace {

class Printer {
 public:
  explicit Printer(const schema::Schema& schema) : schema_(schema) {}

  std::string expr(const Expr& expr) const;
  std::string text(const Find& find) const;
  std::string text(const Select& select) const;
  std::string text(const Insert& insert) const;
  std::string text(const Update& update) const;
  std::string text(const Delete& del) const;

 private:
  std::string exprs(const std::vector<Expr>& exprs) const;
  std::string column(ColumnRef ref) const;
  std::string columns(std::size_t table, const std::vector<std::size_t>& columns) const;
  std::string fields(const std::vector<Field>& fields) const;
  std::string sql(const Sql& sql) const;
  std::string select_lines(const Select& select, const std::string& indent) const;
  std::string level_lines(const Level& level, const std::string& indent) const;
  std::string write_lines(const std::optional<Expr>& where,
                          const std::vector<Field>& returning) const;

  const schema::Schema& schema_;
};

std::string Printer::column(ColumnRef ref) const {
  const schema::Table& table = schema_.tables[ref.table];
  return table.key + "." + table.columns[ref.column].key;
}

std::string Printer::columns(std::size_t table, const std::vector<std::size_t>& columns) const {
  std::vector<std::string> names;
  for (const std::size_t index : columns) names.push_back(column({table, index}));
  return names.empty() ? "none" : text::join(names, ", ");
}

std::string Printer::exprs(const std::vector<Expr>& list) const {
  std::vector<std::string> parts;
  for (const Expr& item : list) parts.push_back(expr(item));
  return text::join(parts, " ");
}

std::string Printer::sql(const Sql& sql) const {
  std::string result = "sql`";
  for (std::size_t i = 0; i < sql.texts.size(); ++i) {
    result += sql.texts[i];
    if (i < sql.holes.size()) result += "${" + expr(sql.holes[i]) + "}";
  }
  return result + "`";
}

std::string Printer::expr(const Expr& expression) const {
  return std::visit(
      overloaded{
          [&](const ColumnRef& ref) { return column(ref); },
          [](const Param& param) { return "?" + std::to_string(param.index + 1); },
          [](const KeyParam& key) { return "key" + std::to_string(key.index); },
          [](const Constant& constant) { return std::to_string(constant.value); },
          [&](const Call& call) {
            return "(" + std::string(traits(call.op).name) + " " + exprs(call.args) + ")";
          },
          [&](const Sql& node) { return sql(node); },
          [&](const InSelect& in) {
            return "(in " + exprs(in.operands) + " (" + fields(in.select->fields) + " of " +
                   schema_.tables[in.select->table].key + "))";
          },
          [&](const DefaultValue& value) { return "default(" + column(value.column) + ")"; }},
      expression.node);
}

std::string Printer::fields(const std::vector<Field>& list) const {
  std::vector<std::string> parts;
  for (const Field& field : list)
    parts.push_back(field.as + ": " + expr(field.expr) + " " +
                    std::string(codec_name(field.expr.codec)) + (field.expr.nullable ? "?" : ""));
  return parts.empty() ? "none" : text::join(parts, ", ");
}

std::string Printer::select_lines(const Select& select, const std::string& indent) const {
  std::string lines = indent + "fields " + fields(select.fields) + "\n";
  if (select.distinct) lines += indent + "distinct\n";
  if (select.where) lines += indent + "where " + expr(*select.where) + "\n";
  for (const Order& order : select.order_by)
    lines += indent + "order by " + expr(order.by) + (order.descending ? " desc\n" : " asc\n");
  if (select.limit) lines += indent + "limit " + expr(*select.limit) + "\n";
  if (select.offset) lines += indent + "offset " + expr(*select.offset) + "\n";
  return lines;
}

std::string Printer::level_lines(const Level& level, const std::string& indent) const {
  std::string lines = select_lines(level.select, indent);
  for (const Child& child : level.children) {
    const bool one = child.kind == schema::Cardinality::one;
    lines += indent + "with " + child.name + ": " + (one ? "one " : "many ") +
             schema_.tables[child.level.select.table].key + " on " +
             columns(level.select.table, child.parent_columns) + " = " +
             columns(child.level.select.table, child.child_columns) + "\n";
    lines += level_lines(child.level, indent + "  ");
  }
  return lines;
}

std::string Printer::write_lines(const std::optional<Expr>& where,
                                 const std::vector<Field>& returning) const {
  std::string lines;
  if (where) lines += "  where " + expr(*where) + "\n";
  if (!returning.empty()) lines += "  returning " + fields(returning) + "\n";
  return lines;
}

std::string Printer::text(const Find& find) const {
  return std::string("find ") + (find.first ? "first " : "many ") +
         schema_.tables[find.level.select.table].key + "\n" + level_lines(find.level, "  ");
}

std::string Printer::text(const Select& select) const {
  return "select " + schema_.tables[select.table].key + "\n" + select_lines(select, "  ");
}

std::string Printer::text(const Insert& insert) const {
  std::string lines = "insert " + schema_.tables[insert.table].key + "\n";
  lines += "  columns " + columns(insert.table, insert.columns) + "\n";
  for (const auto& row : insert.rows)
    lines += "  row " + (row.empty() ? "none" : exprs(row)) + "\n";
  return lines + write_lines(std::nullopt, insert.returning);
}

std::string Printer::text(const Update& update) const {
  std::string lines = "update " + schema_.tables[update.table].key + "\n";
  for (const Assignment& assignment : update.set)
    lines += "  set " + column({update.table, assignment.column}) + " = " + expr(assignment.value) +
             "\n";
  return lines + write_lines(update.where, update.returning);
}

std::string Printer::text(const Delete& del) const {
  return "delete " + schema_.tables[del.table].key + "\n" + write_lines(del.where, del.returning);
}

}  // namespace

std::string print(const Query& query, const schema::Schema& schema) {
  const Printer printer(schema);
  return std::visit([&](const auto& kind) { return printer.text(kind); }, query);
}

std::string print(const Expr& expr, const schema::Schema& schema) {
  return Printer(schema).expr(expr);
}

}  // namespace virga::bound
