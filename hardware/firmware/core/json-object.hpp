#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace homeroom {

/** What stands behind a key of a JSON object. Of texts with escapes, and of lists and objects, only the kind is told. */
struct JsonValue {
  enum class Kind { text, number, yes, no, null, other };
  Kind kind = Kind::null;
  /** Of a text without escapes: what stands between the quotes. */
  std::string_view text;
  double number = 0;
};

/** Hears each member of an object, in order; a key may come twice. */
class JsonMembers {
 public:
  virtual void member(std::string_view key, const JsonValue& value) = 0;

 protected:
  ~JsonMembers() = default;
};

/**
 * Read one JSON object (RFC 8259) without taking memory: views point into `json`.
 * Nesting is bounded, and so is the work: each byte is looked at once.
 *
 * @return whether all of `json` is one whole object; members that were told before a fault mean nothing
 */
bool readJsonObject(std::string_view json, JsonMembers& members);

}  // namespace homeroom
