#include "migrate/diff.h"

#include <algorithm>

#include "base/text.h"
#include "schema/read_sql.h"
#include "schema/sql_text.h"
#include "sql/sql.h"

namespace virga::migrate {
namespace {

using schema::canonical;
using Texts = std::vector<std::string>;

bool same_name(std::string_view a, std::string_view b) { return text::lower(a) == text::lower(b); }

Texts folded(Texts names) {
  for (std::string& name : names) name = text::lower(name);
  return names;
}

bool same_names(const Texts& a, const Texts& b) { return folded(a) == folded(b); }

std::string in_brackets(const Texts& names) { return "(" + text::join(names, ", ") + ")"; }

std::string default_text(const schema::Column& column) {
  if (!column.default_value) return "";
  if (const auto* sql = std::get_if<schema::Sql>(&*column.default_value))
    return canonical(sql->text);
  return sql::literal(std::get<Value>(*column.default_value));
}

std::string generated_text(const schema::Column& column) {
  if (!column.generated) return "";
  return canonical(column.generated->sql) + (column.generated->stored ? " stored" : " virtual");
}

bool same(const schema::ForeignKey& a, const schema::ForeignKey& b) {
  return same_names(a.columns, b.columns) && same_name(a.table, b.table) &&
         same_names(a.references, b.references) && a.on_delete == b.on_delete &&
         a.on_update == b.on_update;
}

bool same(const schema::Check& a, const schema::Check& b) {
  return canonical(a.sql) == canonical(b.sql);
}

Texts index_parts(const schema::Index& index) {
  Texts parts;
  for (const auto& column : index.columns) {
    const auto* sql = std::get_if<schema::Sql>(&column);
    parts.push_back(canonical(sql ? sql->text : std::get<std::string>(column)));
  }
  return parts;
}

bool same(const schema::Index& a, const schema::Index& b) {
  return same_name(a.name, b.name) && a.unique == b.unique && index_parts(a) == index_parts(b) &&
         canonical(a.where) == canonical(b.where);
}

bool has_key(const std::vector<schema::Key>& keys, const Texts& columns) {
  return std::any_of(keys.begin(), keys.end(),
                     [&](const schema::Key& key) { return same_names(key.columns, columns); });
}

bool has_unique_index(const schema::Table& table, const Texts& columns) {
  return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const schema::Index& index) {
    return same_names(key_of(index), columns);
  });
}

template <class Item>
bool has(const std::vector<Item>& list, const Item& item) {
  return std::any_of(list.begin(), list.end(), [&](const Item& each) { return same(each, item); });
}

/// Compares two tables of one name.
class Comparison {
 public:
  Comparison(const schema::Table& from, const schema::Table& to) : from_(from), to_(to) {
    result_.from = &from;
    result_.to = &to;
  }
  TableDifference compare();

 private:
  void columns();
  void column(const schema::Column& from, const schema::Column& to);
  void dropped_column(const schema::Column& column);
  void options();
  void primary_keys();
  void uniques();
  void foreign_keys();
  void checks();
  void indexes();
  void change(Kind kind, std::string name, std::string words, std::string loss = "");
  void in_place(Kind kind, std::string name, std::string words, std::string loss = "");
  std::string at(const schema::Column& column) const { return to_.name + "." + column.name; }
  const schema::Table& from_;
  const schema::Table& to_;
  TableDifference result_{};
};

void Comparison::change(Kind kind, std::string name, std::string words, std::string loss) {
  result_.changes.push_back(
      {kind, to_.name, std::move(name), "", std::move(words), std::move(loss)});
}

void Comparison::in_place(Kind kind, std::string name, std::string words, std::string loss) {
  result_.changed_in_place = true;
  change(kind, std::move(name), std::move(words), std::move(loss));
}

void Comparison::column(const schema::Column& from, const schema::Column& to) {
  const std::string what = "Column " + at(to);
  const auto type = [](const schema::Column& column) {
    return column.type.empty() ? std::string("of no type") : column.type;
  };
  if (canonical(from.type) != canonical(to.type))
    in_place(Kind::column_type, to.name,
             what + " becomes " + type(to) + "; it was " + type(from) + ".",
             "Values that " + type(to) + " holds in another form, such as '007' as 7.");
  if (from.not_null != to.not_null)
    in_place(Kind::column_not_null, to.name,
             what + (to.not_null ? " becomes not null." : " may be null."),
             to.not_null && to.default_value ? "Which rows had no value before." : "");
  if (default_text(from) != default_text(to))
    in_place(Kind::column_default, to.name,
             what + (to.default_value ? " gets the default " + default_text(to) + "."
                                      : " has no default any more."));
  if (generated_text(from) == generated_text(to)) return;
  in_place(Kind::column_generated, to.name,
           what + (to.generated ? " is computed as " + generated_text(to) + "."
                                : " is not computed any more; it keeps its values."),
           to.generated && !from.generated ? "The values that the column held." : "");
}

void Comparison::dropped_column(const schema::Column& column) {
  change(Kind::drop_column, column.name, "Column " + at(column) + " is dropped.",
         column.generated ? "" : "The values of " + at(column) + ".");
}

void Comparison::columns() {
  std::vector<bool> found(to_.columns.size());
  for (std::size_t i = 0; i < from_.columns.size(); ++i) {
    const auto match =
        std::find_if(to_.columns.begin(), to_.columns.end(), [&](const schema::Column& column) {
          return same_name(column.name, from_.columns[i].name);
        });
    if (match == to_.columns.end()) {
      result_.dropped.push_back(i);
      dropped_column(from_.columns[i]);
      continue;
    }
    const auto j = static_cast<std::size_t>(match - to_.columns.begin());
    found[j] = true;
    result_.kept.emplace_back(i, j);
    column(from_.columns[i], *match);
  }
  for (std::size_t j = 0; j < found.size(); ++j) {
    if (found[j]) continue;
    result_.added.push_back(j);
    change(Kind::add_column, to_.columns[j].name, "Column " + at(to_.columns[j]) + " is added.");
  }
}

void Comparison::options() {
  const auto words = [](const schema::Table& table) {
    return std::string(table.strict ? "strict" : "not strict") +
           (table.without_rowid ? ", without rowid" : ", with rowid");
  };
  if (words(from_) != words(to_))
    in_place(Kind::table_options, "", "Table " + to_.name + " becomes " + words(to_) + ".");
}

void Comparison::primary_keys() {
  const auto counts = [](const schema::Table& table) {
    return std::any_of(table.columns.begin(), table.columns.end(),
                       [](const schema::Column& column) { return column.autoincrement; });
  };
  const Texts from = primary_key(from_);
  const Texts to = primary_key(to_);
  if (!same_names(from, to))
    in_place(Kind::primary_key, "",
             "Table " + to_.name +
                 (to.empty() ? " has no primary key any more."
                             : " gets the primary key " + in_brackets(to) + "."));
  else if (counts(from_) != counts(to_))
    in_place(Kind::primary_key, "",
             "The primary key of " + to_.name +
                 (counts(to_) ? " becomes autoincrement." : " is not autoincrement any more."));
}

void Comparison::uniques() {
  for (const schema::Key& key : from_.uniques)
    if (!has_key(to_.uniques, key.columns) && !has_unique_index(to_, key.columns))
      in_place(Kind::drop_unique, key.name,
               in_brackets(key.columns) + " of " + to_.name + " need not be unique any more.");
  for (std::size_t i = 0; i < to_.uniques.size(); ++i) {
    const schema::Key& key = to_.uniques[i];
    if (has_key(from_.uniques, key.columns) || has_unique_index(from_, key.columns)) continue;
    result_.new_uniques.push_back(i);
    change(Kind::add_unique, key.name,
           in_brackets(key.columns) + " of " + to_.name + " become unique.");
  }
}

void Comparison::foreign_keys() {
  const auto words = [](const schema::ForeignKey& key) {
    return in_brackets(key.columns) + " to " + key.table + " " + in_brackets(key.references);
  };
  for (const schema::ForeignKey& key : from_.foreign_keys)
    if (!has(to_.foreign_keys, key))
      in_place(Kind::drop_foreign_key, key.name,
               "The foreign key " + words(key) + " of " + to_.name + " is dropped.");
  for (std::size_t i = 0; i < to_.foreign_keys.size(); ++i) {
    const schema::ForeignKey& key = to_.foreign_keys[i];
    if (has(from_.foreign_keys, key)) continue;
    result_.new_foreign_keys.push_back(i);
    change(Kind::add_foreign_key, key.name,
           "Table " + to_.name + " gets the foreign key " + words(key) + ".");
  }
}

void Comparison::checks() {
  for (const schema::Check& check : from_.checks)
    if (!has(to_.checks, check))
      in_place(Kind::drop_check, check.name,
               "Rows of " + to_.name + " need not fulfil " + check.sql + " any more.");
  for (std::size_t i = 0; i < to_.checks.size(); ++i) {
    if (has(from_.checks, to_.checks[i])) continue;
    result_.new_checks.push_back(i);
    in_place(Kind::add_check, to_.checks[i].name,
             "Rows of " + to_.name + " have to fulfil " + to_.checks[i].sql + ".");
  }
}

void Comparison::indexes() {
  for (std::size_t i = 0; i < from_.indexes.size(); ++i) {
    const schema::Index& index = from_.indexes[i];
    const Texts key = key_of(index);
    if (has(to_.indexes, index) || (!key.empty() && has_key(to_.uniques, key))) continue;
    result_.old_indexes.push_back(i);
    change(Kind::drop_index, index.name, "Index " + index.name + " is dropped.");
  }
  for (std::size_t i = 0; i < to_.indexes.size(); ++i) {
    const schema::Index& index = to_.indexes[i];
    const Texts key = key_of(index);
    if (has(from_.indexes, index) || (!key.empty() && has_key(from_.uniques, key))) continue;
    result_.new_indexes.push_back(i);
    change(Kind::create_index, index.name,
           "Index " + index.name + " on " + to_.name + " is created.");
  }
}

TableDifference Comparison::compare() {
  columns();
  options();
  primary_keys();
  uniques();
  foreign_keys();
  checks();
  indexes();
  return std::move(result_);
}

/// All that is asked of a view is its text.
bool same_view(const schema::Table& a, const schema::Table& b) {
  return canonical(a.view->sql) == canonical(b.view->sql);
}

/// A table is never a view of the same name.
const schema::Table* named(const schema::TableNames& names, const schema::Table& table) {
  const schema::Table* found = names.find(table.name);
  return found && found->view.has_value() == table.view.has_value() ? found : nullptr;
}

TableDifference created(const schema::Table& table) {
  return {.to = &table,
          .changes = {{Kind::create_table, table.name, "", "",
                       "Table " + table.name + " is created.", ""}}};
}

TableDifference gone(const schema::Table& table) {
  return {.from = &table,
          .changes = {{Kind::drop_table, table.name, "", "", "Table " + table.name + " is dropped.",
                       "All rows of " + table.name + "."}}};
}

}  // namespace

std::vector<std::string> primary_key(const schema::Table& table) {
  if (table.primary_key) return table.primary_key->columns;
  for (const schema::Column& column : table.columns)
    if (column.primary_key) return {column.name};
  return {};
}

std::vector<std::string> key_of(const schema::Index& index) {
  std::vector<std::string> columns;
  if (!index.unique || !index.where.empty()) return columns;
  for (const auto& column : index.columns) {
    if (!std::holds_alternative<std::string>(column)) return {};
    columns.push_back(std::get<std::string>(column));
  }
  return columns;
}

Difference diff(const schema::Schema& from, const schema::Schema& to) {
  Difference result;
  const schema::TableNames before(from);
  const schema::TableNames after(to);
  for (const schema::Table& table : to.tables) {
    const schema::Table* old = named(before, table);
    if (!table.view)
      result.tables.push_back(old ? Comparison(*old, table).compare() : created(table));
    else if (!old || !same_view(*old, table))
      result.views.push_back({old, &table});
  }
  for (const schema::Table& table : from.tables) {
    if (named(after, table)) continue;
    if (table.view)
      result.views.push_back({&table, nullptr});
    else
      result.tables.push_back(gone(table));
  }
  return result;
}

}  // namespace virga::migrate
