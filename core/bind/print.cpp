#include "base/text.h"
#include "bind/bound.h"

namespace virga::bound {
namespace {

class Printer {
 public:
  explicit Printer(const schema::Schema& schema) : schema_(schema) {}

  std::string expr(const Expr& expr) const {
    return std::visit([&](const auto& node) { return text(node); }, expr.node);
  }
  std::string query(const Find& find) const;
  std::string query(const Select& select) const { return "select " + select_text(select, "  "); }
  std::string query(const Insert& insert) const;
  std::string query(const Update& update) const;
  std::string query(const Delete& del) const;
  std::string query(const Raw& raw) const { return "raw " + text(raw.sql) + "\n"; }

 private:
  std::string text(const ColumnRef& ref) const;
  std::string text(const OutputRef& ref) const {
    return ref.source.empty() ? ref.name : ref.source + "." + ref.name;
  }
  std::string text(const Rowid& row) const { return row.source + ".rowid"; }
  std::string text(const Param& param) const { return "?" + std::to_string(param.index + 1); }
  std::string text(const KeyParam& key) const { return "key" + std::to_string(key.index); }
  std::string text(const Literal& literal) const { return to_json(literal.value); }
  std::string text(const Call& call) const {
    return "(" + std::string(traits(call.op).name) + " " + exprs(call.args) + ")";
  }
  std::string text(const FunctionCall& call) const;
  std::string text(const Sql& sql) const;
  std::string text(const SourceRef& ref) const { return source(*ref.source); }
  std::string text(const Subquery& subquery) const { return inlined(*subquery.select); }
  std::string text(const InSelect& in) const {
    return (in.negated ? "(notIn " : "(in ") + exprs(in.operands) + " " + inlined(*in.select) + ")";
  }
  std::string text(const DefaultValue& value) const {
    return "default(" + text(ColumnRef{value.column.table, value.column.column, {}}) + ")";
  }

  std::string exprs(const std::vector<Expr>& exprs) const;
  std::string columns(const std::vector<ColumnRef>& columns) const;
  std::string fields(const std::vector<Field>& fields) const;
  std::string source(const Source& source) const;
  std::string inlined(const Select& select) const;
  std::string joins(const std::vector<Join>& joins, const std::string& indent) const;
  std::string ctes(const std::vector<Cte>& ctes, const std::string& indent) const;
  std::string line(const std::string& indent, const char* word,
                   const std::optional<Expr>& expr) const;
  template <class Statement>
  std::string range(const Statement& statement, const std::string& indent) const;
  std::string select_text(const Select& select, const std::string& indent) const;
  std::string select_lines(const Select& select, const std::string& indent) const;
  std::string level_lines(const Level& level, const std::string& indent) const;
  std::string assignments(const std::vector<Assignment>& set, std::size_t table,
                          const std::string& indent) const;
  std::string returning(const Output& output) const;

  const schema::Schema& schema_;
};

std::string Printer::text(const ColumnRef& ref) const {
  const schema::Table& table = schema_.tables[ref.table];
  return (ref.source.empty() ? table.key : ref.source) + "." + table.columns[ref.column].key;
}

std::string Printer::text(const FunctionCall& call) const {
  return "(" + std::string(function_name(call.function)) + (call.distinct ? " distinct" : "") +
         (call.args.empty() ? "" : " " + exprs(call.args)) + ")";
}

std::string Printer::text(const Sql& sql) const {
  std::string result = "sql`";
  for (std::size_t i = 0; i < sql.texts.size(); ++i) {
    result += sql.texts[i];
    if (i < sql.holes.size()) result += "${" + expr(sql.holes[i]) + "}";
  }
  return result + "`";
}

std::string Printer::exprs(const std::vector<Expr>& list) const {
  std::vector<std::string> parts;
  for (const Expr& item : list) parts.push_back(expr(item));
  return text::join(parts, " ");
}

std::string Printer::columns(const std::vector<ColumnRef>& list) const {
  std::vector<std::string> names;
  for (const ColumnRef& ref : list) names.push_back(text(ref));
  return text::join(names, ", ");
}

std::string Printer::fields(const std::vector<Field>& list) const {
  std::vector<std::string> parts;
  for (const Field& field : list)
    parts.push_back(field.as + ": " + expr(field.expr) + " " +
                    std::string(codec_name(field.expr.codec)) + (field.expr.nullable ? "?" : ""));
  return parts.empty() ? "none" : text::join(parts, ", ");
}

std::string Printer::source(const Source& source) const {
  const std::string alias = source.alias.empty() ? "" : " as " + source.alias;
  return std::visit(overloaded{[&](const TableSource& of) { return schema_.tables[of.table].key; },
                               [](const CteSource& of) { return of.name; },
                               [&](const SelectPtr& of) { return inlined(*of); },
                               [&](const Sql& of) { return text(of); }},
                    source.from) +
         alias;
}

/// A nested select in one line: its fields and where they come from, without its other clauses.
std::string Printer::inlined(const Select& select) const {
  std::string text = "(" + fields(select.output.fields) + " of " + source(select.from);
  for (const Join& join : select.joins) text += " join " + source(join.source);
  if (select.where) text += " where " + expr(*select.where);
  return text + ")";
}

std::string Printer::joins(const std::vector<Join>& list, const std::string& indent) const {
  std::string lines;
  for (const Join& join : list)
    lines += indent + std::string(join_name(join.kind)) + " join " + source(join.source) +
             (join.on ? " on " + expr(*join.on) : "") + "\n";
  return lines;
}

std::string Printer::ctes(const std::vector<Cte>& list, const std::string& indent) const {
  std::string lines;
  for (const Cte& cte : list) {
    lines += indent + "with " + cte.name + " ";
    lines +=
        std::visit(overloaded{[&](const SelectPtr& of) { return select_text(*of, indent + "  "); },
                              [&](const Sql& of) { return text(of) + "\n"; }},
                   cte.body);
  }
  return lines;
}

std::string Printer::line(const std::string& indent, const char* word,
                          const std::optional<Expr>& expression) const {
  return expression ? indent + word + " " + expr(*expression) + "\n" : "";
}

template <class Statement>
std::string Printer::range(const Statement& statement, const std::string& indent) const {
  std::string lines;
  for (const Order& order : statement.order_by)
    lines += indent + "order by " + expr(order.by) + (order.descending ? " desc\n" : " asc\n");
  return lines + line(indent, "limit", statement.limit) + line(indent, "offset", statement.offset);
}

std::string Printer::select_lines(const Select& select, const std::string& indent) const {
  std::string lines = ctes(select.ctes, indent) + joins(select.joins, indent);
  lines += indent + "fields " + fields(select.output.fields) + "\n";
  if (select.distinct) lines += indent + "distinct\n";
  lines += line(indent, "where", select.where);
  if (!select.group_by.empty()) lines += indent + "group by " + exprs(select.group_by) + "\n";
  lines += line(indent, "having", select.having);
  for (const Compound& compound : select.compounds)
    lines += indent + std::string(set_operator_name(compound.op)) + " " +
             select_text(compound.select, indent + "  ");
  return lines + range(select, indent);
}

std::string Printer::select_text(const Select& select, const std::string& indent) const {
  return source(select.from) + "\n" + select_lines(select, indent);
}

std::string Printer::level_lines(const Level& level, const std::string& indent) const {
  std::string lines = select_lines(level.select, indent);
  for (const Child& child : level.children) {
    const bool one = child.kind == schema::Cardinality::one;
    lines += indent + "with " + child.name + ": " + (one ? "one " : "many ") +
             source(child.level.select.from) + " on " + columns(child.parent_key) + " = " +
             columns(child.child_key) + "\n";
    lines += level_lines(child.level, indent + "  ");
  }
  return lines;
}

std::string Printer::assignments(const std::vector<Assignment>& set, std::size_t table,
                                 const std::string& indent) const {
  std::string lines;
  for (const Assignment& assignment : set)
    lines += indent + "set " + text(ColumnRef{table, assignment.column, {}}) + " = " +
             expr(assignment.value) + "\n";
  return lines;
}

std::string Printer::returning(const Output& output) const {
  return output.fields.empty() ? "" : "  returning " + fields(output.fields) + "\n";
}

std::string Printer::query(const Find& find) const {
  return std::string("find ") + (find.first ? "first " : "many ") + source(find.level.select.from) +
         "\n" + level_lines(find.level, "  ");
}

std::string Printer::query(const Insert& insert) const {
  std::string lines = "insert " + schema_.tables[insert.table].key + "\n";
  lines += ctes(insert.ctes, "  ");
  std::vector<ColumnRef> columns_written;
  for (const std::size_t column : insert.columns)
    columns_written.push_back({insert.table, column, {}});
  lines += "  columns " + (columns_written.empty() ? "none" : columns(columns_written)) + "\n";
  for (const auto& row : insert.rows)
    lines += "  row " + (row.empty() ? "none" : exprs(row)) + "\n";
  if (const auto* select = std::get_if<SelectPtr>(&insert.select))
    lines += "  select " + select_text(**select, "    ");
  if (const auto* sql = std::get_if<Sql>(&insert.select)) lines += "  select " + text(*sql) + "\n";
  for (const Conflict& conflict : insert.conflicts) {
    lines += "  on conflict" + (conflict.target.empty() ? "" : " " + exprs(conflict.target)) +
             (conflict.set.empty() ? " do nothing\n" : " do update\n");
    lines += line("    ", "target where", conflict.target_where);
    lines += assignments(conflict.set, insert.table, "    ");
    lines += line("    ", "where", conflict.set_where);
  }
  return lines + returning(insert.returning);
}

std::string Printer::query(const Update& update) const {
  std::string lines = "update " + schema_.tables[update.table].key + "\n" + ctes(update.ctes, "  ");
  lines += assignments(update.set, update.table, "  ");
  if (update.from) lines += "  from " + source(*update.from) + "\n";
  lines += joins(update.joins, "  ") + line("  ", "where", update.where);
  return lines + range(update, "  ") + returning(update.returning);
}

std::string Printer::query(const Delete& del) const {
  return "delete " + schema_.tables[del.table].key + "\n" + ctes(del.ctes, "  ") +
         line("  ", "where", del.where) + range(del, "  ") + returning(del.returning);
}

}  // namespace

std::string print(const Query& query, const schema::Schema& schema) {
  const Printer printer(schema);
  return std::visit([&](const auto& kind) { return printer.query(kind); }, query);
}

std::string print(const Expr& expr, const schema::Schema& schema) {
  return Printer(schema).expr(expr);
}

}  // namespace virga::bound
