#include "sql/renderer.h"

namespace virga::sql {
namespace {

/// Whether `on conflict` after this select would be read as the condition of a join.
/// https://sqlite.org/lang_upsert.html#parsing_ambiguity
bool ends_in_source(const bound::Select& select) {
  return !select.where && select.group_by.empty() && !select.having && select.compounds.empty() &&
         select.order_by.empty() && !select.limit && !select.offset;
}

}  // namespace

void Renderer::returning(const bound::Output& output, std::size_t table) {
  if (output.fields.empty()) return;
  const bound::Source target{bound::TableSource{table}};
  out_ += " returning ";
  list(output.fields, ", ", [&](const bound::Field& item) { field(item, &target); });
}

void Renderer::assignments(const std::vector<bound::Assignment>& set, const schema::Table& table) {
  out_ += " set ";
  list(set, ", ", [&](const bound::Assignment& assignment) {
    name(table.columns[assignment.column].name);
    out_ += " = ";
    expr(assignment.value);
  });
}

void Renderer::conflict(const bound::Conflict& conflict, const schema::Table& table) {
  out_ += " on conflict";
  if (!conflict.target.empty()) out_ += " (";
  list(conflict.target, ", ", [&](const bound::Expr& target) {
    if (const auto* column = std::get_if<bound::ColumnRef>(&target.node))
      name(table.columns[column->column].name);
    else
      expr(target);
  });
  if (!conflict.target.empty()) out_ += ')';
  clause(" where ", conflict.target_where);
  out_ += conflict.set.empty() ? " do nothing" : " do update";
  if (conflict.set.empty()) return;
  assignments(conflict.set, table);
  clause(" where ", conflict.set_where);
}

void Renderer::inserted(const bound::Insert& insert) {
  if (const auto* select = std::get_if<bound::SelectPtr>(&insert.select)) {
    statement(**select);
    if (!insert.conflicts.empty() && ends_in_source(**select)) out_ += " where true";
  } else if (const auto* sql = std::get_if<bound::Sql>(&insert.select)) {
    if (!insert.conflicts.empty()) out_ += "select * from (";
    node(*sql);
    if (!insert.conflicts.empty()) out_ += ") where true";
  } else {
    out_ += "values ";
    list(insert.rows, ", ", [&](const std::vector<bound::Expr>& row) {
      out_ += '(';
      list(row, ", ", [&](const bound::Expr& cell) { expr(cell); });
      out_ += ')';
    });
  }
}

void Renderer::statement(const bound::Insert& insert) {
  const schema::Table& target = schema_.tables[insert.table];
  ctes(insert.ctes);
  out_ += "insert into ";
  table(insert.table);
  if (insert.columns.empty()) {
    out_ += " default values";
  } else {
    out_ += " (";
    list(insert.columns, ", ", [&](std::size_t index) { name(target.columns[index].name); });
    out_ += ") ";
    inserted(insert);
  }
  for (const bound::Conflict& each : insert.conflicts) conflict(each, target);
  returning(insert.returning, insert.table);
}

void Renderer::statement(const bound::Update& update) {
  ctes(update.ctes);
  out_ += "update ";
  table(update.table);
  assignments(update.set, schema_.tables[update.table]);
  if (update.from) {
    out_ += " from ";
    source(*update.from);
  }
  joins(update.joins);
  clause(" where ", update.where);
  returning(update.returning, update.table);
  order(update.order_by);
  limit(update.limit, update.offset);
}

void Renderer::statement(const bound::Delete& del) {
  ctes(del.ctes);
  out_ += "delete from ";
  table(del.table);
  clause(" where ", del.where);
  returning(del.returning, del.table);
  order(del.order_by);
  limit(del.limit, del.offset);
}

}  // namespace virga::sql
