// The boundary between the core and JavaScript. Cold paths go through Embind and speak JSON; every
// JSON answer is an object, {"error":{…}} when the call failed. The hot ones are plain exports of
// numbers, because a call through Embind costs more than a small query: virga_run takes a parameter
// block and gives a frame (core/exec/FRAME.md).

#include <emscripten/bind.h>
#include <emscripten/emscripten.h>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "virga.h"

namespace {

using namespace virga;

/// Objects that JavaScript holds by number. Numbers are never used twice.
template <class T>
class Handles {
 public:
  explicit Handles(const char* what) : what_(what) {}

  int add(T object) {
    objects_.emplace(++last_, std::move(object));
    return last_;
  }
  Result<T*> find(int handle) {
    const auto found = objects_.find(handle);
    if (found != objects_.end()) return &found->second;
    return fail(Code::closed, std::string("The ") + what_ + " has been closed.");
  }
  void release(int handle) { objects_.erase(handle); }
  template <class Condition>
  void release_if(Condition condition) {
    std::erase_if(objects_, [&](const auto& entry) { return condition(entry.second); });
  }

 private:
  const char* what_;
  std::unordered_map<int, T> objects_;
  int last_ = 0;
};

/// A cursor and the number of the database that it reads.
struct OpenCursor {
  int database;
  Cursor cursor;
};

struct State {
  Handles<Database> databases{"database"};
  Handles<SharedSchema> schemas{"schema"};
  Handles<Query> queries{"query"};
  Handles<OpenCursor> cursors{"iterator"};
  std::vector<std::byte> parameters;
  Buffer<std::byte> frame;
  std::vector<std::byte> file;
  std::span<const std::byte> result;  ///< which of them was asked for last
  std::optional<Error> error;
};

State& state() {
  static State state;
  return state;
}

std::string json_text(const std::string& text) { return to_json(Value(text)); }

std::string json_texts(const std::vector<std::string>& texts) {
  std::string json = "[";
  for (const std::string& text : texts) json += (json.size() > 1 ? "," : "") + json_text(text);
  return json + "]";
}

std::string answer(const Error& error) { return "{\"error\":" + to_json(error) + "}"; }
std::string answer(const Result<std::string>& json) { return json ? *json : answer(json.error()); }
std::string answer(const Result<void>& done) { return done ? "{}" : answer(done.error()); }

std::uintptr_t address(std::span<const std::byte> bytes) {
  return reinterpret_cast<std::uintptr_t>(bytes.data());
}

/// Keeps the error for lastError; 0 is no address.
std::uintptr_t keep(Error error) {
  state().error = std::move(error);
  return 0;
}

std::span<const std::byte> parameter_block(std::size_t size) {
  return std::span(state().parameters).first(std::min(size, state().parameters.size()));
}

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

/// What virga_transaction does, by number.
enum class Verb { begin, begin_immediate, begin_exclusive, commit, rollback };

Result<void> transact(Database& database, Verb verb) {
  switch (verb) {
    case Verb::begin: return database.begin();
    case Verb::begin_immediate: return database.begin(Database::Behavior::immediate);
    case Verb::begin_exclusive: return database.begin(Database::Behavior::exclusive);
    case Verb::commit: return database.commit();
    case Verb::rollback: return database.rollback();
  }
  return fail(Code::internal, "There is no such verb of transactions.");
}

/// How deep in transactions the connection is then.
Result<int> transact(int database, Verb verb) {
  VIRGA_ASSIGN(Database * found, state().databases.find(database));
  VIRGA_TRY(transact(*found, verb));
  return found->depth();
}

/// A frame of more bytes is not kept for the next one to be written over it.
constexpr std::size_t kept_bytes = 1 << 20;

Result<void> run_frame(int database, int query, std::size_t size) {
  state().file = {};
  state().frame.shrink(kept_bytes);
  VIRGA_ASSIGN(Database * found, state().databases.find(database));
  VIRGA_ASSIGN(Query * prepared, state().queries.find(query));
  VIRGA_TRY(found->run_frame(*prepared, parameter_block(size), state().frame));
  state().result = state().frame.span();
  return {};
}

Result<int> open_cursor(int database, int query, std::size_t size) {
  VIRGA_ASSIGN(Database * found, state().databases.find(database));
  VIRGA_ASSIGN(Query * prepared, state().queries.find(query));
  VIRGA_ASSIGN(Cursor cursor, found->open_cursor_frame(*prepared, parameter_block(size)));
  return state().cursors.add({database, std::move(cursor)});
}

Result<bool> next_frame(int cursor) {
  state().file = {};
  VIRGA_ASSIGN(OpenCursor * open, state().cursors.find(cursor));
  VIRGA_ASSIGN(Database * found, state().databases.find(open->database));
  VIRGA_ASSIGN(const bool more, found->next_frame(open->cursor, state().frame));
  state().result = state().frame.span();
  return more;
}

Result<void> serialize_database(int database) {
  VIRGA_ASSIGN(Database * found, state().databases.find(database));
  VIRGA_ASSIGN(state().file, found->serialize());
  state().result = state().file;
  return {};
}

Result<void> deserialize_database(int database, std::size_t size) {
  VIRGA_ASSIGN(Database * found, state().databases.find(database));
  auto done = found->deserialize(parameter_block(size));
  state().parameters = {};
  return done;
}

}  // namespace

extern "C" {

/// The address of the parameter block, which has room for so many bytes; valid until the next call
/// with more.
EMSCRIPTEN_KEEPALIVE std::uintptr_t virga_reserve(std::size_t bytes) {
  if (state().parameters.size() < bytes) state().parameters.resize(bytes);
  return address(state().parameters);
}

/// Runs a query with the first bytes of the parameter block. Gives the address of its frame, valid
/// until the next call, or 0 when there is an error.
EMSCRIPTEN_KEEPALIVE std::uintptr_t virga_run(int database, int query, std::size_t bytes) {
  auto done = run_frame(database, query, bytes);
  return done ? address(state().result) : keep(std::move(done.error()));
}

/// Opens a cursor with the first bytes of the parameter block. Gives its number, or 0 when there is
/// an error.
EMSCRIPTEN_KEEPALIVE int virga_open_cursor(int database, int query, std::size_t bytes) {
  auto cursor = open_cursor(database, query, bytes);
  return cursor ? *cursor : static_cast<int>(keep(std::move(cursor.error())));
}

/// The next chunk of a cursor; see virga_run. Without an error, 0 is the end.
EMSCRIPTEN_KEEPALIVE std::uintptr_t virga_next(int cursor) {
  state().error.reset();
  auto more = next_frame(cursor);
  if (!more) return keep(std::move(more.error()));
  return *more ? address(state().result) : 0;
}

EMSCRIPTEN_KEEPALIVE void virga_close_cursor(int cursor) { state().cursors.release(cursor); }

/// The size of what virga_run, virga_next or virga_serialize gave.
EMSCRIPTEN_KEEPALIVE std::size_t virga_length() { return state().result.size(); }

/// Begins or ends a transaction; gives one more than the depth of transactions then, 0 when there
/// is an error.
EMSCRIPTEN_KEEPALIVE std::uintptr_t virga_transaction(int database, int verb) {
  auto done = transact(database, static_cast<Verb>(verb));
  return done ? static_cast<std::uintptr_t>(*done) + 1 : keep(std::move(done.error()));
}

/// The database as the bytes of an SQLite file; see virga_run.
EMSCRIPTEN_KEEPALIVE std::uintptr_t virga_serialize(int database) {
  auto done = serialize_database(database);
  return done ? address(state().result) : keep(std::move(done.error()));
}

/// Replaces a database by the file whose bytes stand in the parameter block, which is given up;
/// gives 0 when there is an error.
EMSCRIPTEN_KEEPALIVE std::uintptr_t virga_deserialize(int database, std::size_t bytes) {
  auto done = deserialize_database(database, bytes);
  return done ? 1 : keep(std::move(done.error()));
}
}

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
