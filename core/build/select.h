#pragma once

#include <string>
#include <vector>

#include "build/clauses.h"

namespace virga::build {

/// A select. As an expression it is a subquery, with an alias a source.
class Select : public Filtered<Select>, public Joined<Select>, public WithCtes<Select> {
 public:
  Select from(const Source& source) const;
  Select distinct() const;
  template <class... Expressions>
  requires(std::is_base_of_v<Expression, Expressions>&&...) Select
      group_by(const Expressions&... by)
  const {
    return changed(*this, [&](auto& node) { (node.group_by.push_back(by.tree()), ...); });
  }
  Select having(const Expression& condition) const;

  /// Combines with another select, from left to right; orders and limits that follow are those of
  /// the whole.
  Select union_with(const Select& other) const { return add(SetOperator::union_distinct, other); }
  Select union_all(const Select& other) const { return add(SetOperator::union_all, other); }
  Select intersect(const Select& other) const { return add(SetOperator::intersect, other); }
  Select except(const Select& other) const { return add(SetOperator::except, other); }

  /// The select as a source of another one.
  Source as(std::string alias) const;
  operator Expression() const;
  operator ast::Query() const { return tree_; }

  const ast::Select& tree() const { return tree_; }
  ast::Select& node() { return tree_; }

 private:
  Select add(SetOperator op, const Select& other) const;
  ast::Select tree_;
};

/// All columns of the source; of several sources, an object for each.
Select select();
Select select(const std::vector<Field>& fields);

/// `a in (select …)`.
inline Expression in(const Expression& a, const Select& list) {
  return Expression::call(Operator::in, {a, list});
}
inline Expression not_in(const Expression& a, const Select& list) {
  return Expression::call(Operator::not_in, {a, list});
}

}  // namespace virga::build
