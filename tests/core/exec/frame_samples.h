#pragma once

#include <string>
#include <vector>

#include "base/value.h"
#include "exec/frame.h"

namespace virga::exec {

using Row = std::vector<Value>;

inline Blob blob_of(std::initializer_list<int> bytes) {
  Blob blob;
  for (const int byte : bytes) blob.bytes.push_back(static_cast<std::byte>(byte));
  return blob;
}

inline void append_rows(FrameBuilder& builder, std::size_t step, const std::vector<Row>& rows) {
  for (const Row& row : rows) builder.row(step, std::vector<ValueView>(row.begin(), row.end()));
}

/// The values of a parameter block, which outlive it.
inline Result<Row> parameters_of(std::span<const std::byte> block) {
  std::vector<ValueView> views;
  VIRGA_TRY(read_parameters(block, views));
  Row values;
  for (const ValueView& view : views) values.push_back(view.owned());
  return values;
}

/// Every row of a step as values.
inline std::vector<Row> rows_of(const Frame& frame, std::size_t step) {
  std::vector<Row> rows(frame.rows(step));
  for (std::uint32_t row = 0; row < frame.rows(step); ++row)
    for (std::uint32_t column = 0; column < frame.columns(step); ++column)
      rows[row].push_back(frame.value(step, row, column));
  return rows;
}

/// The worked example of FRAME.md: two users, one post of the second.
inline Result<std::vector<std::byte>> documented_frame() {
  FrameBuilder builder(2);
  builder.declare(0, 2, LinkKind::none, 0);
  builder.declare(1, 2, LinkKind::many, 0);
  append_rows(builder, 0, {{std::int64_t{1}, "Ada"}, {std::int64_t{2}, "Zo\u00EB"}});
  append_rows(builder, 1, {{0.5, blob_of({0xCA, 0xFE})}});
  builder.link(1, 1, 0);
  return builder.finish(0, -1);
}

}  // namespace virga::exec
