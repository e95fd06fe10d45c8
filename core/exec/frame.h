#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bit_cast.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/value.h"

/// The bytes of a result, specified in FRAME.md.
namespace virga::exec {

inline constexpr std::uint32_t no_row = 0xFFFFFFFFu;

enum class LinkKind : std::uint32_t { none = 0, one = 1, many = 2 };

/// A text of a frame is `wide` when it has more than ASCII.
enum class Tag : std::uint8_t {
  null = 0,
  integer = 1,
  int64 = 2,
  real = 3,
  text = 4,
  blob = 5,
  wide = 6
};

/// Integers of this magnitude or less are exact as doubles, 2^53 - 1.
inline constexpr std::int64_t max_safe_integer = 9007199254740991;

/// Frames address their bytes with 32 bits.
inline constexpr std::uint64_t max_frame_bytes = 0xFFFFFFFFu;

/// Whether memory could hold more: where it cannot, no result is too large for a frame.
inline constexpr bool can_be_too_large = sizeof(void*) > 4;

/// Collects the rows of one query, step by step, then writes them as one frame. Used again it keeps
/// its memory.
class FrameBuilder {
 public:
  /// The frame may become at most `limit` bytes long.
  explicit FrameBuilder(std::size_t steps = 0, std::uint64_t limit = max_frame_bytes);

  /// Starts anew with `steps` empty steps.
  void reset(std::size_t steps);
  /// Gives much memory back.
  void shrink();

  /// Declares a step's width and how its rows hang on the rows of `parent`, an earlier step. Called
  /// once per step, before its cells.
  void declare(std::size_t step, std::uint32_t columns, LinkKind kind, std::uint32_t parent);

  /// Appends a row of a step: as many cells as it has columns. Invalid UTF-8 becomes U+FFFD.
  /// @return its number
  std::uint32_t row(std::size_t step, std::span<const ValueView> cells);
  /// Complete rows so far.
  std::uint32_t rows(std::size_t step) const { return steps_[step].rows; }
  /// Bytes of texts and blobs so far.
  std::size_t pooled() const { return ascii_.size() + wide_.size() + blobs_.size(); }

  /// Hangs row `child` of `step` on row `parent_row` of its parent step. For LinkKind::one the
  /// first child stays. Calls may come in any order of parents; children of one parent keep call
  /// order.
  void link(std::size_t step, std::uint32_t parent_row, std::uint32_t child) {
    steps_[step].links.push({parent_row, child});
  }

  /// Writes the frame into `frame`, in place of what is there. Errors: result_too_large beyond the
  /// limit; internal when a row has too few or many cells or a link points at a row that does not
  /// exist.
  Result<void> finish(std::int64_t changes, std::int64_t last_insert_rowid,
                      Buffer<std::byte>& frame);
  /// The same as bytes of their own.
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
    Buffer<std::uint64_t> cells;
    Buffer<std::uint8_t> tags;
    Buffer<Link> links;
    std::uint64_t cells_at = 0, links_at = 0, tags_at = 0;  ///< in the frame
  };

  Tag text(std::string_view value, std::uint64_t& cell);
  std::uint64_t blob(std::string_view bytes);
  /// Keeps the pools below the limit; once one would pass it, finish() fails.
  bool fits(std::size_t pool, std::size_t more);
  Result<void> check_step(std::size_t step) const;
  std::uint64_t lay_out();
  void write_links(const Step& step, std::byte* frame) const;

  std::vector<Step> steps_;  ///< those beyond step_count_ are kept for their memory
  std::size_t step_count_ = 0;
  Buffer<char> ascii_;
  Buffer<char> wide_;
  std::uint32_t wide_units_ = 0;
  Buffer<char> blobs_;
  std::uint64_t limit_;
  bool too_large_ = false;
  bool uneven_ = false;  ///< a row had another number of cells than its step has columns
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
  Result<void> read_wide();
  Result<void> check_step(std::size_t step) const;
  Result<void> check_cells(std::size_t step) const;
  Result<void> check_links(std::size_t step) const;
  bool holds(Tag tag, std::uint64_t bits) const;
  std::string_view wide(std::uint32_t start, std::uint32_t units) const;
  template <class T>
  T at(std::uint64_t offset) const;

  std::span<const std::byte> bytes_;
  std::vector<Step> steps_;
  std::string_view ascii_;
  std::string_view wide_;
  std::vector<std::uint32_t> wide_bytes_;  ///< UTF-16 unit -> byte offset in wide_
  std::span<const std::byte> blobs_;
  std::int64_t changes_ = 0;
  std::int64_t last_insert_rowid_ = 0;
};

/// Decodes a parameter block (FRAME.md, "Parameters") into `values`, whose texts and blobs are in
/// the block. Errors: malformed_parameters.
Result<void> read_parameters(std::span<const std::byte> bytes, std::vector<ValueView>& values);

/// Encodes values as a parameter block, the inverse of read_parameters.
std::vector<std::byte> write_parameters(std::span<const Value> values);

}  // namespace virga::exec
