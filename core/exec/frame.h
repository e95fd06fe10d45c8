#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/value.h"

/// The bytes of a result, specified in FRAME.md.
namespace virga::exec {

inline constexpr std::uint32_t no_row = 0xFFFFFFFFu;

enum class LinkKind : std::uint32_t { none = 0, one = 1, many = 2 };

enum class Tag : std::uint8_t { null = 0, integer = 1, int64 = 2, real = 3, text = 4, blob = 5 };

/// Collects the rows of one query, step by step, then writes them as one frame.
class FrameBuilder {
 public:
  /// Starts with `steps` empty steps.
  explicit FrameBuilder(std::size_t steps);

  /// Declares a step's width and how its rows hang on the rows of `parent`. Called once per step.
  void declare(std::size_t step, std::uint32_t columns, LinkKind kind, std::uint32_t parent);

  /// Appends one cell to the row being written of `step`; after `columns` cells the row is complete.
  void null(std::size_t step);
  void integer(std::size_t step, std::int64_t value);
  void real(std::size_t step, double value);
  void text(std::size_t step, std::string_view value);
  void blob(std::size_t step, std::span<const std::byte> value);

  /// Complete rows so far; a step without columns counts the calls of end_row.
  void end_row(std::size_t step);
  std::uint32_t rows(std::size_t step) const;

  /// Hangs row `child` of `step` on row `parent_row` of its parent step. For LinkKind::one the first
  /// child stays. Calls may come in any order of parents; children of one parent keep call order.
  void link(std::size_t step, std::uint32_t parent_row, std::uint32_t child);

  /// Writes the frame. Errors: result_too_large when an offset does not fit 32 bits.
  Result<std::vector<std::byte>> finish(std::int64_t changes, std::int64_t last_insert_rowid);

 private:
  struct Link {
    std::uint32_t parent_row;
    std::uint32_t child;
  };
  struct Step {
    std::uint32_t columns = 0;
    std::uint32_t rows = 0;
    LinkKind kind = LinkKind::none;
    std::uint32_t parent = 0;
    std::vector<std::uint64_t> cells;
    std::vector<std::uint8_t> tags;
    std::vector<Link> links;
  };
  void cell(std::size_t step, Tag tag, std::uint64_t bits);
  std::vector<Step> steps_;
  std::string text_;
  std::size_t text_units_ = 0;
  std::vector<std::byte> blobs_;
};

/// A checked view over the bytes of a frame; the bytes must outlive it.
class Frame {
 public:
  /// Checks every offset, tag and link once, so that the accessors need no checks.
  /// Errors: malformed_frame, with the place in `path`.
  static Result<Frame> parse(std::span<const std::byte> bytes);

  std::size_t steps() const { return steps_.size(); }
  std::uint32_t rows(std::size_t step) const { return steps_[step].rows; }
  std::uint32_t columns(std::size_t step) const { return steps_[step].columns; }
  Value value(std::size_t step, std::uint32_t row, std::uint32_t column) const;

  /// The child rows of `step` that hang on `parent_row`; at most one for LinkKind::one.
  std::vector<std::uint32_t> children(std::size_t step, std::uint32_t parent_row) const;

  std::int64_t changes() const { return changes_; }
  std::int64_t last_insert_rowid() const { return last_insert_rowid_; }

 private:
  struct Step {
    std::uint32_t rows, columns, cells, tags;
    LinkKind kind;
    std::uint32_t parent, link, entries;
  };
  std::span<const std::byte> bytes_;
  std::vector<Step> steps_;
  std::string_view text_;
  std::vector<std::uint32_t> text_bytes_;  ///< UTF-16 unit -> byte offset; empty when all ASCII
  std::span<const std::byte> blobs_;
  std::int64_t changes_ = 0;
  std::int64_t last_insert_rowid_ = 0;
};

/// Decodes a parameter block (FRAME.md, "Parameters"). Errors: malformed_parameters.
Result<std::vector<Value>> read_parameters(std::span<const std::byte> bytes);

/// Encodes values as a parameter block, the inverse of read_parameters.
std::vector<std::byte> write_parameters(std::span<const Value> values);

}  // namespace virga::exec
