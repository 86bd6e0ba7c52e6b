#pragma once
/** Where everything is wired; change it for another board. README.md has the drawing. */
#include <array>
#include <cstdint>

namespace homeroom {

struct ChannelPins {
  std::uint8_t relay;
  /** To ground; pulled up inside. */
  std::uint8_t button;
};

constexpr std::array<ChannelPins, 4> channelPins{{{4, 15}, {5, 16}, {6, 17}, {7, 18}}};
/** Most boards with opto-couplers close their relays on a low level. */
constexpr bool relaysCloseLow = false;

/** The W5500 as LilyGO's T-ETH-Lite S3 has it. */
constexpr int ethernetCs = 9;
constexpr int ethernetIrq = 13;
constexpr int ethernetReset = 14;
constexpr int ethernetClock = 10;
constexpr int ethernetMiso = 11;
constexpr int ethernetMosi = 12;

}  // namespace homeroom
