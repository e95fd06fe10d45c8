#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "build/clauses.h"
#include "build/select.h"
#include "build/table.h"

namespace virga::build {

/// A column, by key, and what is written to it.
class Assignment {
 public:
  Assignment(std::string column, const Expression& value)
      : tree_{std::move(column), value.tree()} {}
  const ast::Assignment& tree() const { return tree_; }

 private:
  ast::Assignment tree_;
};

/// The columns of one row; those left out get their default.
using Values = std::vector<Assignment>;

/// What to do with rows that are there already. `excluded("column")` is the row not inserted.
struct Upsert {
  std::vector<Expression> target{};  ///< the columns or expressions of a unique index
  std::optional<Expression> target_where{};
  Values set{};
  std::optional<Expression> set_where{};
};

/// An insert; see insert_into().
class Insert : public WithCtes<Insert>, public Returning<Insert> {
 public:
  explicit Insert(const Table& table) { tree_.table = table.key(); }
  /// Adds one row.
  Insert values(const Values& row) const { return rows({row}); }
  /// Adds rows; their columns need not be the same.
  Insert rows(const std::vector<Values>& rows) const;
  /// Inserts what a select gives, or SQL text that is one.
  Insert select(std::vector<std::string> columns, const Select& rows) const;
  Insert select(std::vector<std::string> columns, const SqlText& rows) const;

  Insert on_conflict_do_nothing(const std::vector<Expression>& target = {}) const;
  Insert on_conflict_do_update(const Upsert& upsert) const;

  operator ast::Query() const { return tree_; }
  const ast::Insert& tree() const { return tree_; }
  ast::Insert& node() { return tree_; }

 private:
  ast::Insert tree_;
};

/// An update, of all rows unless where() says which; see update().
class Update : public WithCtes<Update>,
               public Joined<Update>,
               public Filtered<Update>,
               public Returning<Update> {
 public:
  explicit Update(const Table& table) { tree_.table = table.key(); }
  /// Each further call sets more columns.
  Update set(const Values& values) const;
  Update from(const Source& source) const;

  operator ast::Query() const { return tree_; }
  const ast::Update& tree() const { return tree_; }
  ast::Update& node() { return tree_; }

 private:
  ast::Update tree_;
};

/// A delete, of all rows unless where() says which; see delete_from().
class Delete : public WithCtes<Delete>, public Filtered<Delete>, public Returning<Delete> {
 public:
  explicit Delete(const Table& table) { tree_.table = table.key(); }
  operator ast::Query() const { return tree_; }
  const ast::Delete& tree() const { return tree_; }
  ast::Delete& node() { return tree_; }

 private:
  ast::Delete tree_;
};

/// The beginnings of writes.
inline Insert insert_into(const Table& table) { return Insert(table); }
inline Update update(const Table& table) { return Update(table); }
inline Delete delete_from(const Table& table) { return Delete(table); }

}  // namespace virga::build
