#pragma once

#include <cstdint>

/// The fixed numbers of FRAME.md.
namespace virga::exec::format {

inline constexpr std::uint32_t magic = 0x32465256;  ///< "VRF2" in the order of the bytes
inline constexpr std::uint64_t header_bytes = 48;
inline constexpr std::uint64_t step_bytes = 32;
inline constexpr std::uint64_t cell_bytes = 8;

}  // namespace virga::exec::format
