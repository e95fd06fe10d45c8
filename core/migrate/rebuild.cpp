#include "migrate/rebuild.h"

#include <algorithm>

#include "base/text.h"
#include "migrate/risks.h"
#include "schema/affinity.h"
#include "sql/sql.h"

namespace virga::migrate {
namespace {

using text::quote_identifier;
using Texts = std::vector<std::string>;

bool counts(const schema::Table& table) {
  return std::any_of(table.columns.begin(), table.columns.end(),
                     [](const schema::Column& column) { return column.autoincrement; });
}

/// Whether a copied column gives the new rows their ids.
bool copies_row_id(const TableDifference& table) {
  const schema::Column* alias = schema::rowid_alias(*table.to);
  return std::any_of(table.kept.begin(), table.kept.end(),
                     [&](const auto& pair) { return &table.to->columns[pair.second] == alias; });
}

/// A row that has no value where one is needed now gets the default.
std::string copied(const schema::Column& from, const schema::Column& to) {
  const std::string name = quote_identifier(from.name);
  if (!to.not_null || from.not_null || !to.default_value) return name;
  const auto* sql = std::get_if<schema::Sql>(&*to.default_value);
  return "coalesce(" + name + ", " +
         (sql ? "(" + sql->text + ")" : sql::literal(std::get<Value>(*to.default_value))) + ")";
}

Texts copy_rows(const TableDifference& table, const std::string& fresh) {
  Texts into, values;
  const std::string id = row_id(table);
  if (!id.empty() && !copies_row_id(table)) {
    into.push_back(id);
    values.push_back(id);
  }
  for (const auto& [i, j] : table.kept) {
    const schema::Column& to = table.to->columns[j];
    if (to.generated) continue;
    into.push_back(quote_identifier(to.name));
    values.push_back(copied(table.from->columns[i], to));
  }
  const std::string old = quote_identifier(table.from->name);
  if (into.empty()) return {};
  return {"insert into " + quote_identifier(fresh) + " (" + text::join(into, ", ") + ") select " +
          text::join(values, ", ") + " from " + old};
}

/// The counter of an autoincrement key may be ahead of its rows: numbers are never used twice
/// (https://sqlite.org/autoinc.html).
Texts copy_counter(const TableDifference& table, const std::string& fresh) {
  if (!counts(*table.from) || !counts(*table.to)) return {};
  const std::string to = text::quote_literal(fresh);
  return {"delete from sqlite_sequence where name = " + to,
          "insert into sqlite_sequence (name, seq) select " + to +
              ", seq from sqlite_sequence where name = " + text::quote_literal(table.from->name)};
}

class Rebuilding {
 public:
  Rebuilding(const std::vector<const TableDifference*>& tables, const schema::Schema& to)
      : tables_(tables), to_(to), fresh_(to) {}
  std::vector<Step> steps();

 private:
  std::string fresh_name(const std::string& name) const;
  const std::string& fresh(const TableDifference& table) const;
  std::vector<const TableDifference*> children_first() const;
  const std::vector<const TableDifference*>& tables_;
  const schema::Schema& to_;
  schema::Schema fresh_;  ///< the tables have their names of the meantime
};

std::string Rebuilding::fresh_name(const std::string& name) const {
  std::string fresh = "__new_" + name;
  const auto taken = [&](const schema::Table& table) { return table.name == fresh; };
  while (std::any_of(to_.tables.begin(), to_.tables.end(), taken)) fresh += "_";
  return fresh;
}

const std::string& Rebuilding::fresh(const TableDifference& table) const {
  return fresh_.tables[*to_.find_table(table.to->key)].name;
}

/// An old table goes after those that refer to it, as far as they do not refer to each other.
std::vector<const TableDifference*> Rebuilding::children_first() const {
  std::vector<const TableDifference*> rest = tables_;
  std::vector<const TableDifference*> order;
  const auto referred = [&](const TableDifference* parent) {
    return std::any_of(rest.begin(), rest.end(), [&](const TableDifference* child) {
      const auto& keys = child->from->foreign_keys;
      return child != parent && std::any_of(keys.begin(), keys.end(), [&](const auto& key) {
               return key.table == parent->from->name;
             });
    });
  };
  while (!rest.empty()) {
    auto next = std::find_if_not(rest.begin(), rest.end(), referred);
    if (next == rest.end()) next = rest.begin();
    order.push_back(*next);
    rest.erase(next);
  }
  return order;
}

std::vector<Step> Rebuilding::steps() {
  for (const TableDifference* table : tables_)
    fresh_.tables[*to_.find_table(table->to->key)].name = fresh_name(table->to->name);
  std::vector<Step> create, copy, drop, rename;
  for (const TableDifference* table : tables_) {
    const std::string& name = table->to->name;
    const std::string& now = fresh(*table);
    const schema::Table& declared = fresh_.tables[*to_.find_table(table->to->key)];
    create.push_back({"Create the new " + name, {sql::create_table(declared, fresh_).front()}, {}});
    Texts filling = copy_rows(*table, now);
    for (std::string& sql : copy_counter(*table, now)) filling.push_back(std::move(sql));
    copy.push_back({"Copy the rows of " + name, std::move(filling), {}});
    Texts renaming = sql::create_table(*table->to, to_);
    renaming.front() =
        "alter table " + quote_identifier(now) + " rename to " + quote_identifier(name);
    rename.push_back(
        {"Put the new " + name + " in its place, with its indexes", std::move(renaming), {}});
  }
  for (const TableDifference* table : children_first())
    drop.push_back({"Drop the old " + table->from->name,
                    {"drop table " + quote_identifier(table->from->name)},
                    conversions(*table, fresh(*table))});
  std::vector<Step> all;
  for (std::vector<Step>* part : {&create, &copy, &drop, &rename})
    for (Step& step : *part) all.push_back(std::move(step));
  return all;
}

}  // namespace

std::vector<Step> rebuild(const std::vector<const TableDifference*>& tables,
                          const schema::Schema& to) {
  return Rebuilding(tables, to).steps();
}

}  // namespace virga::migrate
