// The hot calls from JavaScript: plain exports of numbers, because a call through Embind costs more
// than a small query. virga_run takes a parameter block and gives a frame (core/exec/FRAME.md).

#include <emscripten/emscripten.h>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "base/error.h"
#include "state.h"
#include "virga.h"

namespace virga::wasm {

State& state() {
  static State state;
  return state;
}

}  // namespace virga::wasm

namespace {

using namespace virga;
using namespace virga::wasm;

std::uintptr_t address(std::span<const std::byte> bytes) {
  return reinterpret_cast<std::uintptr_t>(bytes.data());
}

/// Keeps the error for lastError; 0 is no address.
std::uintptr_t keep(Error error) {
  state().error = std::move(error);
  return 0;
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
  Cursor rest;
  VIRGA_TRY(found->run_frame(*prepared, parameter_block(size), state().frame, &rest));
  state().result = state().frame.span();
  state().rest = 0;
  if (rest)
    state().rest =
        state().cursors.add({database, std::exchange(state().parameters, {}), std::move(rest)});
  return {};
}

Result<int> open_cursor(int database, int query, std::size_t size) {
  VIRGA_ASSIGN(Database * found, state().databases.find(database));
  VIRGA_ASSIGN(Query * prepared, state().queries.find(query));
  VIRGA_ASSIGN(Cursor cursor, found->open_cursor_frame(*prepared, parameter_block(size)));
  return state().cursors.add({database, {}, std::move(cursor)});
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

/// The number of the cursor that has what follows on the frame of the last virga_run; 0 when that
/// was all. When it is not, the parameter block is given up.
EMSCRIPTEN_KEEPALIVE int virga_rest() { return state().rest; }

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
