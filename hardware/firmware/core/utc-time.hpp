#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace homeroom {

/** Milliseconds since 1970-01-01T00:00:00Z. */
using UtcMs = std::int64_t;

/** `2030-01-01T08:00:00.000Z` and the NUL behind it. */
constexpr std::size_t utcTextSize = 25;

/** @return the time of a text as `Date.toISOString` writes it; nothing for any other text */
std::optional<UtcMs> parseUtc(std::string_view text);

/** Write a time as `Date.toISOString` does. Years before 1970 and after 9999 are written as the nearest of these. */
void writeUtc(UtcMs time, char (&text)[utcTextSize]);

}  // namespace homeroom
