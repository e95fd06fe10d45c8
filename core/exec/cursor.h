#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/buffer.h"
#include "base/error.h"
#include "base/value.h"
#include "compile/compile.h"
#include "db/database.h"

namespace virga::exec {

/// A query that is being read in chunks. Runner opens it and gives its chunks.
class Cursor {
 public:
  /// @param query as compile_chunks makes it
  Cursor(compile::Compiled query, std::vector<Value> parameters)
      : query_(std::move(query)),
        values_(std::move(parameters)),
        parameters_(values_.begin(), values_.end()) {}
  /// What is left of a query that runs.
  /// @param parameters whose bytes stay where they are
  Cursor(compile::Compiled query, std::span<const ValueView> parameters, db::Statement root)
      : query_(std::move(query)),
        parameters_(parameters.begin(), parameters.end()),
        root_(std::move(root)) {}
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;

  const plan::Shape& shape() const { return query_.shape; }

 private:
  friend class Runner;
  void fit(std::size_t bytes);

  compile::Compiled query_;
  std::vector<Value> values_;
  std::vector<ValueView> parameters_;  ///< of values_
  std::optional<db::Statement> root_;  ///< while it has rows to give
  std::uint32_t rows_ = 16;            ///< of the next chunk, at most
  std::deque<Buffer<std::byte>> ahead_;
  std::optional<Error> error_;  ///< what comes after the chunks that were read ahead
};

}  // namespace virga::exec
