#pragma once

#include <type_traits>
#include <utility>
#include <vector>

#include "build/changed.h"
#include "build/expression.h"
#include "build/source.h"

/// The clauses that several builders share. `Self` has `node()`, the part of its tree they change.
namespace virga::build {

/// where, order by, limit, offset.
template <class Self>
class Filtered {
 public:
  /// Each further call adds a condition.
  Self where(const Expression& condition) const {
    return edit([&](auto& node) {
      node.where = node.where ? (Expression(*node.where) && condition).tree() : condition.tree();
    });
  }
  /// Each further call adds lesser orders.
  template <class... Orders>
  requires(std::is_convertible_v<const Orders&, Order>&&...) Self order_by(const Orders&... orders)
  const {
    return edit([&](auto& node) { (node.order_by.push_back(Order(orders).tree()), ...); });
  }
  Self limit(const Expression& rows) const {
    return edit([&](auto& node) { node.limit = rows.tree(); });
  }
  Self offset(const Expression& rows) const {
    return edit([&](auto& node) { node.offset = rows.tree(); });
  }

 private:
  template <class Change>
  Self edit(Change change) const {
    return changed(static_cast<const Self&>(*this), change);
  }
};

/// Joins with other sources, each with its condition.
template <class Self>
class Joined {
 public:
  Self inner_join(const Source& source, const Expression& on) const {
    return join(JoinKind::inner, source, on.tree());
  }
  Self left_join(const Source& source, const Expression& on) const {
    return join(JoinKind::left, source, on.tree());
  }
  Self right_join(const Source& source, const Expression& on) const {
    return join(JoinKind::right, source, on.tree());
  }
  Self full_join(const Source& source, const Expression& on) const {
    return join(JoinKind::full, source, on.tree());
  }
  Self cross_join(const Source& source) const { return join(JoinKind::cross, source, {}); }

 private:
  Self join(JoinKind kind, const Source& source, std::optional<ast::Expr> on) const {
    return changed(static_cast<const Self&>(*this), [&](auto& node) {
      node.joins.push_back({kind, source.tree(), std::move(on)});
    });
  }
};

/// Common table expressions.
template <class Self>
class WithCtes {
 public:
  /// Puts common table expressions in front of the query.
  template <class... Ctes>
  Self with(const Ctes&... ctes) const {
    return changed(static_cast<const Self&>(*this),
                   [&](auto& node) { (node.with.push_back(ctes.tree()), ...); });
  }
};

/// The rows that a write gives back.
template <class Self>
class Returning {
 public:
  /// Gives the written rows back: all columns, or these fields.
  Self returning() const { return returning(ast::Returning{true, {}}); }
  Self returning(const std::vector<Field>& fields) const {
    return returning(ast::Returning{false, trees<ast::Field>(fields)});
  }

 private:
  Self returning(ast::Returning what) const {
    return changed(static_cast<const Self&>(*this),
                   [&](auto& node) { node.returning = std::move(what); });
  }
};

}  // namespace virga::build
