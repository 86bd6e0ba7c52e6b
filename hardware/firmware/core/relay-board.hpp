#pragma once
/**
 * What a relay board does, whatever chip it runs on. Rules:
 * - every channel is off from the first moment, and stays as it is while the network is away;
 * - a command is followed once: one that the broker replays, that is too old, or that came before is dropped;
 * - a channel that went off stays off for its minimum time; what is asked meanwhile is done when that is over;
 * - a pulse ends by itself, whatever becomes of the network;
 * - a channel that the board's own button switched follows no command until it is let go there.
 * Nothing is allocated, nothing throws, and all that comes from outside is bounded.
 */
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "relay-command.hpp"

namespace homeroom {

/** Milliseconds that only ever grow, since the board started. */
using MonotonicMs = std::uint64_t;

/** What the board sees of time. */
struct Now {
  MonotonicMs monotonicMs = 0;
  /** Nothing until the network told the time; then commands are judged by when they came alone. */
  std::optional<UtcMs> utcMs;
};

/** Drives the coils. */
class RelayOutputs {
 public:
  virtual void set(std::size_t channel, bool on) = 0;

 protected:
  ~RelayOutputs() = default;
};

enum class Verdict { followed, notUnderstood, retained, expired, repeated, noChannel, byHand };

/** @return the verdict in a word, for a log */
const char* nameOf(Verdict verdict);

constexpr std::size_t maxChannels = 16;
/** `homeroom/v1/relay/<relay>/command`, the NUL included; an id has 63 characters at most. */
constexpr std::size_t topicSize = 96;
/** The state of a full board, the NUL included. */
constexpr std::size_t stateSize = 48 + maxChannels * 80;
/** The will: what the broker says when the board is gone. */
constexpr const char* awayState = "{\"online\":false,\"channels\":[]}";

/** @return whether `relay` can be a relay's id: 3 to 63 of a-z, 0-9 and -, none of these at an end */
bool isRelayId(std::string_view relay);
/** Write the topic that ends with `leaf`, `state` or `command`. @return false when `relay` is no id */
bool writeTopic(std::string_view relay, std::string_view leaf, char (&topic)[topicSize]);

struct RelayBoardOptions {
  std::size_t channels = 1;
  std::uint32_t minimumOffMs = 5'000;
};

class RelayBoard {
 public:
  /** Switches every channel off. More channels than {@link maxChannels} are left out. */
  RelayBoard(const RelayBoardOptions& options, RelayOutputs& outputs);

  /** A message of the command topic came. */
  Verdict receive(std::string_view payload, bool isRetained, const Now& now);
  /** The button of a channel was pressed for a moment: switch it, by hand from now on. */
  void press(std::size_t channel, const Now& now);
  /** The button was held: commands are followed again; the channel stays as it is. */
  void letGo(std::size_t channel);
  /** Call it every few milliseconds: what is due is done. */
  void tick(const Now& now);

  bool isOn(std::size_t channel) const { return channel < count_ && channels_[channel].on; }
  /** @return whether something changed since it was asked last */
  bool takeChanged();
  /** Write what is published, retained, as `homeroom/v1/relay/<relay>/state`. */
  void writeState(const Now& now, char (&text)[stateSize]) const;

 private:
  struct Channel {
    bool on = false;
    bool byHand = false;
    MonotonicMs changedAt = 0;
    /** Since when it is off: at the start the board itself took the power from what hangs on it. */
    MonotonicMs offSince = 0;
    /** Asked for, but for its minimum time. */
    bool isOnDue = false;
    std::optional<MonotonicMs> pulseEndsAt;
    std::uint32_t duePulseMs = 0;
  };

  void want(std::size_t index, bool on, std::uint32_t pulseMs, MonotonicMs now);
  void become(std::size_t index, bool on, MonotonicMs now);
  bool mayGoOn(const Channel& channel, MonotonicMs now) const;
  bool isSeen(std::string_view id) const;
  void remember(std::string_view id);

  struct Id {
    std::uint8_t length = 0;
    std::array<char, maxIdLength> text{};
  };

  RelayOutputs& outputs_;
  std::size_t count_;
  std::uint32_t minimumOffMs_;
  std::array<Channel, maxChannels> channels_{};
  std::array<Id, 32> seen_{};
  std::size_t nextSeen_ = 0;
  bool hasChanged_ = true;
};

}  // namespace homeroom
