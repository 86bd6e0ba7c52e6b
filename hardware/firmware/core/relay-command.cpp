#include "relay-command.hpp"

#include "json-object.hpp"

namespace homeroom {
namespace {

constexpr std::uint32_t maxTtlMs = 60'000;
constexpr std::uint32_t minPulseMs = 50;
constexpr std::uint32_t maxPulseMs = 5'000;
/** More channels than any board has; what is wrong with one is the board's to say. */
constexpr std::uint32_t maxChannel = 1'000'000;

std::optional<std::uint32_t> wholeNumber(const JsonValue& value, std::uint32_t least, std::uint32_t most) {
  if (value.kind != JsonValue::Kind::number || value.number < least || value.number > most) return std::nullopt;
  const auto whole = static_cast<std::uint32_t>(value.number);
  if (static_cast<double>(whole) != value.number) return std::nullopt;
  return whole;
}

/** The last of two members of one name counts, as with JSON.parse. */
class Fields final : public JsonMembers {
 public:
  void member(std::string_view key, const JsonValue& value) override {
    if (key == "id") id = idOf(value);
    if (key == "issuedAt") issuedAt = value.kind == JsonValue::Kind::text ? parseUtc(value.text) : std::nullopt;
    if (key == "ttlMs") ttlMs = wholeNumber(value, 1, maxTtlMs);
    if (key == "channel") channel = wholeNumber(value, 0, maxChannel);
    if (key == "on") on = value.kind == JsonValue::Kind::yes   ? std::optional(true)
                        : value.kind == JsonValue::Kind::no ? std::optional(false)
                                                            : std::nullopt;
    if (key == "pulseMs") {
      pulseMs = wholeNumber(value, minPulseMs, maxPulseMs);
      isPulseWrong = !pulseMs;
    }
  }

  std::optional<std::string_view> id;
  std::optional<UtcMs> issuedAt;
  std::optional<std::uint32_t> ttlMs;
  std::optional<std::uint32_t> channel;
  std::optional<bool> on;
  std::optional<std::uint32_t> pulseMs;
  bool isPulseWrong = false;

 private:
  static std::optional<std::string_view> idOf(const JsonValue& value) {
    if (value.kind != JsonValue::Kind::text) return std::nullopt;
    if (value.text.size() < minIdLength || value.text.size() > maxIdLength) return std::nullopt;
    return value.text;
  }
};

}  // namespace

std::optional<RelayCommand> parseRelayCommand(std::string_view payload) {
  Fields fields;
  if (!readJsonObject(payload, fields)) return std::nullopt;
  const bool isWhole = fields.id && fields.issuedAt && fields.ttlMs && fields.channel && fields.on;
  if (!isWhole || fields.isPulseWrong) return std::nullopt;
  return RelayCommand{*fields.id, *fields.issuedAt, *fields.ttlMs, *fields.channel, *fields.on, fields.pulseMs};
}

}  // namespace homeroom
