// Runs every golden file natively and compares what each stage printed, byte for byte.
// VIRGA_GOLDEN_FILES, one path a line, chooses files; VIRGA_GOLDEN_UPDATE rewrites them instead.
// `scripts/golden` sets both.

#include <doctest/doctest.h>

#include <cstdlib>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "golden/golden_file.h"
#include "virga.h"

namespace {

using nlohmann::json;
const std::filesystem::path folder = VIRGA_GOLDEN_FOLDER;

virga::Value value(const json& item) {
  if (item.is_null()) return {};
  if (item.is_number_integer()) return item.get<std::int64_t>();
  if (item.is_number_float()) return item.get<double>();
  if (item.is_string()) return item.get<std::string>();
  if (item.contains("int")) return std::int64_t{std::stoll(item["int"].get<std::string>())};
  if (item.contains("real")) return item["real"].get<double>();
  virga::Blob blob;
  const auto hex = item.at("blob").get<std::string>();
  for (std::size_t i = 0; i < hex.size(); i += 2)
    blob.bytes.push_back(static_cast<std::byte>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  return blob;
}

std::vector<virga::Value> values(const std::string& text) {
  std::vector<virga::Value> list;
  for (const json& item : json::parse(text)) list.push_back(value(item));
  return list;
}

std::string print(const virga::Error& error) {
  std::ostringstream out;
  out << "@error\ncode: " << virga::code_name(error.code) << "\nmessage: " << error.message << "\n";
  if (!error.path.empty()) out << "path: " << error.path << "\n";
  if (!error.hint.empty()) out << "hint: " << error.hint << "\n";
  if (!error.constraint.empty()) out << "constraint: " << error.constraint << "\n";
  if (error.sqlite_code != 0) out << "sqliteCode: " << error.sqlite_code << "\n";
  return out.str();
}

std::string print_statements(const std::string& section,
                             const std::vector<std::string>& statements) {
  std::string text = "@" + section + "\n";
  for (const std::string& statement : statements)
    text += (&statement == &statements.front() ? "" : "\n") + statement + "\n";
  return text;
}

std::string print_rows(const std::string& section, const virga::exec::Rows& rows) {
  std::string text = "@" + section + "\n";
  for (std::size_t i = 0; i < rows.size(); ++i) text += rows[i].to_json() + "\n";
  return text;
}

/// What the stages made of the query. When explaining fails the run will say why: then only the
/// SQL.
std::string print_trace(virga::Database& database, const virga::Query& query,
                        const std::vector<virga::Value>& parameters) {
  const auto trace = database.explain(query, parameters);
  if (!trace) return print_statements("sql", query.sql());
  std::vector<std::string> sql;
  std::uint64_t runs = 0;
  for (const auto& statement : trace->statements) {
    sql.push_back(statement.sql);
    runs += statement.runs;
  }
  std::string text =
      "@bound\n" + trace->bound + "@plan\n" + trace->plan + print_statements("sql", sql);
  if (trace->ran) text += "@statements " + std::to_string(runs) + "\n";
  return text;
}

std::string run_query(virga::Database& database, const virga::SharedSchema& schema,
                      const std::string& document, const std::vector<virga::Value>& parameters) {
  const auto query = virga::Query::prepare(document, schema);
  if (!query) return print(query.error());
  const std::string trace = print_trace(database, *query, parameters);
  const auto rows = database.run(*query, parameters);
  if (!rows) return trace + print(rows.error());
  if (query->shape().kind != virga::plan::ShapeKind::run) return trace + print_rows("rows", *rows);
  return trace + "@changes " + std::to_string(rows->changes()) + "\n";
}

std::string run_after(virga::Database& database, const virga::SharedSchema& schema,
                      const std::string& document) {
  const auto query = virga::Query::prepare(document, schema);
  if (!query) return print(query.error());
  const auto rows = database.run(*query);
  return rows ? print_rows("after-rows", *rows) : print(rows.error());
}

/// What a database has to become the schema, and back.
std::string run_migration(const golden::File& file, const virga::schema::Schema& schema) {
  auto database = virga::Database::open();
  REQUIRE(database);
  const auto done = database->exec(*file.section("database"));
  if (!done) return print(done.error());
  const auto options = virga::exec::migrate_options(file.section("options").value_or("{}"));
  const auto migrated = options ? database->preview(schema, *options)
                                : virga::Result<virga::Migrated>(virga::Failure(options.error()));
  if (!migrated) return print(migrated.error());
  const json report = json::parse(virga::exec::to_json(*migrated));
  std::string text;
  for (const json& question : report["questions"]) text += "@question\n" + question.dump() + "\n";
  for (const json& change : report["changes"])
    text += "@change\n" + change["words"].get<std::string>() + "\n";
  for (const json& risk : report["risks"]) text += "@risk\n" + risk.dump() + "\n";
  for (const char* list : {"up", "down", "irreversible"})
    if (!report[list].empty()) text += print_statements(list, report[list]);
  return text;
}

std::string output(const golden::File& file) {
  const auto schema = virga::share(*file.section("schema"));
  if (!schema) return print(schema.error());
  if (file.section("database")) return run_migration(file, **schema);
  auto database = virga::Database::open();
  REQUIRE(database);
  const auto ddl = database->push(**schema);
  if (!ddl) return print(ddl.error());
  for (const char* name : {"seed", "before"}) {
    const auto done = database->exec(file.section(name).value_or(""));
    if (!done) return print(done.error());
  }
  const auto document = file.section("query");
  std::string text = document ? run_query(*database, *schema, *document,
                                          values(file.section("params").value_or("[]")))
                              : print_statements("ddl", *ddl);
  if (const auto after = file.section("after")) text += run_after(*database, *schema, *after);
  return text;
}

std::vector<std::filesystem::path> chosen_files() {
  const char* names = std::getenv("VIRGA_GOLDEN_FILES");
  if (!names) return golden::list(folder);
  std::vector<std::filesystem::path> files;
  std::istringstream lines(names);
  for (std::string line; std::getline(lines, line);) files.emplace_back(line);
  return files;
}

}  // namespace

TEST_CASE("golden files") {
  const auto files = chosen_files();
  REQUIRE(!files.empty());
  for (const auto& path : files) {
    SUBCASE(path.c_str()) {
      const golden::File file = golden::read(path, folder / "schemas");
      const std::string actual = output(file);
      if (std::getenv("VIRGA_GOLDEN_UPDATE"))
        golden::rewrite(file, actual);
      else
        CHECK(actual == file.expected);
    }
  }
}
