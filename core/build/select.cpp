#include "build/select.h"

#include <memory>

namespace virga::build {
namespace {

/// The first operand of a compound is a plain select; one with an order or a limit of its own is
/// read from.
Select as_operand(const Select& select) {
  const ast::Select& tree = select.tree();
  const bool plain =
      !tree.compounds.empty() || (tree.order_by.empty() && !tree.limit && !tree.offset);
  return plain ? select : build::select().from(select.as("operand"));
}

}  // namespace

Select select() { return Select(); }

Select select(const std::vector<Field>& fields) {
  return changed(Select(), [&](auto& node) { node.fields = trees<ast::Field>(fields); });
}

Select Select::from(const Source& source) const {
  return changed(*this, [&](auto& node) { node.from = source.tree(); });
}

Select Select::distinct() const {
  return changed(*this, [](auto& node) { node.distinct = true; });
}

Select Select::having(const Expression& condition) const {
  return changed(*this, [&](auto& node) { node.having = condition.tree(); });
}

Select Select::add(SetOperator op, const Select& other) const {
  return changed(as_operand(*this), [&](auto& node) {
    node.compounds.push_back({op, other.tree()});
  });
}

Source Select::as(std::string alias) const {
  ast::Source source;
  source.from = std::make_shared<const ast::Select>(tree_);
  source.as = std::move(alias);
  return source;
}

Select::operator Expression() const {
  return ast::Expr{ast::Subquery{std::make_shared<const ast::Select>(tree_)}};
}

}  // namespace virga::build
