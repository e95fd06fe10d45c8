// The cold paths of the boundary between the core and JavaScript, which go through Embind and speak
// JSON: every answer is an object, {"error":{…}} when the call failed. The hot ones are
// exports.cpp.

#include <emscripten/bind.h>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "state.h"
#include "virga.h"

namespace {

using namespace virga;
using namespace virga::wasm;

std::string json_text(const std::string& text) { return to_json(Value(text)); }

std::string json_texts(const std::vector<std::string>& texts) {
  std::string json = "[";
  for (const std::string& text : texts) json += (json.size() > 1 ? "," : "") + json_text(text);
  return json + "]";
}

std::string answer(const Error& error) { return "{\"error\":" + to_json(error) + "}"; }
std::string answer(const Result<std::string>& json) { return json ? *json : answer(json.error()); }
std::string answer(const Result<void>& done) { return done ? "{}" : answer(done.error()); }

std::string open(std::string location) {
  auto database = Database::open(location);
  if (!database) return answer(database.error());
  return "{\"db\":" + std::to_string(state().databases.add(std::move(*database))) + "}";
}

std::string close(int database) {
  if (auto found = state().databases.find(database); !found) return answer(found.error());
  state().cursors.release_if([&](const OpenCursor& open) { return open.database == database; });
  state().databases.release(database);
  return "{}";
}

std::string exec_sql(int database, std::string sql) {
  auto found = state().databases.find(database);
  return found ? answer((*found)->exec(sql)) : answer(found.error());
}

std::string create_schema(std::string document) {
  auto schema = share(document);
  if (!schema) return answer(schema.error());
  const std::string ddl = json_texts(statements(**schema));
  const int handle = state().schemas.add(std::move(*schema));
  return "{\"schema\":" + std::to_string(handle) + ",\"ddl\":" + ddl + "}";
}

void release_schema(int schema) { state().schemas.release(schema); }

Result<std::string> push_json(int database, int schema) {
  VIRGA_ASSIGN(Database * found, state().databases.find(database));
  VIRGA_ASSIGN(SharedSchema * shared, state().schemas.find(schema));
  VIRGA_ASSIGN(const auto created, found->push(**shared));
  return "{\"created\":" + json_texts(created) + "}";
}

std::string push(int database, int schema) { return answer(push_json(database, schema)); }

Result<std::string> prepare_json(int database, int schema, const std::string& document) {
  VIRGA_ASSIGN(Database * found, state().databases.find(database));
  VIRGA_ASSIGN(SharedSchema * shared, state().schemas.find(schema));
  VIRGA_ASSIGN(auto query, found->prepare(document, *shared));
  const std::string details = ",\"shape\":" + plan::to_json(query.shape()) +
                              ",\"sql\":" + json_texts(query.sql()) +
                              ",\"writes\":" + (query.writes() ? "true" : "false") + "}";
  return "{\"query\":" + std::to_string(state().queries.add(std::move(query))) + details;
}

std::string prepare(int database, int schema, std::string document) {
  return answer(prepare_json(database, schema, document));
}

void release_query(int query) { state().queries.release(query); }

/// The error of the last call of a plain export that failed.
std::string last_error() { return state().error ? to_json(*state().error) : "null"; }

Result<std::string> explain_json(int database, int query, std::size_t size) {
  VIRGA_ASSIGN(Database * found, state().databases.find(database));
  VIRGA_ASSIGN(Query * prepared, state().queries.find(query));
  VIRGA_ASSIGN(const auto trace, found->explain_frame(*prepared, parameter_block(size)));
  return compile::to_json(trace);
}

std::string explain(int database, int query, std::size_t size) {
  return answer(explain_json(database, query, size));
}

Result<std::string> counters_json(int database) {
  VIRGA_ASSIGN(Database * found, state().databases.find(database));
  const auto counters = found->counters();
  return "{\"prepared\":" + std::to_string(counters.prepared) +
         ",\"reused\":" + std::to_string(counters.reused) +
         ",\"preparedAgain\":" + std::to_string(counters.prepared_again) + "}";
}

std::string counters(int database) { return answer(counters_json(database)); }

Result<std::string> introspect_json(int database, const std::string& options) {
  VIRGA_ASSIGN(Database * found, state().databases.find(database));
  VIRGA_ASSIGN(const auto read, exec::migrate_options(options));
  VIRGA_ASSIGN(const auto stock, found->introspect(read.without));
  return schema::to_json(stock);
}

std::string introspect(int database, std::string options) {
  return answer(introspect_json(database, options));
}

Result<std::string> migration_json(int database, int schema, const std::string& verb,
                                   const std::string& options) {
  VIRGA_ASSIGN(Database * found, state().databases.find(database));
  VIRGA_ASSIGN(SharedSchema * shared, state().schemas.find(schema));
  VIRGA_ASSIGN(const auto read, exec::migrate_options(options));
  if (verb == "plan") {
    VIRGA_ASSIGN(const auto migration, found->plan(**shared, read));
    return exec::to_json(migration);
  }
  VIRGA_ASSIGN(const auto migrated,
               verb == "preview" ? found->preview(**shared, read) : found->migrate(**shared, read));
  return exec::to_json(migrated);
}

/// @param verb "plan", "preview" or "migrate"
std::string migration(int database, int schema, std::string verb, std::string options) {
  return answer(migration_json(database, schema, verb, options));
}

}  // namespace

EMSCRIPTEN_BINDINGS(virga) {
  using emscripten::function;
  function("open", &open);
  function("close", &close);
  function("exec", &exec_sql);
  function("createSchema", &create_schema);
  function("releaseSchema", &release_schema);
  function("push", &push);
  function("prepare", &prepare);
  function("releaseQuery", &release_query);
  function("lastError", &last_error);
  function("explain", &explain);
  function("counters", &counters);
  function("introspect", &introspect);
  function("migration", &migration);
}
