#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/error.h"
#include "virga.h"

/// What JavaScript holds in the module, and what the plain exports read and write.
namespace virga::wasm {

/// Objects that JavaScript holds by number. Numbers are never used twice.
template <class T>
class Handles {
 public:
  explicit Handles(const char* what) : what_(what) {}

  int add(T object) {
    objects_.emplace(++last_, std::move(object));
    return last_;
  }
  Result<T*> find(int handle) {
    const auto found = objects_.find(handle);
    if (found != objects_.end()) return &found->second;
    return fail(Code::closed, std::string("The ") + what_ + " has been closed.");
  }
  void release(int handle) { objects_.erase(handle); }
  template <class Condition>
  void release_if(Condition condition) {
    std::erase_if(objects_, [&](const auto& entry) { return condition(entry.second); });
  }

 private:
  const char* what_;
  std::unordered_map<int, T> objects_;
  int last_ = 0;
};

/// A cursor, the number of the database that it reads, and the parameters that it reads with if it
/// has none of its own.
struct OpenCursor {
  int database;
  std::vector<std::byte> parameters;
  Cursor cursor;
};

struct State {
  Handles<Database> databases{"database"};
  Handles<SharedSchema> schemas{"schema"};
  Handles<Query> queries{"query"};
  Handles<OpenCursor> cursors{"iterator"};
  std::vector<std::byte> parameters;
  Buffer<std::byte> frame;
  int rest = 0;  ///< the cursor that has the next parts of the result
  std::vector<std::byte> file;
  std::span<const std::byte> result;  ///< which of them was asked for last
  std::optional<Error> error;
};

/// The one state there is.
State& state();

/// The first bytes of the parameter block.
inline std::span<const std::byte> parameter_block(std::size_t size) {
  return std::span(state().parameters).first(std::min(size, state().parameters.size()));
}

}  // namespace virga::wasm
