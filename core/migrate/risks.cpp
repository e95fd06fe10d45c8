#include "migrate/risks.h"

#include <algorithm>

#include "base/text.h"
#include "schema/affinity.h"
#include "schema/read_sql.h"
#include "schema/sql_text.h"

namespace virga::migrate {
namespace {

using text::quote_identifier;
using Texts = std::vector<std::string>;

Texts quoted(const Texts& names, const std::string& prefix = "") {
  Texts list;
  for (const std::string& name : names) list.push_back(prefix + quote_identifier(name));
  return list;
}

/// A name of the row id that no column has; empty when there is none.
std::string free_row_id(const schema::Table& table) {
  for (const char* name : {"rowid", "_rowid_", "oid"})
    if (std::none_of(table.columns.begin(), table.columns.end(), [&](const schema::Column& column) {
          return text::lower(column.name) == name;
        }))
      return name;
  return "";
}

/// What tells a row of the table from others, for people and for joins.
Texts key(const schema::Table& table, const std::string& prefix = "") {
  const Texts primary = primary_key(table);
  if (!primary.empty()) return quoted(primary, prefix);
  return {prefix + free_row_id(table)};
}

class Risks {
 public:
  explicit Risks(const TableDifference& table) : table_(table), from_(*table.from) {}
  std::vector<Risk> find();

 private:
  void add(std::string name, std::string words, bool lost, const std::string& condition);
  void column(const schema::Column& from, const schema::Column& to);
  void added(const schema::Column& column);
  void duplicates(const Texts& columns, const std::string& where);
  void orphans(const schema::ForeignKey& key);
  bool has(const Texts& columns) const;
  std::string at(const schema::Column& column) const { return from_.name + "." + column.name; }
  const TableDifference& table_;
  const schema::Table& from_;
  std::vector<Risk> risks_{};
};

void Risks::add(std::string name, std::string words, bool lost, const std::string& condition) {
  std::string sql = "select " + text::join(key(from_), ", ") + " from " +
                    quote_identifier(from_.name) + (condition.empty() ? "" : " where " + condition);
  risks_.push_back({std::move(name), std::move(words), lost, std::move(sql)});
}

void Risks::column(const schema::Column& from, const schema::Column& to) {
  const std::string name = quote_identifier(from.name);
  if (to.generated) {
    if (!from.generated)
      add(at(from), "The values of " + at(from) + " are replaced by computed ones.", true,
          name + " is not null");
  } else if (to.not_null && !from.not_null && !to.default_value) {
    add(at(from), "Column " + at(from) + " becomes not null, and has no default for these rows.",
        false, name + " is null");
  }
}

void Risks::added(const schema::Column& column) {
  if (!column.not_null || column.default_value || column.generated) return;
  if (schema::rowid_alias(*table_.to) == &column) return;
  add(at(column),
      "Column " + at(column) + " is added as not null, and has no default for these rows.", false,
      "");
}

bool Risks::has(const Texts& columns) const {
  return std::all_of(columns.begin(), columns.end(),
                     [&](const std::string& name) { return from_.find_column(name); });
}

void Risks::duplicates(const Texts& columns, const std::string& where) {
  if (columns.empty() || !has(columns)) return;
  Texts present;
  for (const std::string& name : quoted(columns)) present.push_back(name + " is not null");
  if (!where.empty()) present.push_back("(" + where + ")");
  const std::string list = text::join(quoted(columns), ", ");
  const std::string condition = text::join(present, " and ");
  add(from_.name + "." + text::join(columns, ","),
      "(" + text::join(columns, ", ") + ") of " + from_.name +
          " become unique, and these rows have the values of others.",
      false,
      condition + " and (" + list + ") in (select " + list + " from " +
          quote_identifier(from_.name) + " where " + condition + " group by " + list +
          " having count(*) > 1)");
}

void Risks::orphans(const schema::ForeignKey& foreign) {
  if (!has(foreign.columns)) return;
  Texts conditions;
  Texts matches;
  for (std::size_t i = 0; i < foreign.columns.size() && i < foreign.references.size(); ++i) {
    const std::string column =
        quote_identifier(from_.name) + "." + quote_identifier(foreign.columns[i]);
    conditions.push_back(column + " is not null");
    matches.push_back("virga_parent." + quote_identifier(foreign.references[i]) + " = " + column);
  }
  conditions.push_back("not exists (select 1 from " + quote_identifier(foreign.table) +
                       " as virga_parent where " + text::join(matches, " and ") + ")");
  add(from_.name + "." + text::join(foreign.columns, ","),
      "These rows of " + from_.name + " refer to rows of " + foreign.table + " that are not there.",
      false, text::join(conditions, " and "));
}

std::vector<Risk> Risks::find() {
  if (!table_.to) {
    add(from_.name, "Table " + from_.name + " is dropped with its rows.", true, "");
    return std::move(risks_);
  }
  for (const std::size_t i : table_.dropped)
    if (const schema::Column& column = from_.columns[i]; !column.generated)
      add(at(column), "Column " + at(column) + " is dropped with its values.", true,
          quote_identifier(column.name) + " is not null");
  for (const auto& [i, j] : table_.kept) column(from_.columns[i], table_.to->columns[j]);
  for (const std::size_t j : table_.added) added(table_.to->columns[j]);
  if (primary_key(from_) != primary_key(*table_.to)) duplicates(primary_key(*table_.to), "");
  for (const std::size_t i : table_.new_uniques) duplicates(table_.to->uniques[i].columns, "");
  for (const std::size_t i : table_.new_indexes) duplicates(key_of(table_.to->indexes[i]), "");
  for (const std::size_t i : table_.new_foreign_keys) orphans(table_.to->foreign_keys[i]);
  for (const std::size_t i : table_.new_checks)
    add(from_.name, "These rows do not fulfil " + table_.to->checks[i].sql + ".", false,
        "not (" + table_.to->checks[i].sql + ")");
  return std::move(risks_);
}

/// Whether values of the column may be stored in another form by the new table.
bool converts(const TableDifference& table, const schema::Column& from, const schema::Column& to) {
  if (from.generated || to.generated) return false;
  return schema::affinity(from.type) != schema::affinity(to.type) ||
         table.from->strict != table.to->strict;
}

/// Joins old and new rows: as `o` and `n`.
std::string same_row(const TableDifference& table) {
  const std::string id = row_id(table);
  if (!id.empty()) return "o." + id + " = n." + id;
  Texts conditions;
  for (const std::string& name : quoted(primary_key(*table.from)))
    conditions.push_back("o." + name + " is n." + name);
  return text::join(conditions, " and ");
}

}  // namespace

std::string row_id(const TableDifference& table) {
  if (table.from->without_rowid || table.to->without_rowid) return "";
  const std::string id = free_row_id(*table.from);
  return id == free_row_id(*table.to) ? id : "";
}

std::vector<Risk> risks(const TableDifference& table) {
  if (!table.from) return {};
  return Risks(table).find();
}

std::vector<Risk> conversions(const TableDifference& table, const std::string& filled) {
  std::vector<Risk> list;
  for (const auto& [i, j] : table.kept) {
    const schema::Column& from = table.from->columns[i];
    const schema::Column& to = table.to->columns[j];
    if (!converts(table, from, to)) continue;
    const std::string old = "+o." + quote_identifier(from.name);
    const std::string now = "+n." + quote_identifier(to.name);
    const std::string name = table.from->name + "." + from.name;
    // A value is kept when the new one, read as of the old type, is the old one.
    list.push_back({name, "Values of " + name + " become others as " + to.type + ".", true,
                    "select " + text::join(key(*table.from, "o."), ", ") + " from " +
                        quote_identifier(table.from->name) + " as o join " +
                        quote_identifier(filled) + " as n on " + same_row(table) + " where " + old +
                        " is not null and case typeof(" + old + ") when 'integer' then cast(" +
                        now + " as integer) when 'real' then cast(" + now +
                        " as real) when 'text' then cast(" + now + " as text) else " + now +
                        " end is not " + old + " collate binary"});
  }
  return list;
}

}  // namespace virga::migrate
