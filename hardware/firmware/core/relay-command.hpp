#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "utc-time.hpp"

namespace homeroom {

/** `homeroom/v1/relay/<relay>/command`; its `id` points into the payload. */
struct RelayCommand {
  std::string_view id;
  UtcMs issuedAt = 0;
  std::uint32_t ttlMs = 0;
  std::uint32_t channel = 0;
  bool on = false;
  /** Switch back by itself after so long. */
  std::optional<std::uint32_t> pulseMs;
};

constexpr std::size_t minIdLength = 8;
constexpr std::size_t maxIdLength = 64;

/** @return the command; nothing for a payload that breaks the protocol's schema. Unknown fields pass. */
std::optional<RelayCommand> parseRelayCommand(std::string_view payload);

}  // namespace homeroom
