#include "plan/page.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"

namespace virga::plan {

using bound::Expr;

namespace {

template <class List, class Test>
bool all_of(const List& list, Test test) {
  return std::all_of(list.begin(), list.end(), test);
}

/// The column of the select's first table, if that is all that an expression is.
const bound::ColumnRef* own_column(const bound::Select& select, const Expr& expr) {
  const auto* ref = std::get_if<bound::ColumnRef>(&expr.node);
  return ref && ref->source == select.from.alias && ref->table == select.table() ? ref : nullptr;
}

/// Whether an expression speaks of the select's first table alone.
bool is_own(const bound::Select& select, const Expr& expr) {
  return std::visit(
      overloaded{[&](const bound::ColumnRef&) { return own_column(select, expr) != nullptr; },
                 [&](const bound::Call& call) {
                   return all_of(call.args, [&](const Expr& arg) { return is_own(select, arg); });
                 },
                 [](const bound::Param&) { return true; },
                 [](const bound::Literal&) { return true; }, [](const auto&) { return false; }},
      expr.node);
}

/// Whether an expression cannot be a window function, which is always followed by `over`.
bool looks_at_one_group(const Expr& expr) {
  return std::visit(
      overloaded{
          [](const bound::Sql& sql) {
            return all_of(sql.texts,
                          [](const std::string& text) {
                            return text::lower(text).find("over") == std::string::npos;
                          }) &&
                   all_of(sql.holes, looks_at_one_group);
          },
          [](const bound::Call& call) { return all_of(call.args, looks_at_one_group); },
          [](const bound::FunctionCall& call) { return all_of(call.args, looks_at_one_group); },
          [](const auto&) { return true; }},
      expr.node);
}

bool groups_are_rows(const bound::Select& select, std::size_t rowid) {
  const auto is_rowid = [&](const Expr& expr) {
    const auto* ref = own_column(select, expr);
    return ref && ref->column == rowid;
  };
  const auto own = [&](const Expr& expr) { return own_column(select, expr) != nullptr; };
  return select.ctes.empty() && !select.distinct && !select.having && select.compounds.empty() &&
         all_of(select.joins,
                [](const bound::Join& join) { return join.kind == JoinKind::left; }) &&
         (!select.where || is_own(select, *select.where)) && all_of(select.group_by, own) &&
         std::any_of(select.group_by.begin(), select.group_by.end(), is_rowid) &&
         all_of(select.order_by, [&](const bound::Order& order) { return own(order.by); }) &&
         std::any_of(select.order_by.begin(), select.order_by.end(),
                     [&](const bound::Order& order) { return is_rowid(order.by); }) &&
         all_of(select.output.fields,
                [](const bound::Field& field) { return looks_at_one_group(field.expr); });
}

}  // namespace

std::optional<bound::Select> page(const bound::Select& select, const schema::Schema& schema,
                                  const Setting& setting) {
  const auto* from = std::get_if<bound::TableSource>(&select.from.from);
  if (!from || !select.limit || select.joins.empty() || select.group_by.empty()) return {};
  const schema::Table& table = schema.tables[from->table];
  const schema::Column* rowid = table.without_rowid ? nullptr : schema::rowid_alias(table);
  if (!rowid) return {};
  const auto column = static_cast<std::size_t>(rowid - table.columns.data());
  if (!groups_are_rows(select, column)) return {};
  if (setting.access &&
      setting.access(table, {column}).value_or(schema::Access::unique) != schema::Access::unique)
    return {};
  const auto* first = std::get_if<bound::ColumnRef>(&select.order_by.front().by.node);
  if (!select.offset && first->column == column) return {};

  const Expr key{bound::ColumnRef{from->table, column, select.from.alias}};
  bound::Select rows;
  rows.from = select.from;
  rows.where = select.where;
  rows.order_by = select.order_by;
  rows.limit = select.limit;
  rows.offset = select.offset;
  rows.output.fields.push_back({"", key});
  bound::Select paged = select;
  paged.where =
      Expr{bound::InSelect{{key}, std::make_shared<const bound::Select>(std::move(rows)), false}};
  paged.limit.reset();
  paged.offset.reset();
  return paged;
}

}  // namespace virga::plan
