#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bit_cast.h"
#include "base/error.h"
#include "base/text.h"
#include "base/value.h"

/// The bytes of a result, specified in FRAME.md.
namespace virga::exec {

inline constexpr std::uint32_t no_row = 0xFFFFFFFFu;

enum class LinkKind : std::uint32_t { none = 0, one = 1, many = 2 };

enum class Tag : std::uint8_t { null = 0, integer = 1, int64 = 2, real = 3, text = 4, blob = 5 };

/// Integers of this magnitude or less are exact as doubles, 2^53 - 1.
inline constexpr std::int64_t max_safe_integer = 9007199254740991;

/// Frames address their bytes with 32 bits.
inline constexpr std::uint64_t max_frame_bytes = 0xFFFFFFFFu;

/// Collects the rows of one query, step by step, then writes them as one frame.
class FrameBuilder {
 public:
  /// Starts with `steps` empty steps; the frame may become at most `limit` bytes long.
  explicit FrameBuilder(std::size_t steps, std::uint64_t limit = max_frame_bytes);

  /// Declares a step's width and how its rows hang on the rows of `parent`, an earlier step. Called
  /// once per step, before its cells.
  void declare(std::size_t step, std::uint32_t columns, LinkKind kind, std::uint32_t parent);

  /// Appends one cell to the row being written of `step`; after `columns` cells the row is
  /// complete. Inline, because results have hundreds of thousands of cells.
  void null(std::size_t step) { cell(step, Tag::null, 0); }
  void integer(std::size_t step, std::int64_t value) {
    if (value >= -max_safe_integer && value <= max_safe_integer)
      cell(step, Tag::integer, bit_cast<std::uint64_t>(static_cast<double>(value)));
    else
      cell(step, Tag::int64, bit_cast<std::uint64_t>(value));
  }
  void real(std::size_t step, double value) {
    cell(step, Tag::real, bit_cast<std::uint64_t>(value));
  }
  /// Invalid UTF-8 becomes U+FFFD.
  void text(std::size_t step, std::string_view value) {
    if (virga::text::is_ascii(value))
      append_text(step, value, value.size());
    else
      append_unicode(step, value);
  }
  void blob(std::size_t step, std::span<const std::byte> value);

  /// Completes a row of a step without columns; of other steps the cells complete it.
  void end_row(std::size_t step) { ++steps_[step].ended; }
  /// Complete rows so far.
  std::uint32_t rows(std::size_t step) const {
    const Step& of = steps_[step];
    return of.columns == 0 ? of.ended : static_cast<std::uint32_t>(of.tags.size() / of.columns);
  }

  /// Hangs row `child` of `step` on row `parent_row` of its parent step. For LinkKind::one the
  /// first child stays. Calls may come in any order of parents; children of one parent keep call
  /// order.
  void link(std::size_t step, std::uint32_t parent_row, std::uint32_t child) {
    steps_[step].links.push_back({parent_row, child});
  }

  /// Writes the frame. Errors: result_too_large beyond the limit; internal when a row is not
  /// complete or a link points at a row that does not exist.
  Result<std::vector<std::byte>> finish(std::int64_t changes, std::int64_t last_insert_rowid);

 private:
  struct Link {
    std::uint32_t parent_row;
    std::uint32_t child;
  };
  struct Step {
    std::uint32_t columns = 0;
    std::uint32_t ended = 0;
    LinkKind kind = LinkKind::none;
    std::uint32_t parent = 0;
    std::vector<std::uint64_t> cells;
    std::vector<std::uint8_t> tags;
    std::vector<Link> links;
  };
  struct Layout;

  void cell(std::size_t step, Tag tag, std::uint64_t bits) {
    Step& of = steps_[step];
    of.cells.push_back(bits);
    of.tags.push_back(static_cast<std::uint8_t>(tag));
  }
  void append_text(std::size_t step, std::string_view valid, std::size_t units) {
    if (!fits(text_.size(), valid.size())) return null(step);
    cell(step, Tag::text, text_units_ | std::uint64_t{units} << 32);
    text_ += valid;
    text_units_ += static_cast<std::uint32_t>(units);
  }
  void append_unicode(std::size_t step, std::string_view value);
  /// Keeps the pools below the limit; once one would pass it, finish() fails.
  bool fits(std::size_t pool, std::size_t more) {
    if (std::uint64_t{pool} + more > limit_) too_large_ = true;
    return !too_large_;
  }
  Result<void> check_step(std::size_t step) const;
  Layout lay_out() const;

  std::vector<Step> steps_;
  std::string text_;
  std::uint32_t text_units_ = 0;
  std::vector<std::byte> blobs_;
  std::uint64_t limit_;
  bool too_large_ = false;
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
  Result<void> read_text(std::uint32_t offset, std::uint32_t bytes);
  Result<void> check_step(std::size_t step) const;
  Result<void> check_cells(std::size_t step) const;
  Result<void> check_links(std::size_t step) const;
  bool holds(Tag tag, std::uint64_t bits) const;
  std::size_t text_units() const;
  std::string_view text(std::uint32_t start, std::uint32_t units) const;
  template <class T>
  T at(std::uint64_t offset) const;

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
