#include "relay-board.hpp"

#include <algorithm>
#include <cstdio>

namespace homeroom {
namespace {

/** Clocks of one school agree within this much when the network tells the time. */
constexpr std::int64_t maxClockSkewMs = 5'000;

bool isIdCharacter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool isExpired(const RelayCommand& command, const Now& now) {
  return now.utcMs && *now.utcMs - command.issuedAt - maxClockSkewMs >= static_cast<std::int64_t>(command.ttlMs);
}

}  // namespace

const char* nameOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::followed: return "followed";
    case Verdict::notUnderstood: return "not-understood";
    case Verdict::retained: return "retained";
    case Verdict::expired: return "expired";
    case Verdict::repeated: return "repeated";
    case Verdict::noChannel: return "no-channel";
    case Verdict::byHand: return "by-hand";
  }
  return "";
}

bool isRelayId(std::string_view relay) {
  if (relay.size() < 3 || relay.size() > 63) return false;
  if (!isIdCharacter(relay.front()) || !isIdCharacter(relay.back())) return false;
  return std::all_of(relay.begin(), relay.end(), [](char c) { return isIdCharacter(c) || c == '-'; });
}

bool writeTopic(std::string_view relay, std::string_view leaf, char (&topic)[topicSize]) {
  if (!isRelayId(relay)) return false;
  const int length = std::snprintf(topic, topicSize, "homeroom/v1/relay/%.*s/%.*s", static_cast<int>(relay.size()),
                                   relay.data(), static_cast<int>(leaf.size()), leaf.data());
  return length > 0 && static_cast<std::size_t>(length) < topicSize;
}

RelayBoard::RelayBoard(const RelayBoardOptions& options, RelayOutputs& outputs)
    : outputs_(outputs), count_(std::min(options.channels, maxChannels)), minimumOffMs_(options.minimumOffMs) {
  for (std::size_t index = 0; index < count_; ++index) outputs_.set(index, false);
}

Verdict RelayBoard::receive(std::string_view payload, bool isRetained, const Now& now) {
  const std::optional<RelayCommand> command = parseRelayCommand(payload);
  if (!command) return Verdict::notUnderstood;
  if (isRetained) return Verdict::retained;
  if (isExpired(*command, now)) return Verdict::expired;
  if (isSeen(command->id)) return Verdict::repeated;
  if (command->channel >= count_) return Verdict::noChannel;
  remember(command->id);
  // Whoever asked hears how it is, also when nothing changes.
  hasChanged_ = true;
  if (channels_[command->channel].byHand) return Verdict::byHand;
  want(command->channel, command->on, command->pulseMs.value_or(0), now.monotonicMs);
  return Verdict::followed;
}

void RelayBoard::press(std::size_t channel, const Now& now) {
  if (channel >= count_) return;
  channels_[channel].byHand = true;
  hasChanged_ = true;
  const bool isWantedOn = channels_[channel].on || channels_[channel].isOnDue;
  want(channel, !isWantedOn, 0, now.monotonicMs);
}

void RelayBoard::letGo(std::size_t channel) {
  if (channel >= count_ || !channels_[channel].byHand) return;
  channels_[channel].byHand = false;
  hasChanged_ = true;
}

void RelayBoard::tick(const Now& now) {
  for (std::size_t index = 0; index < count_; ++index) {
    Channel& channel = channels_[index];
    if (channel.pulseEndsAt && now.monotonicMs >= *channel.pulseEndsAt) want(index, !channel.on, 0, now.monotonicMs);
    if (channel.isOnDue && mayGoOn(channel, now.monotonicMs))
      want(index, true, channel.duePulseMs, now.monotonicMs);
  }
}

bool RelayBoard::takeChanged() {
  const bool hadChanged = hasChanged_;
  hasChanged_ = false;
  return hadChanged;
}

void RelayBoard::writeState(const Now& now, char (&text)[stateSize]) const {
  std::size_t at = static_cast<std::size_t>(std::snprintf(text, stateSize, "{\"online\":true,\"channels\":["));
  for (std::size_t index = 0; index < count_; ++index) {
    const Channel& channel = channels_[index];
    // While the time is not known, the board's start counts as 1970: it is told right with the next state.
    const UtcMs start = now.utcMs ? *now.utcMs - static_cast<UtcMs>(now.monotonicMs) : 0;
    char since[utcTextSize];
    writeUtc(start + static_cast<UtcMs>(channel.changedAt), since);
    at += static_cast<std::size_t>(std::snprintf(text + at, stateSize - at, "%s{\"on\":%s,\"since\":\"%s\"%s}",
                                                 index == 0 ? "" : ",", channel.on ? "true" : "false", since,
                                                 channel.byHand ? ",\"byHand\":true" : ""));
  }
  std::snprintf(text + at, stateSize - at, "]}");
}

/** The newest wish replaces whatever was still due. */
void RelayBoard::want(std::size_t index, bool on, std::uint32_t pulseMs, MonotonicMs now) {
  Channel& channel = channels_[index];
  channel.pulseEndsAt.reset();
  channel.isOnDue = on && !channel.on && !mayGoOn(channel, now);
  channel.duePulseMs = pulseMs;
  if (channel.isOnDue) return;
  become(index, on, now);
  if (pulseMs > 0) channel.pulseEndsAt = now + pulseMs;
}

void RelayBoard::become(std::size_t index, bool on, MonotonicMs now) {
  Channel& channel = channels_[index];
  if (channel.on == on) return;
  outputs_.set(index, on);
  channel.on = on;
  channel.changedAt = now;
  if (!on) channel.offSince = now;
  hasChanged_ = true;
}

bool RelayBoard::mayGoOn(const Channel& channel, MonotonicMs now) const {
  return now - channel.offSince >= minimumOffMs_;
}

bool RelayBoard::isSeen(std::string_view id) const {
  return std::any_of(seen_.begin(), seen_.end(), [id](const Id& seen) {
    return std::string_view(seen.text.data(), seen.length) == id;
  });
}

void RelayBoard::remember(std::string_view id) {
  Id& seen = seen_[nextSeen_];
  seen.length = static_cast<std::uint8_t>(id.size());
  std::copy(id.begin(), id.end(), seen.text.begin());
  nextSeen_ = (nextSeen_ + 1) % seen_.size();
}

}  // namespace homeroom
