#include "migrate/plan.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "migrate/diff.h"
#include "migrate/rebuild.h"
#include "migrate/risks.h"
#include "schema/sql_text.h"
#include "sql/sql.h"

namespace virga::migrate {
namespace {

using schema::mentions;
using text::quote_identifier;

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The key that a column refers to another table by alone, when the table gets it with the column.
const schema::ForeignKey* own_foreign_key(const TableDifference& table,
                                          const schema::Column& column) {
  for (const std::size_t i : table.new_foreign_keys)
    if (const schema::ForeignKey& key = table.to->foreign_keys[i];
        key.columns == std::vector{column.name})
      return &key;
  return nullptr;
}

/// Whether ALTER TABLE can add the column: https://sqlite.org/lang_altertable.html#altertabaddcol
bool can_add(const TableDifference& table, const schema::Column& column) {
  if (contains(primary_key(*table.to), column.name)) return false;
  if (column.generated) return !column.generated->stored;
  const bool has_default = column.default_value.has_value();
  if (has_default && std::holds_alternative<schema::Sql>(*column.default_value)) return false;
  if (column.not_null && !has_default) return false;
  return !has_default || !own_foreign_key(table, column);
}

/// Whether ALTER TABLE can drop the column: https://sqlite.org/lang_altertable.html#altertabdropcol
bool can_drop(const schema::Table& table, const schema::Column& column) {
  const auto in_key = [&](const auto& key) { return contains(key.columns, column.name); };
  const auto in_check = [&](const schema::Check& check) {
    return mentions(check.sql, column.name);
  };
  const auto in_column = [&](const schema::Column& other) {
    return &other != &column && other.generated && mentions(other.generated->sql, column.name);
  };
  return !contains(primary_key(table), column.name) &&
         std::none_of(table.uniques.begin(), table.uniques.end(), in_key) &&
         std::none_of(table.foreign_keys.begin(), table.foreign_keys.end(), in_key) &&
         std::none_of(table.checks.begin(), table.checks.end(), in_check) &&
         std::none_of(table.columns.begin(), table.columns.end(), in_column);
}

/// Whether ALTER TABLE is not enough.
bool needs_rebuild(const TableDifference& table) {
  if (table.changed_in_place) return true;
  const auto& added = table.added;
  const auto& dropped = table.dropped;
  const auto comes_alone = [&](std::size_t i) {
    const schema::ForeignKey& key = table.to->foreign_keys[i];
    return std::any_of(added.begin(), added.end(), [&](std::size_t j) {
      return own_foreign_key(table, table.to->columns[j]) == &key;
    });
  };
  return !std::all_of(added.begin(), added.end(), [&](std::size_t j) {
    return can_add(table, table.to->columns[j]);
  }) || !std::all_of(dropped.begin(), dropped.end(), [&](std::size_t i) {
    return can_drop(*table.from, table.from->columns[i]);
  }) || !std::all_of(table.new_foreign_keys.begin(), table.new_foreign_keys.end(), comes_alone);
}

class Planner {
 public:
  Planner(const schema::Stock& from, const schema::Schema& to, PlanOptions options)
      : from_(from), to_(to), options_(options), difference_(diff(from.schema, to)) {}
  Result<Plan> plan();

 private:
  enum class Fate { same, created, altered, rebuilt, dropped };
  Fate fate(const TableDifference& table) const;
  void find_rebuilt();
  void add_children();
  void find_dependents();
  Result<void> check_declarations() const;
  void changes();
  void take_down();
  void drop_indexes();
  void create_tables();
  void alter(const TableDifference& table);
  void drop_tables();
  void put_up();
  void step(std::string words, std::string sql) {
    if (sql.empty()) return;
    plan_.steps.push_back({std::move(words), {std::move(sql)}, {}});
  }

  const schema::Stock& from_;
  const schema::Schema& to_;
  PlanOptions options_;
  Difference difference_;
  std::vector<const TableDifference*> rebuilt_{};
  std::vector<const schema::Table*> views_{};      ///< of the old schema, to be taken down
  std::vector<const schema::Stored*> triggers_{};  ///< the same
  Plan plan_{};
};

Planner::Fate Planner::fate(const TableDifference& table) const {
  if (!table.from) return Fate::created;
  if (!table.to) return Fate::dropped;
  if (std::find(rebuilt_.begin(), rebuilt_.end(), &table) != rebuilt_.end()) return Fate::rebuilt;
  return table.changes.empty() ? Fate::same : Fate::altered;
}

void Planner::find_rebuilt() {
  for (const TableDifference& table : difference_.tables)
    if (table.from && table.to && needs_rebuild(table)) rebuilt_.push_back(&table);
  if (options_.in_transaction) add_children();
}

void Planner::add_children() {
  for (std::size_t done = 0; done < rebuilt_.size(); ++done)
    for (const TableDifference& child : difference_.tables) {
      if (!child.from || !child.to || fate(child) == Fate::rebuilt) continue;
      const auto& keys = child.from->foreign_keys;
      if (std::any_of(keys.begin(), keys.end(), [&](const schema::ForeignKey& key) {
            return key.table == rebuilt_[done]->from->name;
          }))
        rebuilt_.push_back(&child);
    }
}

Result<void> Planner::check_declarations() const {
  for (const TableDifference* table : rebuilt_)
    if (contains(from_.unspoken, table->from->name))
      return fail(Code::invalid_schema,
                  "Table \"" + table->from->name +
                      "\" cannot be rebuilt: its declaration has a conflict clause, or an order or "
                      "collation in a key, which the new one would lose.",
                  table->from->name, "Changes that ALTER TABLE can make are possible.");
  return {};
}

/// Views and triggers whose text names what is replaced, dropped or itself taken down.
void Planner::find_dependents() {
  std::set<std::string> names;
  for (const TableDifference& table : difference_.tables)
    if (const Fate now = fate(table); now == Fate::rebuilt || now == Fate::dropped ||
                                      (now == Fate::altered && !table.dropped.empty()))
      names.insert(table.from->name);
  for (const ViewDifference& view : difference_.views)
    if (view.from) {
      views_.push_back(view.from);
      names.insert(view.from->name);
    }
  const auto named = [&](const std::string& sql) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return mentions(sql, name); });
  };
  for (bool found = true; found;) {
    found = false;
    for (const schema::Table& view : from_.schema.tables) {
      if (!view.view || names.count(view.name) > 0 || !named(view.view->sql)) continue;
      views_.push_back(&view);
      found = names.insert(view.name).second;
    }
  }
  for (const schema::Stored& trigger : from_.triggers)
    if (named(trigger.sql)) triggers_.push_back(&trigger);
}

void Planner::changes() {
  for (const TableDifference& table : difference_.tables)
    plan_.changes.insert(plan_.changes.end(), table.changes.begin(), table.changes.end());
  for (const auto& [from, to] : difference_.views) {
    if (from && !to)
      plan_.changes.push_back(
          {Kind::drop_view, from->name, "", "", "View " + from->name + " is dropped.", ""});
    if (to)
      plan_.changes.push_back({Kind::create_view, to->name, "", "",
                               "View " + to->name + (from ? " is created anew." : " is created."),
                               ""});
  }
}

void Planner::take_down() {
  Step look{"Look for rows at risk", {}, {}};
  for (const TableDifference& table : difference_.tables)
    for (Risk& risk : risks(table)) look.risks.push_back(std::move(risk));
  if (!look.risks.empty()) plan_.steps.push_back(std::move(look));
  if (options_.in_transaction && !rebuilt_.empty())
    step("Look at foreign keys at the end", "pragma defer_foreign_keys = on");
  for (const schema::Stored* trigger : triggers_)
    step("Take trigger " + trigger->name + " down",
         "drop trigger " + quote_identifier(trigger->name));
  for (const schema::Table* view : views_)
    step("Take view " + view->name + " down", "drop view " + quote_identifier(view->name));
  drop_indexes();
}

/// Indexes of all tables have one space of names: those that go give theirs up first.
void Planner::drop_indexes() {
  const auto drop = [&](const schema::Table& table, const schema::Index& index) {
    step("Drop an index of " + table.name, "drop index " + quote_identifier(index.name));
  };
  for (const TableDifference& table : difference_.tables) {
    for (const std::size_t i : table.old_indexes) drop(*table.from, table.from->indexes[i]);
    if (fate(table) == Fate::dropped)
      for (const schema::Index& index : table.from->indexes) drop(*table.from, index);
  }
}

void Planner::create_tables() {
  for (const TableDifference& table : difference_.tables) {
    if (fate(table) != Fate::created) continue;
    for (std::string& sql : sql::create_table(*table.to, to_))
      step("Create " + table.to->name, std::move(sql));
  }
}

void Planner::alter(const TableDifference& table) {
  const schema::Table& to = *table.to;
  for (const std::size_t j : table.added)
    step("Add a column to " + to.name,
         sql::add_column(to, to.columns[j], own_foreign_key(table, to.columns[j]), to_));
  for (const std::size_t i : table.dropped)
    step("Drop a column of " + to.name, "alter table " + quote_identifier(to.name) +
                                            " drop column " +
                                            quote_identifier(table.from->columns[i].name));
  for (const std::size_t i : table.new_uniques) {
    const schema::Key& key = to.uniques[i];
    schema::Index index{.name = key.name, .unique = true};
    if (index.name.empty()) index.name = to.name + "_" + text::join(key.columns, "_") + "_unique";
    index.columns.assign(key.columns.begin(), key.columns.end());
    step("Make a key of " + to.name + " unique", sql::create_index(to, index));
  }
  for (const std::size_t i : table.new_indexes)
    step("Create an index of " + to.name, sql::create_index(to, to.indexes[i]));
}

/// Those that refer to others go first.
void Planner::drop_tables() {
  std::vector<const TableDifference*> rest;
  for (const TableDifference& table : difference_.tables)
    if (fate(table) == Fate::dropped) rest.push_back(&table);
  while (!rest.empty()) {
    auto next = std::find_if(rest.begin(), rest.end(), [&](const TableDifference* parent) {
      return std::none_of(rest.begin(), rest.end(), [&](const TableDifference* child) {
        const auto& keys = child->from->foreign_keys;
        return child != parent && std::any_of(keys.begin(), keys.end(), [&](const auto& key) {
                 return key.table == parent->from->name;
               });
      });
    });
    if (next == rest.end()) next = rest.begin();
    step("Drop " + (*next)->from->name, "drop table " + quote_identifier((*next)->from->name));
    rest.erase(next);
  }
}

void Planner::put_up() {
  const auto taken_down = [&](const schema::Table& view) {
    return std::any_of(views_.begin(), views_.end(),
                       [&](const schema::Table* each) { return each->name == view.name; });
  };
  const auto is_new = [&](const schema::Table& view) {
    return std::any_of(difference_.views.begin(), difference_.views.end(),
                       [&](const ViewDifference& each) { return each.to == &view; });
  };
  for (const schema::Table& table : to_.tables)
    if (table.view && (is_new(table) || taken_down(table)))
      step("Create view " + table.name, sql::create_table(table, to_).front());
  for (const schema::Stored* trigger : triggers_)
    if (to_.find_table(trigger->table))
      step("Create trigger " + trigger->name + " again", trigger->sql);
}

Result<Plan> Planner::plan() {
  find_rebuilt();
  VIRGA_TRY(check_declarations());
  find_dependents();
  changes();
  take_down();
  create_tables();
  for (Step& step : rebuild(rebuilt_, to_)) plan_.steps.push_back(std::move(step));
  for (const TableDifference& table : difference_.tables)
    if (fate(table) == Fate::altered) alter(table);
  drop_tables();
  put_up();
  return std::move(plan_);
}

}  // namespace

Result<schema::Schema> as_read(const schema::Schema& declared) {
  return schema::read_sql(sql::create_schema(declared));
}

schema::Schema carried(const schema::Schema& from, schema::Schema to) {
  for (schema::Table& table : to.tables) {
    const auto at = from.find_table(table.key);
    if (!at) continue;
    const schema::Table& old = from.tables[*at];
    table.strict = table.strict || old.strict;
    table.without_rowid = table.without_rowid || old.without_rowid;
    if (table.without_rowid)
      for (const std::string& name : primary_key(table))
        table.columns[*table.find_column(name)].not_null = true;
    for (schema::ForeignKey& key : table.foreign_keys)
      for (const schema::ForeignKey& before : old.foreign_keys)
        if (before.columns == key.columns && before.table == key.table)
          key.deferred = before.deferred;
  }
  return to;
}

namespace {

const std::string& name_of(const TableDifference& table) {
  return (table.from ? table.from : table.to)->name;
}

/// The names in the texts of views and triggers.
std::set<std::string> names_in_texts(const schema::Stock& from, const schema::Schema& to) {
  std::string texts;
  for (const schema::Stored& trigger : from.triggers)
    texts += text::quote_identifier(trigger.table) + " " + trigger.sql + " ";
  for (const schema::Schema* schema : {&from.schema, &to})
    for (const schema::Table& table : schema->tables)
      if (table.view) texts += table.view->sql + " ";
  std::set<std::string> names;
  for (const schema::Token& token : schema::tokens(texts)) names.insert(text::lower(token.name()));
  return names;
}

}  // namespace

std::vector<std::string> untouched(const schema::Stock& from, const schema::Schema& to) {
  const Difference difference = diff(from.schema, to);
  std::set<std::string> touched = names_in_texts(from, to);
  std::set<std::string> replaced;  // with those that a rebuild in a transaction takes along
  for (const TableDifference& table : difference.tables) {
    if (!table.changes.empty()) touched.insert(text::lower(name_of(table)));
    // Columns that go while others come may be renamed, and what then differs may take a rebuild.
    const bool may_rename = !table.added.empty() && !table.dropped.empty();
    if (!table.to || (table.from && (may_rename || needs_rebuild(table))))
      replaced.insert(name_of(table));
  }
  for (bool grew = !replaced.empty(); grew;) {
    grew = false;
    for (const TableDifference& table : difference.tables) {
      if (!table.from) continue;
      const auto& keys = table.from->foreign_keys;
      if (std::any_of(keys.begin(), keys.end(),
                      [&](const auto& key) { return replaced.count(key.table) > 0; }))
        grew = replaced.insert(table.from->name).second || grew;
    }
  }
  for (const std::string& name : replaced) touched.insert(text::lower(name));
  std::set<std::string> written = replaced;  // whose parents it takes to write their rows
  for (const schema::Stored& trigger : from.triggers) written.insert(trigger.table);
  for (const TableDifference& table : difference.tables) {
    if (written.count(name_of(table)) == 0) continue;
    for (const schema::Table* side : {table.from, table.to})
      if (side)
        for (const schema::ForeignKey& key : side->foreign_keys)
          touched.insert(text::lower(key.table));
  }
  std::vector<std::string> rest;
  for (const TableDifference& table : difference.tables)
    if (table.from && touched.count(text::lower(table.from->name)) == 0)
      rest.push_back(table.from->name);
  return rest;
}

Result<Plan> plan(const schema::Stock& from, const schema::Schema& to, PlanOptions options) {
  return Planner(from, to, options).plan();
}

}  // namespace virga::migrate
