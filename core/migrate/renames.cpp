#include "migrate/renames.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "schema/read_sql.h"

namespace virga::migrate {
namespace {

using text::quote_identifier;
using Texts = std::vector<std::string>;

using Folded = std::set<std::string>;

Folded folded(const Texts& names) {
  Folded set;
  for (const std::string& name : names) set.insert(text::lower(name));
  return set;
}

Texts without(const Texts& names, const Texts& others) {
  const Folded set = folded(others);
  Texts rest;
  for (const std::string& name : names)
    if (set.count(text::lower(name)) == 0) rest.push_back(name);
  return rest;
}

Texts table_names(const schema::Schema& schema) {
  Texts names;
  for (const schema::Table& table : schema.tables)
    if (!table.view) names.push_back(table.name);
  return names;
}

Texts column_names(const schema::Table& table) {
  Texts names;
  for (const schema::Column& column : table.columns) names.push_back(column.name);
  return names;
}

/// Old and new name.
using Pair = std::pair<std::string, std::string>;

/// What became of the names of one scope: the tables, or the columns of one table.
struct Matching {
  std::string table{};
  Code code = Code::unknown_table;
  std::string path{};
  std::vector<Pair> renamed{};
};

Result<void> match(const Texts& from, const Texts& to, const Names* answers, Matching& matching,
                   std::vector<Question>& questions) {
  Texts gone = without(from, to);
  Texts open;
  for (const std::string& created : without(to, from)) {
    const auto answer = answers ? answers->find(created) : Names::const_iterator{};
    if (!answers || answer == answers->end()) {
      open.push_back(created);
      continue;
    }
    if (!answer->second) continue;
    if (folded(gone).count(text::lower(*answer->second)) == 0)
      return fail(matching.code,
                  "\"" + created + "\" cannot have been \"" + *answer->second +
                      "\": the new schema still has it, or the old one never had.",
                  matching.path + "." + created, text::candidates_hint(*answer->second, gone));
    matching.renamed.emplace_back(*answer->second, created);
    gone = without(gone, {*answer->second});
  }
  if (gone.empty()) return {};
  for (std::string& created : open) questions.push_back({matching.table, created, gone});
  return {};
}

std::string rename_table(const std::string& from, const std::string& to) {
  return "alter table " + quote_identifier(from) + " rename to " + quote_identifier(to);
}

std::string rename_column(const std::string& table, const std::string& from,
                          const std::string& to) {
  return "alter table " + quote_identifier(table) + " rename column " + quote_identifier(from) +
         " to " + quote_identifier(to);
}

class Finder {
 public:
  Finder(const schema::Schema& from, const schema::Schema& to, const Answers& answers)
      : from_(from), to_(to), names_(from), answers_(answers) {}

  Result<Renames> find();

 private:
  Result<void> columns(const schema::Table& from, const schema::Table& to);
  const schema::Table* former(const schema::Table& table) const;
  void rename(Change change, std::string sql);
  const schema::Schema& from_;
  const schema::Schema& to_;
  schema::TableNames names_;  ///< of the old schema
  const Answers& answers_;
  Matching tables_{.path = "answers.tables"};
  Renames result_{};
};

/// The table of the old schema that this one was.
const schema::Table* Finder::former(const schema::Table& table) const {
  for (const auto& [from, to] : tables_.renamed)
    if (to == table.name) return names_.find(from);
  const schema::Table* same = names_.find(table.name);
  return same && !same->view ? same : nullptr;
}

void Finder::rename(Change change, std::string sql) {
  result_.plan.steps.push_back({change.words, {std::move(sql)}, {}});
  result_.plan.changes.push_back(std::move(change));
}

Result<void> Finder::columns(const schema::Table& from, const schema::Table& to) {
  Matching matching{
      .table = to.name, .code = Code::unknown_column, .path = "answers.columns." + to.name};
  const auto answers = answers_.columns.find(to.name);
  const Names* names = answers == answers_.columns.end() ? nullptr : &answers->second;
  VIRGA_TRY(match(column_names(from), column_names(to), names, matching, result_.questions));
  for (const auto& [old, now] : matching.renamed)
    rename({Kind::rename_column, to.name, now, old,
            "Column " + to.name + "." + old + " is renamed to " + now + ".", ""},
           rename_column(to.name, old, now));
  return {};
}

Result<Renames> Finder::find() {
  VIRGA_TRY(
      match(table_names(from_), table_names(to_), &answers_.tables, tables_, result_.questions));
  for (const auto& [old, now] : tables_.renamed)
    rename({Kind::rename_table, now, "", old, "Table " + old + " is renamed to " + now + ".", ""},
           rename_table(old, now));
  for (const schema::Table& to : to_.tables)
    if (const schema::Table* from = to.view ? nullptr : former(to)) VIRGA_TRY(columns(*from, to));
  return std::move(result_);
}

}  // namespace

Result<Renames> find_renames(const schema::Schema& from, const schema::Schema& to,
                             const Answers& answers) {
  return Finder(from, to, answers).find();
}

}  // namespace virga::migrate
