#include <nlohmann/json.hpp>

#include "base/document.h"
#include "exec/migrate.h"

namespace virga::exec {
namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, nlohmann::detail::error_handler_t::replace);
}

migrate::Names read_names(const Node& node) {
  migrate::Names names;
  if (!node.present()) return names;
  for (const std::string& key : node.keys()) {
    const Node old = node.get(key);
    names[key] = old.present() ? std::optional(old.text()) : std::nullopt;
  }
  return names;
}

migrate::Answers read_answers(const Node& node) {
  migrate::Answers answers;
  if (!node.present()) return answers;
  node.only({"tables", "columns"});
  answers.tables = read_names(node.get("tables"));
  if (const Node columns = node.get("columns"); columns.present())
    for (const std::string& table : columns.keys())
      answers.columns[table] = read_names(columns.get(table));
  return answers;
}

std::vector<std::string> read_texts(const Node& node) {
  return node.present() ? node.texts() : std::vector<std::string>{};
}

Json question_json(const migrate::Question& question) {
  Json json{{"kind", question.table.empty() ? "table" : "column"}};
  if (!question.table.empty()) json["table"] = question.table;
  json["created"] = question.created;
  json["candidates"] = question.candidates;
  return json;
}

Json change_json(const migrate::Change& change) {
  Json json{{"kind", migrate::kind_name(change.kind)}, {"table", change.table}};
  if (!change.name.empty()) json["name"] = change.name;
  if (!change.former.empty()) json["former"] = change.former;
  json["words"] = change.words;
  if (!change.loss.empty()) json["loss"] = change.loss;
  return json;
}

Json migration_json(const Migration& migration) {
  Json questions = Json::array();
  for (const migrate::Question& question : migration.questions)
    questions.push_back(question_json(question));
  Json changes = Json::array();
  for (const migrate::Change& change : migration.up.changes) changes.push_back(change_json(change));
  Json steps = Json::array();
  for (const migrate::Step& step : migration.up.steps)
    if (!step.sql.empty()) steps.push_back({{"words", step.words}, {"sql", step.sql}});
  return {{"questions", std::move(questions)},
          {"changes", std::move(changes)},
          {"steps", std::move(steps)},
          {"up", migration.up.statements()},
          {"down", migration.down},
          {"irreversible", migration.irreversible}};
}

}  // namespace

Result<MigrateOptions> migrate_options(std::string_view document) {
  Document parsed(document, "migration options");
  const Node root = parsed.root();
  root.only({"answers", "allow", "without", "inTransaction"});
  MigrateOptions options{read_answers(root.get("answers")), read_texts(root.get("allow")),
                         read_texts(root.get("without")), root.get("inTransaction").is_true()};
  if (parsed.error()) return Failure(*parsed.error());
  return options;
}

std::string to_json(const Migration& migration) { return dump(migration_json(migration)); }

std::string to_json(const Migrated& migrated) {
  Json json = migration_json(migrated.migration);
  json["risks"] = Json::array();
  for (const RowsAtRisk& found : migrated.at_risk)
    json["risks"].push_back({{"name", found.risk.name},
                             {"words", found.risk.words},
                             {"canBeAllowed", found.risk.lost},
                             {"allowed", found.allowed},
                             {"rows", found.rows},
                             {"sample", found.sample}});
  return dump(json);
}

}  // namespace virga::exec
