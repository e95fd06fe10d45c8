#include <algorithm>
#include <cstring>
#include <string>

#include "base/text.h"
#include "exec/frame.h"
#include "exec/frame_format.h"

namespace virga::exec {
namespace {

/// So much memory is kept from one query to the next: a result, or a part of one, is then collected
/// without growing. It is kept as a whole or not at all, since growing between what was kept takes
/// longer.
constexpr std::size_t kept_bytes = 4 << 20;

/// Writes little-endian numbers, one after the other. WebAssembly and all hosts of the native build
/// are little-endian.
class Cursor {
 public:
  explicit Cursor(std::byte* at) : at_(at) {}
  void u32(std::uint64_t value) { put(static_cast<std::uint32_t>(value)); }
  void i64(std::int64_t value) { put(value); }

 private:
  template <class T>
  void put(T value) {
    std::memcpy(at_, &value, sizeof value);
    at_ += sizeof value;
  }
  std::byte* at_;
};

template <class T>
void copy(std::byte* to, const Buffer<T>& from) {
  if (!from.empty()) std::memcpy(to, from.data(), from.size() * sizeof(T));
}

}  // namespace

FrameBuilder::FrameBuilder(std::size_t steps, std::uint64_t limit) : limit_(limit) { reset(steps); }

void FrameBuilder::reset(std::size_t steps) {
  if (steps_.size() < steps) steps_.resize(steps);
  step_count_ = steps;
  ascii_.clear();
  wide_.clear();
  wide_units_ = 0;
  blobs_.clear();
  too_large_ = uneven_ = false;
}

void FrameBuilder::shrink() {
  std::size_t bytes = ascii_.capacity() + wide_.capacity() + blobs_.capacity();
  for (const Step& step : steps_)
    bytes += step.cells.capacity() * sizeof(std::uint64_t) + step.tags.capacity() +
             step.links.capacity() * sizeof(Link);
  if (bytes <= kept_bytes) return;
  for (Step& step : steps_) {
    step.cells.free();
    step.tags.free();
    step.links.free();
  }
  for (Buffer<char>* pool : {&ascii_, &wide_, &blobs_}) pool->free();
}

void FrameBuilder::declare(std::size_t step, std::uint32_t columns, LinkKind kind,
                           std::uint32_t parent) {
  Step& of = steps_[step];
  of.columns = columns;
  of.rows = 0;
  of.kind = kind;
  of.parent = kind == LinkKind::none ? 0 : parent;
  of.cells.clear();
  of.tags.clear();
  of.links.clear();
}

std::uint32_t FrameBuilder::row(std::size_t step, std::span<const ValueView> cells) {
  Step& of = steps_[step];
  if (cells.size() != of.columns) uneven_ = true;
  std::uint64_t* bits = of.cells.grow(cells.size());
  std::uint8_t* tags = of.tags.grow(cells.size());
  for (const ValueView& cell : cells) {
    Tag tag = Tag::null;
    std::uint64_t value = 0;
    switch (cell.kind) {
      case ValueView::Kind::null: break;
      case ValueView::Kind::integer:
        if (cell.integer >= -max_safe_integer && cell.integer <= max_safe_integer) {
          tag = Tag::integer;
          value = bit_cast<std::uint64_t>(static_cast<double>(cell.integer));
        } else {
          tag = Tag::int64;
          value = bit_cast<std::uint64_t>(cell.integer);
        }
        break;
      case ValueView::Kind::real:
        tag = Tag::real;
        value = bit_cast<std::uint64_t>(cell.real);
        break;
      case ValueView::Kind::text: tag = text(cell.bytes(), value); break;
      case ValueView::Kind::blob:
        tag = Tag::blob;
        value = blob(cell.bytes());
        break;
    }
    *bits++ = value;
    *tags++ = static_cast<std::uint8_t>(tag);
  }
  return of.rows++;
}

/// Appends to one of the pools of text; gives its tag.
Tag FrameBuilder::text(std::string_view value, std::uint64_t& cell) {
  if (!fits(ascii_.size(), value.size()) || !fits(wide_.size(), value.size())) return Tag::null;
  if (text::copy(ascii_.grow(value.size()), value)) {
    cell = (ascii_.size() - value.size()) | std::uint64_t{value.size()} << 32;
    return Tag::text;
  }
  ascii_.drop(value.size());
  const std::size_t units = text::utf16_length(value);
  if (units == text::npos) return text(text::replace_invalid(value), cell);
  std::memcpy(wide_.grow(value.size()), value.data(), value.size());
  cell = wide_units_ | std::uint64_t{units} << 32;
  wide_units_ += static_cast<std::uint32_t>(units);
  return Tag::wide;
}

std::uint64_t FrameBuilder::blob(std::string_view bytes) {
  if (!fits(blobs_.size(), bytes.size())) return 0;
  const std::uint64_t cell = blobs_.size() | std::uint64_t{bytes.size()} << 32;
  if (!bytes.empty()) std::memcpy(blobs_.grow(bytes.size()), bytes.data(), bytes.size());
  return cell;
}

bool FrameBuilder::fits(std::size_t pool, std::size_t more) {
  if (std::uint64_t{pool} + more > limit_) too_large_ = true;
  return !too_large_;
}

Result<void> FrameBuilder::check_step(std::size_t step) const {
  const Step& of = steps_[step];
  const auto wrong = [&](const char* rule) {
    return fail(Code::internal, rule, "steps[" + std::to_string(step) + "]");
  };
  if (of.kind == LinkKind::none)
    return of.links.empty() ? Result<void>() : wrong("A step without parent has no links.");
  if (of.parent >= step) return wrong("A parent step comes before its children.");
  const std::uint32_t parents = rows(of.parent), children = rows(step);
  for (const Link& link : of.links.span())
    if (link.parent_row >= parents || link.child >= children)
      return wrong("A link must join two rows that exist.");
  return {};
}

/// Finds where everything goes; gives the size of the frame. Parts follow each other in falling
/// order of alignment (cells 8, links 4, the rest 1), so that none needs padding.
std::uint64_t FrameBuilder::lay_out() {
  const auto steps = std::span(steps_).first(step_count_);
  std::uint64_t at = format::header_bytes + format::step_bytes * steps.size();
  for (Step& step : steps) {
    step.cells_at = at;
    at += std::uint64_t{step.cells.size()} * format::cell_bytes;
  }
  for (Step& step : steps) {
    step.links_at = step.kind == LinkKind::none ? 0 : at;
    const std::uint64_t parents = step.kind == LinkKind::none ? 0 : rows(step.parent);
    if (step.kind == LinkKind::one) at += parents * 4;
    if (step.kind == LinkKind::many) at += (parents + 1 + step.links.size()) * 4;
  }
  for (Step& step : steps) {
    step.tags_at = at;
    at += step.tags.size();
  }
  return at + ascii_.size() + wide_.size() + blobs_.size();
}

/// To one: one child row, or none, for each parent row; the first linked child stays. To many:
/// parents + 1 starts, then the children grouped by parent: a counting sort, which keeps the order
/// in which the children of one parent were linked.
void FrameBuilder::write_links(const Step& step, std::byte* frame) const {
  if (step.kind == LinkKind::none) return;
  // Links stand at a multiple of 4 of a frame that starts at a multiple of 8.
  auto* table = reinterpret_cast<std::uint32_t*>(frame + step.links_at);
  const std::uint32_t parents = rows(step.parent);
  if (step.kind == LinkKind::one) {
    std::fill_n(table, parents, no_row);
    for (const Link& link : step.links.span())
      if (table[link.parent_row] == no_row) table[link.parent_row] = link.child;
    return;
  }
  std::uint32_t* const children = table + parents + 1;
  std::fill_n(table, std::size_t{parents} + 1, 0);
  for (const Link& link : step.links.span()) ++table[link.parent_row + std::size_t{1}];
  for (std::size_t row = 1; row <= parents; ++row) table[row] += table[row - 1];
  // Each start moves on while its children are placed, which makes it the start of the next parent.
  for (const Link& link : step.links.span()) children[table[link.parent_row]++] = link.child;
  for (std::size_t row = parents; row > 0; --row) table[row] = table[row - 1];
  table[0] = 0;
}

Result<void> FrameBuilder::finish(std::int64_t changes, std::int64_t last_insert_rowid,
                                  Buffer<std::byte>& frame) {
  if (uneven_) return fail(Code::internal, "A row has as many cells as its step has columns.");
  for (std::size_t step = 0; step < step_count_; ++step) VIRGA_TRY(check_step(step));
  const std::uint64_t size = lay_out();
  if (too_large_ || size > limit_)
    return fail(Code::result_too_large,
                "A result may have at most " + std::to_string(limit_) + " bytes.", {},
                "A limit, or fewer columns, makes the result smaller.");

  frame.clear();
  frame.grow(static_cast<std::size_t>(size));
  const std::uint64_t blobs_at = size - blobs_.size(), wide_at = blobs_at - wide_.size(),
                      ascii_at = wide_at - ascii_.size();
  Cursor header(frame.data());
  header.u32(format::magic);
  header.u32(step_count_);
  header.u32(ascii_at);
  header.u32(ascii_.size());
  header.u32(wide_at);
  header.u32(wide_.size());
  header.u32(blobs_at);
  header.u32(blobs_.size());
  header.i64(changes);
  header.i64(last_insert_rowid);
  for (const Step& step : std::span(steps_).first(step_count_)) {
    header.u32(step.rows);
    header.u32(step.columns);
    header.u32(step.cells_at);
    header.u32(step.tags_at);
    header.u32(static_cast<std::uint32_t>(step.kind));
    header.u32(step.parent);
    header.u32(step.links_at);
    header.u32(step.kind == LinkKind::one ? rows(step.parent) : step.links.size());
    copy(frame.data() + step.cells_at, step.cells);
    copy(frame.data() + step.tags_at, step.tags);
    write_links(step, frame.data());
  }
  copy(frame.data() + ascii_at, ascii_);
  copy(frame.data() + wide_at, wide_);
  copy(frame.data() + blobs_at, blobs_);
  return {};
}

Result<std::vector<std::byte>> FrameBuilder::finish(std::int64_t changes,
                                                    std::int64_t last_insert_rowid) {
  Buffer<std::byte> frame;
  VIRGA_TRY(finish(changes, last_insert_rowid, frame));
  return std::vector<std::byte>(frame.span().begin(), frame.span().end());
}

}  // namespace virga::exec
