#include "exec/cursor.h"

#include <algorithm>
#include <string>

#include "exec/run.h"

namespace virga::exec {
namespace {

/// A chunk is about as large, unless one row with all below it is larger.
constexpr std::size_t chunk_bytes = 256 * 1024;
constexpr std::uint64_t chunk_rows = 4096;

}  // namespace

/// Chooses the rows of the next chunk by the size of the last one. It grows slowly: the first rows
/// may have nothing below them.
void Cursor::fit(std::size_t bytes) {
  const std::uint64_t fitting =
      std::uint64_t{rows_} * chunk_bytes / std::max<std::size_t>(bytes, 1);
  const std::uint64_t most = std::min(std::uint64_t{rows_} * 4, chunk_rows);
  rows_ = static_cast<std::uint32_t>(std::clamp<std::uint64_t>(fitting, 1, most));
}

Result<std::shared_ptr<Cursor>> Runner::open(db::Connection& connection, compile::Compiled query,
                                             const schema::Schema& schema,
                                             std::vector<Value> parameters) {
  VIRGA_TRY(check_parameters(query, parameters.size()));
  const auto cursor = std::make_shared<Cursor>(std::move(query), std::move(parameters));
  {
    VIRGA_ASSIGN(auto root, connection.prepare(cursor->query_.statements.front().sql));
    if (root.read_only()) {
      VIRGA_TRY(root.bind_all(cursor->parameters_));
      cursor->root_.emplace(std::move(root));
      return cursor;
    }
  }
  VIRGA_TRY(
      run(connection, cursor->query_, schema, cursor->parameters_, cursor->ahead_.emplace_back()));
  return cursor;
}

/// Steps the root statement until there are enough rows or no more. An error ends it too, and waits
/// until the rows before it have been given.
void Runner::fill(const Call& call, Cursor& cursor) {
  const Part part{0, *cursor.root_, nullptr};
  const bool raw = call.query.shape.kind == plan::ShapeKind::raw;
  while (builder_.rows(0) < cursor.rows_ && builder_.pooled() < chunk_bytes) {
    auto row = part.statement.step();
    if (!row) cursor.error_ = std::move(row.error());
    if (!row || !*row) return cursor.root_.reset();
    if (raw)
      builder_.row(0, read(part));
    else
      append(call, 0, read(part));
  }
}

Result<void> Runner::chunk(db::Connection& connection, Cursor& cursor, Buffer<std::byte>& frame) {
  const Call call{connection, cursor.query_, cursor.parameters_, nullptr, frame, nullptr, no_row};
  if (cursor.query_.shape.kind == plan::ShapeKind::raw)
    declare_raw(*cursor.root_);
  else
    declare(cursor.query_);
  fill(call, cursor);
  for (std::size_t i = 1; i < call.query.statements.size(); ++i) VIRGA_TRY(run_statement(call, i));
  VIRGA_TRY(finish(call, false));
  cursor.fit(frame.size());
  return {};
}

Result<bool> Runner::next(db::Connection& connection, Cursor& cursor, Buffer<std::byte>& frame) {
  if (cursor.ahead_.empty()) read_chunk(connection, cursor);
  if (!cursor.ahead_.empty()) {
    frame = std::move(cursor.ahead_.front());
    cursor.ahead_.pop_front();
    return true;
  }
  if (!cursor.error_) return false;
  Error error = std::move(*cursor.error_);
  cursor.error_.reset();
  return Failure(std::move(error));
}

/// Puts the next chunk behind those that were read ahead, or the error in its place.
void Runner::read_chunk(db::Connection& connection, Cursor& cursor) {
  if (!cursor.root_) return;
  Buffer<std::byte> frame;
  if (auto done = chunk(connection, cursor, frame); !done) {
    cursor.root_.reset();
    cursor.error_ = std::move(done.error());
  } else if (builder_.rows(0) > 0) {
    cursor.ahead_.push_back(std::move(frame));
  }
  shrink();
}

void Runner::read_ahead(db::Connection& connection, Cursor& cursor) {
  while (cursor.root_) read_chunk(connection, cursor);
}

}  // namespace virga::exec
