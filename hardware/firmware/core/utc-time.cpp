#include "utc-time.hpp"

#include <algorithm>
#include <cstdio>

namespace homeroom {
namespace {

constexpr std::int64_t msPerDay = 86'400'000;
constexpr UtcMs lastTime = 253'402'300'799'999;
constexpr std::string_view shape = "dddd-dd-ddTdd:dd:dd.dddZ";

/** Days since 1970-01-01, by Howard Hinnant's `days_from_civil`. */
std::int64_t daysFromCivil(std::int64_t year, unsigned month, unsigned day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = year / 400;
  const auto yearOfEra = static_cast<unsigned>(year - era * 400);
  const unsigned dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const unsigned dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
  return era * 146'097 + static_cast<std::int64_t>(dayOfEra) - 719'468;
}

struct Civil {
  std::int64_t year;
  unsigned month;
  unsigned day;
};

/** The other way about, by his `civil_from_days`. */
Civil civilFromDays(std::int64_t days) {
  days += 719'468;
  const std::int64_t era = days / 146'097;
  const auto dayOfEra = static_cast<unsigned>(days - era * 146'097);
  const unsigned yearOfEra = (dayOfEra - dayOfEra / 1'460 + dayOfEra / 36'524 - dayOfEra / 146'096) / 365;
  const unsigned dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const unsigned shifted = (5 * dayOfYear + 2) / 153;
  const unsigned month = shifted < 10 ? shifted + 3 : shifted - 9;
  const std::int64_t year = static_cast<std::int64_t>(yearOfEra) + era * 400 + (month <= 2 ? 1 : 0);
  return {year, month, dayOfYear - (153 * shifted + 2) / 5 + 1};
}

unsigned daysIn(std::int64_t year, unsigned month) {
  if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

unsigned figure(std::string_view text, std::size_t from, std::size_t length) {
  unsigned value = 0;
  for (const char c : text.substr(from, length)) value = value * 10 + static_cast<unsigned>(c - '0');
  return value;
}

bool isShaped(std::string_view text) {
  if (text.size() != shape.size()) return false;
  for (std::size_t at = 0; at < shape.size(); ++at) {
    const bool isDigit = text[at] >= '0' && text[at] <= '9';
    if (shape[at] == 'd' ? !isDigit : text[at] != shape[at]) return false;
  }
  return true;
}

}  // namespace

std::optional<UtcMs> parseUtc(std::string_view text) {
  if (!isShaped(text)) return std::nullopt;
  const std::int64_t year = figure(text, 0, 4);
  const unsigned month = figure(text, 5, 2), day = figure(text, 8, 2);
  const unsigned hour = figure(text, 11, 2), minute = figure(text, 14, 2), second = figure(text, 17, 2);
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return std::nullopt;
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  const std::int64_t ms = ((hour * 60 + minute) * 60 + second) * std::int64_t{1'000} + figure(text, 20, 3);
  return daysFromCivil(year, month, day) * msPerDay + ms;
}

void writeUtc(UtcMs time, char (&text)[utcTextSize]) {
  const UtcMs bounded = std::clamp<UtcMs>(time, 0, lastTime);
  const Civil date = civilFromDays(bounded / msPerDay);
  const auto ms = static_cast<unsigned>(bounded % msPerDay);
  std::snprintf(text, utcTextSize, "%04u-%02u-%02uT%02u:%02u:%02u.%03uZ", static_cast<unsigned>(date.year) % 10'000,
                date.month % 100, date.day % 100, ms / 3'600'000 % 24, ms / 60'000 % 60, ms / 1'000 % 60,
                ms % 1'000);
}

}  // namespace homeroom
