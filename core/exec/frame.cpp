#include "exec/frame.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>

#include "base/bytes.h"
#include "base/text.h"
#include "exec/frame_format.h"

namespace virga::exec {
namespace {

/// In wide_bytes_: the second half of a surrogate pair, where no text starts or ends.
constexpr std::uint32_t inside_pair = 0xFFFFFFFFu;

Failure malformed(std::string rule, std::string path) {
  return fail(Code::malformed_frame, std::move(rule), std::move(path));
}

std::string step_path(std::size_t step, std::string_view part = {}) {
  return "steps[" + std::to_string(step) + "]" + std::string(part);
}

std::uint32_t low(std::uint64_t bits) { return static_cast<std::uint32_t>(bits); }
std::uint32_t high(std::uint64_t bits) { return static_cast<std::uint32_t>(bits >> 32); }

}  // namespace

template <class T>
T Frame::at(std::uint64_t offset) const {
  T value;
  std::memcpy(&value, bytes_.data() + offset, sizeof value);
  return value;
}

Result<Frame> Frame::parse(std::span<const std::byte> bytes) {
  Frame frame;
  frame.bytes_ = bytes;
  ByteReader reader(bytes);
  const std::uint32_t magic = reader.u32(), steps = reader.u32();
  struct {
    std::uint32_t offset, bytes;
  } ascii, wide, blobs;
  for (auto* pool : {&ascii, &wide, &blobs}) *pool = {reader.u32(), reader.u32()};
  frame.changes_ = reader.i64();
  frame.last_insert_rowid_ = reader.i64();
  if (!reader.ok() || magic != format::magic)
    return malformed("A frame begins with a header of 48 bytes, the first four \"VRF2\".",
                     "header");
  if (bytes.size() > max_frame_bytes || steps * format::step_bytes > reader.remaining())
    return malformed("A frame holds as many step records as its header says.", "header");
  for (const auto* pool : {&ascii, &wide, &blobs})
    if (std::uint64_t{pool->offset} + pool->bytes > bytes.size())
      return malformed("The pools of texts and blobs lie inside the frame.", "header");
  const auto text_of = [&](const auto& pool) {
    const auto part = bytes.subspan(pool.offset, pool.bytes);
    return std::string_view(reinterpret_cast<const char*>(part.data()), part.size());
  };
  frame.ascii_ = text_of(ascii);
  frame.wide_ = text_of(wide);
  frame.blobs_ = bytes.subspan(blobs.offset, blobs.bytes);
  if (!text::is_ascii(frame.ascii_))
    return malformed("The pool of ASCII texts is ASCII.", "header");
  VIRGA_TRY(frame.read_wide());
  for (std::size_t step = 0; step < steps; ++step) {
    Step& of = frame.steps_.emplace_back();
    for (std::uint32_t* field : {&of.rows, &of.columns, &of.cells, &of.tags}) *field = reader.u32();
    of.kind = static_cast<LinkKind>(reader.u32());
    for (std::uint32_t* field : {&of.parent, &of.link, &of.entries}) *field = reader.u32();
    VIRGA_TRY(frame.check_step(step));
  }
  return frame;
}

Result<void> Frame::read_wide() {
  const std::size_t units = text::utf16_length(wide_);
  if (units == text::npos) return malformed("The pool of other texts is valid UTF-8.", "header");
  wide_bytes_.reserve(units + 1);
  for (std::size_t at = 0; at < wide_.size();) {
    const text::Sequence sequence = text::sequence_at(wide_, at);
    wide_bytes_.push_back(static_cast<std::uint32_t>(at));
    if (sequence.utf16_units() == 2) wide_bytes_.push_back(inside_pair);
    at += sequence.bytes;
  }
  wide_bytes_.push_back(static_cast<std::uint32_t>(wide_.size()));
  return {};
}

Result<void> Frame::check_step(std::size_t step) const {
  const Step& of = steps_[step];
  const std::uint64_t size = bytes_.size();
  const std::uint64_t cells = std::uint64_t{of.rows} * of.columns;
  // The tags are checked first: they bound the number of cells, so that eight times it fits 64
  // bits.
  if (cells > size || of.tags + cells > size)
    return malformed("The tags of a step lie inside the frame.", step_path(step, ".tags"));
  if (of.cells % format::cell_bytes != 0 || of.cells + cells * format::cell_bytes > size)
    return malformed("The cells of a step lie inside the frame, at a multiple of 8.",
                     step_path(step, ".cells"));
  VIRGA_TRY(check_cells(step));
  return check_links(step);
}

Result<void> Frame::check_cells(std::size_t step) const {
  const Step& of = steps_[step];
  const std::uint64_t cells = std::uint64_t{of.rows} * of.columns;
  for (std::uint64_t cell = 0; cell < cells; ++cell) {
    const Tag tag = static_cast<Tag>(at<std::uint8_t>(of.tags + cell));
    if (!holds(tag, at<std::uint64_t>(of.cells + cell * format::cell_bytes)))
      return malformed("A cell holds what its tag says.",
                       step_path(step, ".cells[" + std::to_string(cell) + "]"));
  }
  return {};
}

bool Frame::holds(Tag tag, std::uint64_t bits) const {
  switch (tag) {
    case Tag::null:
    case Tag::int64:
    case Tag::real: return true;
    case Tag::integer: {
      const double value = bit_cast<double>(bits);
      return std::abs(value) <= static_cast<double>(max_safe_integer) && std::trunc(value) == value;
    }
    case Tag::text: return std::uint64_t{low(bits)} + high(bits) <= ascii_.size();
    case Tag::wide: {
      const std::uint64_t start = low(bits), end = start + high(bits);
      return end < wide_bytes_.size() &&
             wide_bytes_[static_cast<std::size_t>(start)] != inside_pair &&
             wide_bytes_[static_cast<std::size_t>(end)] != inside_pair;
    }
    case Tag::blob: return std::uint64_t{low(bits)} + high(bits) <= blobs_.size();
  }
  return false;
}

Result<void> Frame::check_links(std::size_t step) const {
  const Step& of = steps_[step];
  if (of.kind == LinkKind::none) {
    if (of.parent == 0 && of.link == 0 && of.entries == 0) return {};
    return malformed("A step without parent has no links.", step_path(step, ".link"));
  }
  if (of.kind != LinkKind::one && of.kind != LinkKind::many)
    return malformed("A link is of kind 0, 1 or 2.", step_path(step, ".link"));
  if (of.parent >= step)
    return malformed("A parent step comes before its children.", step_path(step, ".link"));

  const std::uint64_t parents = steps_[of.parent].rows;
  const std::uint64_t starts = of.kind == LinkKind::many ? parents + 1 : 0;
  if (of.link % 4 != 0 || of.link + (starts + of.entries) * 4 > bytes_.size())
    return malformed("The links of a step lie inside the frame, at a multiple of 4.",
                     step_path(step, ".link"));
  if (of.kind == LinkKind::one && of.entries != parents)
    return malformed("A to-one step has one link for each parent row.", step_path(step, ".link"));
  std::uint32_t last = 0;
  for (std::uint64_t i = 0; i < starts; ++i) {
    const auto start = at<std::uint32_t>(of.link + i * 4);
    const bool edge = (i == 0 && start != 0) || (i + 1 == starts && start != of.entries);
    if (edge || start < last)
      return malformed("The starts of links rise from 0 to their number.",
                       step_path(step, ".link"));
    last = start;
  }
  for (std::uint64_t i = 0; i < of.entries; ++i) {
    const auto child = at<std::uint32_t>(of.link + (starts + i) * 4);
    if (child >= of.rows && !(child == no_row && of.kind == LinkKind::one))
      return malformed("A link points at a row of its step.", step_path(step, ".link"));
  }
  return {};
}

std::string_view Frame::wide(std::uint32_t start, std::uint32_t units) const {
  const std::uint32_t from = wide_bytes_[start];
  return wide_.substr(from, wide_bytes_[std::size_t{start} + units] - from);
}

Value Frame::value(std::size_t step, std::uint32_t row, std::uint32_t column) const {
  const Step& of = steps_[step];
  const std::uint64_t cell = std::uint64_t{row} * of.columns + column;
  const auto bits = at<std::uint64_t>(of.cells + cell * format::cell_bytes);
  switch (static_cast<Tag>(at<std::uint8_t>(of.tags + cell))) {
    case Tag::null: return {};
    case Tag::integer: return static_cast<std::int64_t>(bit_cast<double>(bits));
    case Tag::int64: return bit_cast<std::int64_t>(bits);
    case Tag::real: return bit_cast<double>(bits);
    case Tag::text: return std::string(ascii_.substr(low(bits), high(bits)));
    case Tag::wide: return std::string(wide(low(bits), high(bits)));
    case Tag::blob: {
      const auto part = blobs_.subspan(low(bits), high(bits));
      return Blob{{part.begin(), part.end()}};
    }
  }
  return {};
}

std::vector<std::uint32_t> Frame::children(std::size_t step, std::uint32_t parent_row) const {
  const Step& of = steps_[step];
  const auto entry = [&](std::uint64_t index) {
    return at<std::uint32_t>(of.link + std::uint64_t{4} * index);
  };
  if (of.kind == LinkKind::none) return {};
  if (of.kind == LinkKind::one) {
    const std::uint32_t child = entry(parent_row);
    return child == no_row ? std::vector<std::uint32_t>() : std::vector{child};
  }
  std::vector<std::uint32_t> children;
  const std::uint64_t starts = std::uint64_t{steps_[of.parent].rows} + 1;
  const std::uint32_t end = entry(std::uint64_t{parent_row} + 1);
  for (std::uint32_t i = entry(parent_row); i < end; ++i) children.push_back(entry(starts + i));
  return children;
}

}  // namespace virga::exec
