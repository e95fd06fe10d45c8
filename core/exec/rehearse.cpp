#include <algorithm>
#include <set>

#include "base/text.h"
#include "db/introspection.h"
#include "exec/migrate.h"
#include "migrate/diff.h"
#include "migrate/plan.h"
#include "migrate/renames.h"
#include "schema/read_sql.h"

namespace virga::exec {
namespace {

using Texts = std::vector<std::string>;

/// Where a plan is made and tried: a database without rows.
class Stage {
 public:
  /// @param others the tables that the copy is without
  Stage(db::Connection& copy, const MigrateOptions& options, const Texts& without,
        const schema::Schema& others)
      : copy_(copy), options_(options), without_(without), others_(others) {}

  Result<schema::Stock> stock();
  /// Plans the way to the target and goes it.
  /// @param declared whether the target leaves things unsaid, see migrate::carried; the way back
  ///   does not, and its statements are for others to run
  Result<migrate::Plan> reach(const schema::Schema& target, const migrate::Plan& renames,
                              bool declared);

 private:
  /// Runs statements as the migration will.
  Result<void> run(const migrate::Plan& plan, bool in_transaction);
  Result<void> compare(const schema::Schema& target);
  Result<void> compile_dependents(const schema::Stock& stock);
  db::Connection& copy_;
  const MigrateOptions& options_;
  const Texts& without_;
  schema::TableNames others_;
};

Result<schema::Stock> Stage::stock() {
  VIRGA_ASSIGN(auto stock, db::introspect(copy_, without_));
  schema::complete_foreign_keys(stock.schema, others_);
  schema::complete_foreign_keys(stock.schema, schema::TableNames(stock.schema));
  return stock;
}

Result<void> Stage::run(const migrate::Plan& plan, bool in_transaction) {
  VIRGA_TRY(db::set_foreign_keys(copy_, in_transaction));
  VIRGA_TRY(copy_.begin());
  for (const migrate::Step& step : plan.steps)
    for (const std::string& sql : step.sql) {
      if (auto done = copy_.exec(sql); !done) {
        done.error().path = step.words;
        return done;
      }
    }
  return copy_.commit();
}

/// A defect of ours, should it ever happen, shows before a row is touched.
Result<void> Stage::compare(const schema::Schema& target) {
  VIRGA_ASSIGN(const auto made, stock());
  const migrate::Difference difference = migrate::diff(made.schema, target);
  for (const migrate::TableDifference& table : difference.tables)
    if (!table.changes.empty())
      return fail(Code::internal, "The rehearsed migration did not reach the schema.", {},
                  "Still to do: " + table.changes.front().words);
  return compile_dependents(made);
}

/// SQLite looks at the insides of views and triggers when they are used; so they are, here.
Result<void> Stage::compile_dependents(const schema::Stock& stock) {
  const auto check = [&](const std::string& what, const std::string& sql) -> Result<void> {
    auto statement = copy_.prepare(sql);
    if (statement) return {};
    statement.error().path = what;
    return Failure(std::move(statement.error()));
  };
  for (const schema::Table& table : stock.schema.tables)
    if (table.view)
      VIRGA_TRY(check("view " + table.name, "select * from " + text::quote_identifier(table.name)));
  for (const schema::Stored& trigger : stock.triggers) {
    const auto table = stock.schema.find_table(trigger.table);
    if (!table || stock.schema.tables[*table].view) continue;
    const std::string name = text::quote_identifier(trigger.table);
    const std::string column =
        text::quote_identifier(stock.schema.tables[*table].columns.front().name);
    for (const std::string& sql : {"insert into " + name + " default values", "delete from " + name,
                                   "update " + name + " set " + column + " = " + column})
      VIRGA_TRY(check("trigger " + trigger.name, sql));
  }
  return {};
}

/// Renames are done by SQLite, which changes all texts that use the names; the rest is planned from
/// what it made of them.
Result<migrate::Plan> Stage::reach(const schema::Schema& said, const migrate::Plan& renames,
                                   bool declared) {
  const bool in_transaction = options_.in_transaction || !declared;
  VIRGA_TRY(run(renames, in_transaction));
  VIRGA_ASSIGN(const auto renamed, stock());
  const schema::Schema target = declared ? migrate::carried(renamed.schema, said) : said;
  VIRGA_ASSIGN(migrate::Plan rest,
               migrate::plan(renamed, target, {.in_transaction = in_transaction}));
  VIRGA_TRY(run(rest, in_transaction));
  VIRGA_TRY(compare(target));
  migrate::Plan all = renames;
  all.changes.insert(all.changes.end(), rest.changes.begin(), rest.changes.end());
  all.steps.insert(all.steps.end(), rest.steps.begin(), rest.steps.end());
  return all;
}

/// The answers for the way back: what was not renamed on the way there is new.
migrate::Answers reversed(const migrate::Plan& up, const schema::Schema& from) {
  migrate::Answers answers;
  std::map<std::string, std::string> tables;
  for (const migrate::Change& change : up.changes)
    if (change.kind == migrate::Kind::rename_table) tables[change.former] = change.table;
  for (const schema::Table& table : from.tables) {
    const auto renamed = tables.find(table.name);
    answers.tables[table.name] =
        renamed == tables.end() ? std::nullopt : std::optional(renamed->second);
    const std::string& now = renamed == tables.end() ? table.name : renamed->second;
    migrate::Names& columns = answers.columns[table.name];
    for (const schema::Column& column : table.columns) columns[column.name] = std::nullopt;
    for (const migrate::Change& change : up.changes)
      if (change.kind == migrate::Kind::rename_column && change.table == now)
        columns[change.former] = change.name;
  }
  return answers;
}

/// Triggers that went with their tables.
Texts lost_triggers(const schema::Stock& before, const schema::Stock& after) {
  Texts statements;
  for (const schema::Stored& trigger : before.triggers)
    if (std::none_of(after.triggers.begin(), after.triggers.end(),
                     [&](const schema::Stored& each) { return each.name == trigger.name; }))
      statements.push_back(trigger.sql);
  return statements;
}

Result<Texts> way_back(Stage& stage, const schema::Stock& before, const migrate::Plan& up) {
  VIRGA_ASSIGN(const auto now, stage.stock());
  VIRGA_ASSIGN(const auto renames,
               migrate::find_renames(now.schema, before.schema, reversed(up, before.schema)));
  VIRGA_ASSIGN(const auto down, stage.reach(before.schema, renames.plan, false));
  VIRGA_ASSIGN(const auto after, stage.stock());
  Texts statements = down.statements();
  for (std::string& sql : lost_triggers(before, after)) statements.push_back(std::move(sql));
  return statements;
}

}  // namespace

Result<Migration> plan_migration(db::Connection& connection, const schema::Schema& to,
                                 const MigrateOptions& options) {
  VIRGA_ASSIGN(auto target, migrate::as_read(to));
  Texts without = options.without;
  for (const schema::Table& table : to.tables)
    if (table.exists()) without.push_back(table.name);
  VIRGA_ASSIGN(const auto everything, db::introspect(connection, without));
  const auto untouched =
      migrate::untouched(everything, migrate::carried(everything.schema, target));
  without.insert(without.end(), untouched.begin(), untouched.end());
  std::set<std::string> left_out;
  for (const std::string& name : untouched) left_out.insert(text::lower(name));
  std::erase_if(target.tables, [&](const schema::Table& table) {
    return left_out.count(text::lower(table.name)) > 0;
  });
  VIRGA_ASSIGN(auto copy, db::empty_copy(connection, untouched));
  Stage stage(copy, options, without, everything.schema);
  VIRGA_ASSIGN(const auto before, stage.stock());
  VIRGA_ASSIGN(auto renames, migrate::find_renames(before.schema, target, options.answers));
  Migration result;
  result.questions = std::move(renames.questions);
  if (!result.questions.empty()) return result;
  VIRGA_ASSIGN(result.up, stage.reach(target, renames.plan, true));
  for (const migrate::Change& change : result.up.changes)
    if (!change.loss.empty())
      result.irreversible.push_back(change.words + " Lost with it: " + change.loss);
  auto down = way_back(stage, before, result.up);
  if (down)
    result.down = std::move(*down);
  else
    result.irreversible.push_back("There is no way back: " + down.error().message);
  return result;
}

}  // namespace virga::exec
