// Random schemas, random rows, random edits: after a migration the database is what the new schema
// says and every value that the edits leave is as it was; or nothing happened at all. A failing
// case is made smaller and printed. VIRGA_SEED and VIRGA_CASES choose others.

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>

#include "base/text.h"
#include "core/migrate/random_schema.h"
#include "core/migrate/rows.h"
#include "sql/sql.h"

using namespace virga;
using text::quote_identifier;

namespace {

using Texts = std::vector<std::string>;

std::uint32_t number_from(const char* name, std::uint32_t otherwise) {
  const char* text = std::getenv(name);
  return text ? static_cast<std::uint32_t>(std::strtoul(text, nullptr, 10)) : otherwise;
}

/// One case: a database with rows, and where it shall go.
struct Case {
  schema::Schema from{};
  schema::Schema to{};
  MigrateOptions options{};
  Texts content{};

  explicit Case(const std::vector<std::uint32_t>& list) {
    random::Choices choices(list);
    from = random::schema(choices);
    std::tie(to, options.answers) = random::edited(from, choices);
    content = random::content(from, choices);
    for (const schema::Table& table : from.tables) {
      options.allow.push_back(table.name);
      for (const schema::Column& column : table.columns)
        options.allow.push_back(name_now(table) + "." + column.name);
    }
  }

  Database open() const {
    Database database = must(Database::open());
    for (const std::string& sql : sql::create_schema(from)) must(database.exec(sql));
    for (const std::string& sql : content)
      if (const auto done = database.exec(sql); !done) continue;  // rows without a parent
    return database;
  }

  std::string print() const {
    return text::join(sql::create_schema(from), ";\n") + ";\n" + text::join(content, ";\n") +
           ";\n-- to\n" + text::join(sql::create_schema(to), ";\n");
  }

  /// The name of a table of the old schema in the new one, whether it is there or not.
  std::string name_now(const schema::Table& table) const {
    for (const auto& [fresh, old] : options.answers.tables)
      if (old == table.name) return fresh;
    return table.name;
  }

  /// The name that a column of the old schema has in the new one; empty when it is gone or its
  /// values may be others.
  std::string kept(const schema::Table& table, const schema::Column& column) const {
    const auto now = to.find_table(name_now(table));
    if (!now) return "";
    std::string name = column.name;
    if (const auto names = options.answers.columns.find(name_now(table));
        names != options.answers.columns.end())
      for (const auto& [fresh, old] : names->second)
        if (old == column.name) name = fresh;
    const auto at = to.tables[*now].find_column(name);
    if (!at) return "";
    const schema::Column& same = to.tables[*now].columns[*at];
    const bool alike = same.type == column.type && same.not_null == column.not_null &&
                       !same.generated && !column.generated;
    return alike ? name : "";
  }
};

/// The values that a migration has to keep, by table.
std::map<std::string, Texts> values(const Case& of, Database& database, bool after) {
  std::map<std::string, Texts> result;
  for (const schema::Table& table : of.from.tables) {
    const std::string name = of.name_now(table);
    if (table.view || !of.to.find_table(name)) continue;
    Texts parts;
    for (const schema::Column& column : table.columns)
      if (const std::string now = of.kept(table, column); !now.empty())
        parts.push_back("quote(" + quote_identifier(after ? now : column.name) + ")");
    result[table.name] =
        rows(database, "select " + text::join(parts, " || ' ' || ") + " as v from " +
                           quote_identifier(after ? name : table.name) + " order by 1");
  }
  return result;
}

Texts names_of(Database& database, const std::string& type) {
  return rows(database, "select name, tbl_name as t from sqlite_schema where type = '" + type +
                            "' order by 1");
}

/// What is wrong with the outcome; empty when nothing is.
std::string wrong_after(const Case& of, Database& database,
                        const std::map<std::string, Texts>& before) {
  if (rows(database, "pragma integrity_check") != Texts{R"({"integrity_check":"ok"})"})
    return "integrity_check";
  if (!rows(database, "select * from pragma_foreign_key_check").empty()) return "foreign_key_check";
  const auto again = database.plan(of.to, of.options);
  if (!again) return "planning again: " + again.error().message;
  if (!again->up.changes.empty()) return "still to do: " + again->up.changes.front().words;
  if (values(of, database, true) != before) return "values";
  const Texts triggers = names_of(database, "trigger");
  std::size_t expected = 0;
  for (const std::string& sql : of.content)
    for (const schema::Table& table : of.from.tables)
      if (of.to.find_table(of.name_now(table)) &&
          sql.starts_with("create trigger " + quote_identifier("on " + table.name)))
        ++expected;
  return triggers.size() == expected ? "" : "triggers";
}

std::string migrated(const Case& of, int& applied) {
  Database database = of.open();
  const auto before = values(of, database, false);
  const auto bytes = must(database.serialize());
  const auto done = database.migrate(of.to, of.options);
  if (!done) {
    if (done.error().code == Code::internal) return done.error().message + " " + done.error().hint;
    return must(database.serialize()) == bytes ? "" : "a failed migration changed the database";
  }
  ++applied;
  return wrong_after(of, database, before);
}

/// The statements as others run them: inside a transaction, foreign keys enforced.
std::string run_by_others(const Case& of, int& applied) {
  Database database = of.open();
  const auto before = values(of, database, false);
  MigrateOptions options = of.options;
  options.in_transaction = true;
  const auto plan = database.plan(of.to, options);
  if (!plan) return plan.error().code == Code::internal ? plan.error().message : "";
  must(database.begin());
  for (const std::string& sql : plan->up.statements())
    if (!database.exec(sql)) return "";  // a row in the way; the others roll back then
  if (!database.commit()) return "";
  ++applied;
  return wrong_after(of, database, before);
}

/// Up and down again: the schema is the old one.
std::string there_and_back(const Case& of, int& applied) {
  Database database = of.open();
  const auto before = must(database.introspect());
  const auto done = database.migrate(of.to, of.options);
  if (!done || done->migration.down.empty()) return "";
  must(database.begin());
  for (const std::string& sql : done->migration.down)
    if (!database.exec(sql)) return "";  // a column that was not null has no values any more
  if (!database.commit()) return "";
  ++applied;
  const auto back = database.plan(before.schema, {});
  if (!back) return "planning from the way back: " + back.error().message;
  return back->up.changes.empty() ? "" : "the way back: " + back->up.changes.front().words;
}

using Property = std::string (*)(const Case&, int&);

/// Takes decisions away as long as the case still fails.
std::vector<std::uint32_t> smaller(std::vector<std::uint32_t> list, Property property) {
  int ignored = 0;
  const auto fails = [&](const std::vector<std::uint32_t>& each) {
    return !property(Case(each), ignored).empty();
  };
  for (std::size_t size = list.size() / 2; size > 0; size /= 2)
    for (std::size_t at = 0; at + size <= list.size();) {
      auto shorter = list;
      const auto begin = shorter.begin() + static_cast<std::ptrdiff_t>(at);
      shorter.erase(begin, begin + static_cast<std::ptrdiff_t>(size));
      if (fails(shorter))
        list = std::move(shorter);
      else
        at += size;
    }
  for (std::uint32_t& each : list) {
    const std::uint32_t was = std::exchange(each, 0);
    if (!fails(list)) each = was;
  }
  return list;
}

void check(Property property, std::uint32_t cases) {
  const std::uint32_t seed = number_from("VIRGA_SEED", std::random_device{}());
  CAPTURE(seed);
  std::mt19937 engine(seed);
  int applied = 0;
  for (std::uint32_t i = number_from("VIRGA_CASES", cases); i > 0; --i) {
    std::vector<std::uint32_t> list(120);
    std::generate(list.begin(), list.end(), std::ref(engine));
    if (property(Case(list), applied).empty()) continue;
    const Case least(smaller(std::move(list), property));
    FAIL_CHECK("seed " << seed << ": " << property(least, applied) << "\n" << least.print());
    return;
  }
  MESSAGE("seed " << seed << ": " << applied << " migrations applied");
  CHECK(applied > 0);
}

}  // namespace

TEST_CASE("migrate property: all of it with every value, or nothing") { check(migrated, 1'000); }

TEST_CASE("migrate property: nothing is lost where others run the statements") {
  check(run_by_others, 700);
}

TEST_CASE("migrate property: down leads back") { check(there_and_back, 400); }
