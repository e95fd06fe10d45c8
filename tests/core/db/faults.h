#pragma once

#include <cstddef>

namespace virga::faults {

/// What goes wrong.
enum class Kind {
  io,          ///< one call of the file system fails
  disk_gone,   ///< it and all that follow
  interrupted  ///< SQLite is interrupted (sqlite3_interrupt) while it makes a call
};

/// While it lives, databases on disk are opened through a file system that fails at will.
class FailingDisk {
 public:
  FailingDisk();
  ~FailingDisk();
  FailingDisk(const FailingDisk&) = delete;
  FailingDisk& operator=(const FailingDisk&) = delete;

  /// The call with this number from now on fails; 0 for none.
  void fail_at(std::size_t call, Kind kind);
  /// How many calls there were since then.
  std::size_t calls() const;
};

/// While it lives, SQLite's allocations fail at will. No database may be open when it begins and
/// when it ends.
class FailingMemory {
 public:
  FailingMemory();
  ~FailingMemory();
  FailingMemory(const FailingMemory&) = delete;
  FailingMemory& operator=(const FailingMemory&) = delete;

  /// The allocation with this number from now on fails, once; 0 for none.
  void fail_at(std::size_t allocation);
  std::size_t allocations() const;
};

}  // namespace virga::faults
