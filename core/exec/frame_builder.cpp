#include <cstring>
#include <string>

#include "base/bytes.h"
#include "base/text.h"
#include "exec/frame.h"
#include "exec/frame_format.h"

namespace virga::exec {
namespace {

template <class T>
std::span<const std::byte> bytes_of(const std::vector<T>& values) {
  return std::as_bytes(std::span(values));
}

}  // namespace

/// Where everything goes. Parts follow each other in falling order of alignment (cells 8, links 4,
/// the rest 1), so that none needs padding.
struct FrameBuilder::Layout {
  std::vector<std::uint64_t> cells, links, tags;
  std::uint64_t text = 0, blobs = 0, end = 0;
};

FrameBuilder::FrameBuilder(std::size_t steps, std::uint64_t limit) : steps_(steps), limit_(limit) {}

void FrameBuilder::declare(std::size_t step, std::uint32_t columns, LinkKind kind,
                           std::uint32_t parent) {
  steps_[step].columns = columns;
  steps_[step].kind = kind;
  steps_[step].parent = kind == LinkKind::none ? 0 : parent;
}

void FrameBuilder::append_unicode(std::size_t step, std::string_view value) {
  if (const std::size_t units = text::utf16_length(value); units != text::npos)
    return append_text(step, value, units);
  const std::string valid = text::replace_invalid(value);
  append_text(step, valid, text::utf16_length(valid));
}

void FrameBuilder::blob(std::size_t step, std::span<const std::byte> value) {
  if (!fits(blobs_.size(), value.size())) return null(step);
  cell(step, Tag::blob, blobs_.size() | std::uint64_t{value.size()} << 32);
  blobs_.insert(blobs_.end(), value.begin(), value.end());
}

Result<void> FrameBuilder::check_step(std::size_t step) const {
  const Step& of = steps_[step];
  const std::string path = "steps[" + std::to_string(step) + "]";
  if (of.columns == 0 ? !of.cells.empty() : of.cells.size() % of.columns != 0)
    return fail(Code::internal, "The last row of a step must be complete.", path);
  if (of.kind == LinkKind::none)
    return of.links.empty() ? Result<void>()
                            : fail(Code::internal, "A step without parent has no links.", path);
  if (of.parent >= step)
    return fail(Code::internal, "A parent step comes before its children.", path);
  const std::uint32_t parents = rows(of.parent), children = rows(step);
  for (const Link& link : of.links)
    if (link.parent_row >= parents || link.child >= children)
      return fail(Code::internal, "A link must join two rows that exist.", path);
  return {};
}

FrameBuilder::Layout FrameBuilder::lay_out() const {
  Layout layout;
  std::uint64_t at = format::header_bytes + format::step_bytes * steps_.size();
  for (const Step& step : steps_) {
    layout.cells.push_back(at);
    at += step.cells.size() * format::cell_bytes;
  }
  for (const Step& step : steps_) {
    layout.links.push_back(step.kind == LinkKind::none ? 0 : at);
    const std::uint64_t parents = step.kind == LinkKind::none ? 0 : rows(step.parent);
    if (step.kind == LinkKind::one) at += parents * 4;
    if (step.kind == LinkKind::many) at += (parents + 1 + step.links.size()) * 4;
  }
  for (const Step& step : steps_) {
    layout.tags.push_back(at);
    at += step.tags.size();
  }
  layout.text = at;
  layout.blobs = layout.text + text_.size();
  layout.end = layout.blobs + blobs_.size();
  return layout;
}

namespace {

/// One child row, or none, for each parent row; the first linked child stays.
template <class Links>
std::vector<std::uint32_t> one_table(const Links& links, std::uint32_t parents) {
  std::vector<std::uint32_t> table(parents, no_row);
  for (const auto& link : links)
    if (table[link.parent_row] == no_row) table[link.parent_row] = link.child;
  return table;
}

/// parents + 1 starts, then the children grouped by parent: a counting sort, which keeps the order
/// in which the children of one parent were linked.
template <class Links>
std::vector<std::uint32_t> many_table(const Links& links, std::uint32_t parents) {
  const std::size_t starts = std::size_t{parents} + 1;
  std::vector<std::uint32_t> table(starts + links.size());
  for (const auto& link : links) ++table[link.parent_row + std::size_t{1}];
  for (std::size_t row = 1; row < starts; ++row) table[row] += table[row - 1];
  std::vector<std::uint32_t> next(table.data(), table.data() + parents);
  for (const auto& link : links) table[starts + next[link.parent_row]++] = link.child;
  return table;
}

}  // namespace

Result<std::vector<std::byte>> FrameBuilder::finish(std::int64_t changes,
                                                    std::int64_t last_insert_rowid) {
  for (std::size_t step = 0; step < steps_.size(); ++step) VIRGA_TRY(check_step(step));
  const Layout layout = lay_out();
  if (too_large_ || layout.end > limit_)
    return fail(Code::result_too_large,
                "A result may have at most " + std::to_string(limit_) + " bytes.", {},
                "A limit, or fewer columns, makes the result smaller.");

  // Nothing is larger than layout.end now, so every narrowing below keeps the value.
  const auto u32 = [](std::uint64_t value) { return static_cast<std::uint32_t>(value); };
  ByteWriter writer;
  writer.reserve(static_cast<std::size_t>(layout.end));
  writer.u32(format::magic);
  writer.u32(u32(steps_.size()));
  writer.u32(u32(layout.text));
  writer.u32(u32(text_.size()));
  writer.u32(u32(layout.blobs));
  writer.u32(u32(blobs_.size()));
  writer.i64(changes);
  writer.i64(last_insert_rowid);
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    const Step& step = steps_[i];
    writer.u32(rows(i));
    writer.u32(step.columns);
    writer.u32(u32(layout.cells[i]));
    writer.u32(u32(layout.tags[i]));
    writer.u32(static_cast<std::uint32_t>(step.kind));
    writer.u32(step.parent);
    writer.u32(u32(layout.links[i]));
    writer.u32(step.kind == LinkKind::one ? rows(step.parent) : u32(step.links.size()));
  }
  for (const Step& step : steps_) writer.raw(bytes_of(step.cells));
  for (const Step& step : steps_) {
    if (step.kind == LinkKind::one) writer.raw(bytes_of(one_table(step.links, rows(step.parent))));
    if (step.kind == LinkKind::many)
      writer.raw(bytes_of(many_table(step.links, rows(step.parent))));
  }
  for (const Step& step : steps_) writer.raw(bytes_of(step.tags));
  writer.text(text_);
  writer.raw(blobs_);
  return writer.take();
}

}  // namespace virga::exec
