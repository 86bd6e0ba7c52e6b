#include "json-object.hpp"

#include <cstdlib>
#include <cstring>

namespace homeroom {
namespace {

constexpr int maxDepth = 8;
/** Longer numbers are no number of ours. */
constexpr std::size_t maxNumberLength = 32;

class Reader {
 public:
  explicit Reader(std::string_view json) : json_(json) {}

  bool document(JsonMembers& members) {
    skipBlanks();
    if (!object(&members, 0)) return false;
    skipBlanks();
    return at_ == json_.size();
  }

 private:
  bool object(JsonMembers* members, int depth) {
    if (depth >= maxDepth || !take('{')) return false;
    skipBlanks();
    if (take('}')) return true;
    for (;;) {
      JsonValue key;
      skipBlanks();
      if (!text(key)) return false;
      skipBlanks();
      if (!take(':')) return false;
      JsonValue found;
      if (!value(found, depth)) return false;
      // A key with escapes is none of ours.
      if (members != nullptr && key.kind == JsonValue::Kind::text) members->member(key.text, found);
      skipBlanks();
      if (take('}')) return true;
      if (!take(',')) return false;
    }
  }

  bool list(int depth) {
    if (depth >= maxDepth || !take('[')) return false;
    skipBlanks();
    if (take(']')) return true;
    for (;;) {
      JsonValue ignored;
      if (!value(ignored, depth)) return false;
      skipBlanks();
      if (take(']')) return true;
      if (!take(',')) return false;
    }
  }

  bool value(JsonValue& found, int depth) {
    skipBlanks();
    if (at_ >= json_.size()) return false;
    switch (json_[at_]) {
      case '"':
        return text(found);
      case '{':
        found.kind = JsonValue::Kind::other;
        return object(nullptr, depth + 1);
      case '[':
        found.kind = JsonValue::Kind::other;
        return list(depth + 1);
      case 't':
        found.kind = JsonValue::Kind::yes;
        return word("true");
      case 'f':
        found.kind = JsonValue::Kind::no;
        return word("false");
      case 'n':
        found.kind = JsonValue::Kind::null;
        return word("null");
      default:
        return number(found);
    }
  }

  bool text(JsonValue& found) {
    if (!take('"')) return false;
    const std::size_t start = at_;
    bool hasEscapes = false;
    while (at_ < json_.size()) {
      const char c = json_[at_];
      if (c == '"') {
        found.kind = hasEscapes ? JsonValue::Kind::other : JsonValue::Kind::text;
        found.text = json_.substr(start, at_ - start);
        ++at_;
        return true;
      }
      if (static_cast<unsigned char>(c) < 0x20) return false;
      if (c == '\\') {
        hasEscapes = true;
        if (!escape()) return false;
      } else {
        ++at_;
      }
    }
    return false;
  }

  bool escape() {
    ++at_;
    if (at_ >= json_.size()) return false;
    const char c = json_[at_++];
    if (c != 'u') return std::strchr("\"\\/bfnrt", c) != nullptr && c != '\0';
    for (int digit = 0; digit < 4; ++digit, ++at_) {
      if (at_ >= json_.size() || !isHex(json_[at_])) return false;
    }
    return true;
  }

  bool number(JsonValue& found) {
    const std::size_t start = at_;
    take('-');
    if (!take('0') && !digits()) return false;
    if (take('.') && !digits()) return false;
    if (take('e') || take('E')) {
      if (!take('+')) take('-');
      if (!digits()) return false;
    }
    const std::size_t length = at_ - start;
    if (length >= maxNumberLength) {
      found.kind = JsonValue::Kind::other;
      return true;
    }
    char copy[maxNumberLength] = {};
    std::memcpy(copy, json_.data() + start, length);
    found.kind = JsonValue::Kind::number;
    found.number = std::strtod(copy, nullptr);
    return true;
  }

  bool digits() {
    const std::size_t start = at_;
    while (at_ < json_.size() && json_[at_] >= '0' && json_[at_] <= '9') ++at_;
    return at_ > start;
  }

  bool word(std::string_view expected) {
    if (json_.substr(at_, expected.size()) != expected) return false;
    at_ += expected.size();
    return true;
  }

  bool take(char expected) {
    if (at_ >= json_.size() || json_[at_] != expected) return false;
    ++at_;
    return true;
  }

  void skipBlanks() {
    while (at_ < json_.size() && isBlank(json_[at_])) ++at_;
  }

  static bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

  static bool isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  std::string_view json_;
  std::size_t at_ = 0;
};

}  // namespace

bool readJsonObject(std::string_view json, JsonMembers& members) {
  return Reader(json).document(members);
}

}  // namespace homeroom
