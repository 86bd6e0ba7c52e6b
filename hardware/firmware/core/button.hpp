#pragma once
#include <cstdint>
#include <optional>

namespace homeroom {

/** A button with a bouncing contact: a short press and a long one are told apart, each once. */
class Button {
 public:
  enum class Event { none, pressed, held };

  /** @param isDown as the pin says now; call it every few milliseconds */
  Event look(bool isDown, std::uint64_t nowMs) {
    if (isDown != wasDown_) {
      wasDown_ = isDown;
      changedAt_ = nowMs;
      return Event::none;
    }
    if (nowMs - changedAt_ < bounceMs) return Event::none;
    if (isDown) return down(nowMs);
    const bool wasShort = isArmed_ && !isHeld_;
    isArmed_ = isHeld_ = false;
    return wasShort ? Event::pressed : Event::none;
  }

 private:
  static constexpr std::uint64_t bounceMs = 30;
  static constexpr std::uint64_t holdMs = 2'000;

  Event down(std::uint64_t nowMs) {
    isArmed_ = true;
    if (isHeld_ || nowMs - changedAt_ < holdMs) return Event::none;
    isHeld_ = true;
    return Event::held;
  }

  bool wasDown_ = false;
  bool isArmed_ = false;
  bool isHeld_ = false;
  std::uint64_t changedAt_ = 0;
};

}  // namespace homeroom
