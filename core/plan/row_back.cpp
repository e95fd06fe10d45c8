#include "plan/row_back.h"

#include <algorithm>

#include "schema/affinity.h"

namespace virga::plan {

std::optional<RowBack> row_back(const bound::Statement& statement, const schema::Schema& schema) {
  const auto* insert = std::get_if<bound::Insert>(&statement);
  if (!insert || insert->returning.fields.empty() || insert->rows.size() != 1 ||
      !insert->conflicts.empty() || !insert->ctes.empty())
    return std::nullopt;
  const auto is_column = [](const bound::Field& field) {
    return std::holds_alternative<bound::ColumnRef>(field.expr.node);
  };
  const auto& fields = insert->returning.fields;
  if (!std::all_of(fields.begin(), fields.end(), is_column)) return std::nullopt;
  const schema::Table& table = schema.tables[insert->table];
  const schema::Column* rowid = table.without_rowid ? nullptr : schema::rowid_alias(table);
  if (!rowid) return std::nullopt;

  const auto column = static_cast<std::size_t>(rowid - table.columns.data());
  std::vector<bound::Expr> sides{{bound::ColumnRef{insert->table, column}}, {bound::KeyParam{0}}};
  RowBack apart{*insert, {}};
  apart.insert.returning = {};
  apart.select.from.from = bound::TableSource{insert->table};
  apart.select.output = insert->returning;
  apart.select.where = bound::Expr{bound::Call{Operator::eq, std::move(sides)}};
  return apart;
}

}  // namespace virga::plan
