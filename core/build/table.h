#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "build/column.h"
#include "build/select.h"

namespace virga::build {

/// A table or view: what to declare, and what queries name. `users["id"]` is a column of it.
class Table {
 public:
  /// A table that is declared elsewhere, by key.
  Table(const char* key) : Table(std::string(key)) {}
  Table(std::string key) : Table(schema::Table{.key = std::move(key)}) {}
  explicit Table(schema::Table tree) : tree_(std::move(tree)) {}

  ColumnRef operator[](std::string column) const { return col(key(), std::move(column)); }
  /// The table under another name, so that it can be read twice.
  Source as(std::string alias) const { return Source(key()).as(std::move(alias)); }
  operator Source() const { return Source(key()); }
  /// All columns as fields: `select({object("user", users.fields())})`.
  std::vector<Field> fields() const;

  /// A primary key of several columns.
  Table primary_key(std::vector<std::string> columns, std::string name = {}) const;
  /// Adds a unique constraint over several columns.
  Table unique(std::vector<std::string> columns, std::string name = {}) const;
  Table foreign_key(schema::ForeignKey key) const;
  using IndexColumns = std::vector<std::variant<std::string, schema::Sql>>;
  /// Adds an index. @param where an SQL condition, for an index of some rows only
  Table index(std::string name, IndexColumns columns, std::string where = {}) const;
  Table unique_index(std::string name, IndexColumns columns, std::string where = {}) const;
  Table check(std::string name, std::string sql) const;
  Table without_rowid() const;
  Table strict() const;
  /// Says that something else creates the table.
  Table existing() const;

  const std::string& key() const { return tree_.key; }
  const schema::Table& tree() const { return tree_; }
  schema::Table& node() { return tree_; }
  operator schema::Table() const { return tree_; }

 private:
  schema::Table tree_;
};

/// @param name the word of SQL, by default the key
Table table(std::string key, const std::vector<Column>& columns, std::string name = {});

/// A view: its columns stand for the fields of the select, in order.
Table view(std::string key, const std::vector<Column>& columns, const Select& query,
           std::string name = {});
/// A view whose select is SQL text.
Table view(std::string key, const std::vector<Column>& columns, std::string sql,
           std::string name = {});
/// A view that the database has already.
Table existing_view(std::string key, const std::vector<Column>& columns, std::string name = {});

/// A relation that a query may ask for. Without on(), it is the reverse of the one that has it.
class Relation {
 public:
  explicit Relation(schema::Relation tree) : tree_(std::move(tree)) {}
  /// The columns of the table that equal those of the target.
  Relation on(std::vector<std::string> fields, std::vector<std::string> references) const;
  /// The junction table: its columns that equal `fields`, and those that equal `references`.
  Relation through(std::string table, std::vector<std::string> fields,
                   std::vector<std::string> references) const;
  /// Tells several relations between two tables apart; both sides have the same.
  Relation named(std::string relation_name) const;
  operator schema::Relation() const { return tree_; }
  schema::Relation& node() { return tree_; }

 private:
  schema::Relation tree_;
};

/// Each row of `table` has one row of `target`, or none.
Relation one(std::string table, std::string name, std::string target);
/// Each row of `table` has any number of rows of `target`, by default the table called like the
/// relation.
Relation many(std::string table, std::string name, std::string target = {});

}  // namespace virga::build
