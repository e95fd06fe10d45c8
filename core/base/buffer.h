#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <type_traits>

namespace virga {

/// A growing array of plain data. Unlike std::vector it leaves what it grows by uninitialised, and
/// clear() keeps the memory for the next use.
template <class T>
class Buffer {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  /// Makes room for `count` more elements, which the caller writes; gives the first.
  T* grow(std::size_t count) {
    if (count > capacity_ - size_) reserve(std::max(size_ + count, capacity_ * 2));
    T* const end = data_.get() + size_;
    size_ += count;
    return end;
  }
  void push(T value) { *grow(1) = value; }
  /// Makes the size `count`; new elements are `value`.
  void resize(std::size_t count, T value) {
    if (count > size_) {
      const std::size_t more = count - size_;
      std::fill_n(grow(more), more, value);
    }
    size_ = count;
  }
  void clear() { size_ = 0; }
  /// Forgets the last elements.
  void drop(std::size_t count) { size_ -= count; }
  /// Gives the memory back.
  void free() {
    data_.reset();
    size_ = capacity_ = 0;
  }
  /// Gives memory back that is more than `kept` elements.
  void shrink(std::size_t kept) {
    if (capacity_ > kept) free();
  }

  std::size_t size() const { return size_; }
  std::size_t capacity() const { return capacity_; }
  bool empty() const { return size_ == 0; }
  T* data() { return data_.get(); }
  const T* data() const { return data_.get(); }
  T& operator[](std::size_t index) { return data_[index]; }
  const T& operator[](std::size_t index) const { return data_[index]; }
  std::span<const T> span() const { return {data_.get(), size_}; }

 private:
  void reserve(std::size_t capacity) {
    std::unique_ptr<T[]> larger(new T[capacity]);
    if (size_ > 0) std::memcpy(larger.get(), data_.get(), size_ * sizeof(T));
    data_ = std::move(larger);
    capacity_ = capacity;
  }
  std::unique_ptr<T[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace virga
