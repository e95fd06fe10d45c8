#pragma once

#include <string>
#include <vector>

#include "build/clauses.h"
#include "build/table.h"

/// Relational queries: the rows of a table, each with the rows that its relations lead to.
namespace virga::build {

class Level;

/// What every level of a relational query can have, beside its filter and order.
template <class Self>
class Nested : public Filtered<Self> {
 public:
  /// The columns to give, by key; all when this is not called.
  Self columns(std::vector<std::string> keys) const {
    return changed(self(), [&](auto& node) { node.columns = std::move(keys); });
  }
  /// Adds a field after the columns.
  Self extra(std::string as, const Expression& expr) const {
    return changed(self(), [&](auto& node) {
      node.extras.push_back({std::move(as), expr.tree(), {}, {}});
    });
  }
  /// Adds the rows of a relation, as `level()` says.
  Self with(std::string relation) const;
  Self with(std::string relation, const Level& level) const;

 private:
  const Self& self() const { return static_cast<const Self&>(*this); }
};

/// One level below the first: `find("users").with("posts", level().limit(3))`.
class Level : public Nested<Level> {
 public:
  const ast::Level& tree() const { return tree_; }
  ast::Level& node() { return tree_; }

 private:
  ast::Level tree_;
};

/// A level without anything said of it: all columns, all related rows.
inline Level level() { return Level(); }

template <class Self>
Self Nested<Self>::with(std::string relation) const {
  return with(std::move(relation), level());
}
template <class Self>
Self Nested<Self>::with(std::string relation, const Level& level) const {
  return changed(self(), [&](auto& node) {
    node.with.push_back({std::move(relation), level.tree()});
  });
}

/// A relational query; see find() and find_first().
class Find : public Nested<Find> {
 public:
  Find(const Table& table, bool first) : tree_{table.key(), first, {}} {}
  operator ast::Query() const { return tree_; }
  const ast::Find& tree() const { return tree_; }
  ast::Level& node() { return tree_.level; }

 private:
  ast::Find tree_;
};

/// All rows of a table, as findMany; `find_first` gives one row or none.
inline Find find(const Table& table) { return Find(table, false); }
inline Find find_first(const Table& table) { return Find(table, true); }

}  // namespace virga::build
