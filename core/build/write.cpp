#include "build/write.h"

#include <algorithm>
#include <memory>

namespace virga::build {
namespace {

std::optional<ast::Expr> tree_of(const std::optional<Expression>& expr) {
  if (!expr) return std::nullopt;
  return expr->tree();
}

/// Position of the column among `columns`, where it is added when missing.
std::size_t column_at(std::vector<std::string>& columns, const std::string& column) {
  const auto found = std::find(columns.begin(), columns.end(), column);
  const auto index = static_cast<std::size_t>(found - columns.begin());
  if (found == columns.end()) columns.push_back(column);
  return index;
}

}  // namespace

Insert Insert::rows(const std::vector<Values>& rows) const {
  const ast::Expr left_out{ast::DefaultValue{}};
  return changed(*this, [&](ast::Insert& node) {
    for (const Values& row : rows) {
      std::vector<ast::Expr>& cells = node.rows.emplace_back();
      for (const Assignment& cell : row) {
        const std::size_t index = column_at(node.columns, cell.tree().column);
        cells.resize(std::max(cells.size(), index + 1), left_out);
        cells[index] = cell.tree().value;
      }
    }
    for (auto& cells : node.rows) cells.resize(node.columns.size(), left_out);
  });
}

Insert Insert::select(std::vector<std::string> columns, const Select& rows) const {
  return changed(*this, [&](ast::Insert& node) {
    node.columns = std::move(columns);
    node.select = std::make_shared<const ast::Select>(rows.tree());
  });
}

Insert Insert::select(std::vector<std::string> columns, const SqlText& rows) const {
  return changed(*this, [&](ast::Insert& node) {
    node.columns = std::move(columns);
    node.select = rows.text();
  });
}

Insert Insert::on_conflict_do_nothing(const std::vector<Expression>& target) const {
  return on_conflict_do_update({.target = target});
}

Insert Insert::on_conflict_do_update(const Upsert& upsert) const {
  return changed(*this, [&](ast::Insert& node) {
    node.conflicts.push_back({trees<ast::Expr>(upsert.target), tree_of(upsert.target_where),
                              trees<ast::Assignment>(upsert.set), tree_of(upsert.set_where)});
  });
}

Update Update::set(const Values& values) const {
  return changed(*this, [&](ast::Update& node) {
    for (const Assignment& value : values) node.set.push_back(value.tree());
  });
}

Update Update::from(const Source& source) const {
  return changed(*this, [&](ast::Update& node) { node.from = source.tree(); });
}

}  // namespace virga::build
