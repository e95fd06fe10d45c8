#include "exec/migrate.h"

#include <algorithm>

#include "base/text.h"
#include "db/introspection.h"

namespace virga::exec {
namespace {

constexpr int sample_size = 5;

std::string text_of(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return virga::to_json(value);
}

/// Runs the steps of a migration inside a transaction.
class Run {
 public:
  Run(db::Connection& connection, const MigrateOptions& options, Migrated& result, bool dry)
      : connection_(connection), options_(options), result_(result), dry_(dry) {}
  Result<void> steps();

 private:
  Result<void> look(const migrate::Risk& risk);
  Result<void> refuse(const RowsAtRisk& found) const;
  db::Connection& connection_;
  const MigrateOptions& options_;
  Migrated& result_;
  bool dry_;
  bool blocked_ = false;  ///< rows stand in the way of the statements that follow
};

Result<void> Run::refuse(const RowsAtRisk& found) const {
  const bool several = found.rows != 1;
  std::string hint = "Keys of the rows: " + text::join(found.sample, ", ");
  if (found.rows > static_cast<std::int64_t>(found.sample.size())) hint += ", …";
  hint += found.risk.lost ? ". To let the values go, allow \"" + found.risk.name + "\"."
                          : ". They have to be changed first.";
  return fail(Code::data_at_risk,
              found.risk.words + " " + std::to_string(found.rows) +
                  (several ? " rows are at risk." : " row is at risk."),
              found.risk.name, std::move(hint));
}

/// Looks for the rows of a risk. A condition that cannot be asked before the work is done, since it
/// names a new column, is left to SQLite, which then refuses the row.
Result<void> Run::look(const migrate::Risk& risk) {
  auto counted = connection_.prepare("select count(*) from (" + risk.sql + ")");
  if (!counted) return {};
  RowsAtRisk found{.risk = risk};
  VIRGA_TRY(counted->step());
  found.rows = std::get<std::int64_t>(counted->value(0));
  if (found.rows == 0) return {};
  VIRGA_ASSIGN(auto sample,
               connection_.prepare(risk.sql + " order by 1 limit " + std::to_string(sample_size)));
  while (true) {
    VIRGA_ASSIGN(const bool row, sample.step());
    if (!row) break;
    std::vector<std::string> key;
    for (int i = 0; i < sample.column_count(); ++i)
      key.push_back(text_of(sample.value(static_cast<std::size_t>(i))));
    found.sample.push_back(text::join(key, " "));
  }
  const auto& allow = options_.allow;
  found.allowed = risk.lost && std::find(allow.begin(), allow.end(), risk.name) != allow.end();
  if (!found.allowed && !dry_) return refuse(found);
  blocked_ = blocked_ || !risk.lost;
  result_.at_risk.push_back(std::move(found));
  return {};
}

Result<void> Run::steps() {
  for (const migrate::Step& step : result_.migration.up.steps) {
    for (const migrate::Risk& risk : step.risks) VIRGA_TRY(look(risk));
    if (blocked_) return {};
    for (const std::string& sql : step.sql)
      if (auto done = connection_.exec(sql); !done) {
        done.error().path = step.words;
        return done;
      }
  }
  return {};
}

/// Rows that refer to nothing were there before, or are the migration's fault.
Result<void> check_foreign_keys(db::Connection& connection, std::int64_t before) {
  VIRGA_ASSIGN(const std::int64_t after, db::dangling_rows(connection));
  if (after <= before) return {};
  return fail(Code::constraint_foreign_key,
              std::to_string(after - before) + " rows would refer to rows that are not there.");
}

Result<void> question(const migrate::Question& question) {
  const std::string what = question.table.empty() ? "Table \"" : "Column \"" + question.table + ".";
  return fail(Code::ambiguous_rename,
              what + question.created +
                  "\" is new while others went: whether it was one of them has to be said.",
              question.table.empty() ? question.created : question.table + "." + question.created,
              text::candidates_hint(question.created, question.candidates));
}

Result<Migrated> run(db::Connection& connection, const schema::Schema& to,
                     const MigrateOptions& options, bool dry) {
  if (connection.depth() > 0)
    return fail(Code::transaction, "A migration is a transaction of its own.", {},
                "Foreign keys cannot be switched off inside of another.");
  Migrated result;
  VIRGA_ASSIGN(result.migration, plan_migration(connection, to, options));
  if (!result.migration.questions.empty()) {
    if (dry) return result;
    VIRGA_TRY(question(result.migration.questions.front()));
  }
  if (result.migration.up.steps.empty()) return result;
  VIRGA_ASSIGN(const bool enforced, db::foreign_keys(connection));
  VIRGA_TRY(db::set_foreign_keys(connection, false));
  const auto work = [&]() -> Result<void> {
    VIRGA_TRY(connection.begin(db::Connection::Behavior::immediate));
    const std::int64_t dangling = db::dangling_rows(connection).value_or(0);
    VIRGA_TRY(Run(connection, options, result, dry).steps());
    VIRGA_TRY(check_foreign_keys(connection, dangling));
    return dry ? connection.rollback() : connection.commit();
  };
  auto done = work();
  if (connection.depth() > 0) VIRGA_TRY(connection.rollback());
  VIRGA_TRY(db::set_foreign_keys(connection, enforced));
  if (!done) return Failure(std::move(done.error()));
  return result;
}

}  // namespace

Result<Migrated> migrate_to(db::Connection& connection, const schema::Schema& to,
                            const MigrateOptions& options) {
  return run(connection, to, options, false);
}

Result<Migrated> preview(db::Connection& connection, const schema::Schema& to,
                         const MigrateOptions& options) {
  return run(connection, to, options, true);
}

}  // namespace virga::exec
