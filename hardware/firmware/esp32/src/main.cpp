/** The relay board on an ESP32-S3 with a W5500. Everything that can be wrong without hardware is in ../core, and tested. */
#include <Arduino.h>
#include <ETH.h>
#include <sys/time.h>

#include <array>

#include "board-pins.hpp"
#include "broker-link.hpp"
#include "button.hpp"
#include "relay-board.hpp"
#include "settings.hpp"

using namespace homeroom;

namespace {

constexpr std::uint32_t minimumOffMs = 5'000;
constexpr std::uint32_t lookMs = 5;
/** Before it, the clock was not set yet. */
constexpr time_t firstTime = 1'700'000'000;

class Relays final : public RelayOutputs {
 public:
  void set(std::size_t channel, bool on) override {
    digitalWrite(channelPins[channel].relay, on != relaysCloseLow ? HIGH : LOW);
  }
};

Now now() {
  Now found;
  found.monotonicMs = static_cast<MonotonicMs>(esp_timer_get_time()) / 1'000;
  timeval time = {};
  gettimeofday(&time, nullptr);
  if (time.tv_sec > firstTime) found.utcMs = static_cast<UtcMs>(time.tv_sec) * 1'000 + time.tv_usec / 1'000;
  return found;
}

Relays relays;
Settings settings;
Console console{settings};
RelayBoard* board = nullptr;
BrokerLink* broker = nullptr;
std::array<Button, channelPins.size()> buttons;

void lookAtButtons(const Now& time) {
  for (std::size_t channel = 0; channel < buttons.size(); ++channel) {
    const bool isDown = digitalRead(channelPins[channel].button) == LOW;
    const Button::Event event = buttons[channel].look(isDown, time.monotonicMs);
    if (event == Button::Event::pressed) board->press(channel, time);
    if (event == Button::Event::held) board->letGo(channel);
  }
}

void followBroker(const Now& time) {
  static Heard heard;
  while (broker->take(heard)) {
    const Verdict verdict = board->receive({heard.payload, heard.length}, heard.isRetained, time);
    Serial.printf("command: %s\n", nameOf(verdict));
  }
  static char state[stateSize];
  const bool hasChanged = board->takeChanged();
  if (!broker->takeConnected() && !hasChanged) return;
  board->writeState(time, state);
  broker->tell(state);
}

}  // namespace

void setup() {
  // The level before the direction: no relay clicks at the start.
  for (std::size_t channel = 0; channel < channelPins.size(); ++channel) {
    relays.set(channel, false);
    pinMode(channelPins[channel].relay, OUTPUT);
    pinMode(channelPins[channel].button, INPUT_PULLUP);
  }
  static RelayBoard theBoard{{channelPins.size(), minimumOffMs}, relays};
  board = &theBoard;
  Serial.begin(115'200);
  settings = loadSettings();
  ETH.begin(ETH_PHY_W5500, 1, ethernetCs, ethernetIrq, ethernetReset, SPI2_HOST, ethernetClock, ethernetMiso,
            ethernetMosi);
  configTime(0, 0, settings.host.isEmpty() ? "pool.ntp.org" : settings.host.c_str(), "pool.ntp.org");
  if (settings.isWhole()) {
    static const Settings kept = settings;
    static BrokerLink link{kept};
    broker = &link;
    broker->start();
  } else {
    Serial.println("not set up yet: type help");
  }
  // A loop that hangs restarts the board, and with that everything is off.
  enableLoopWDT();
}

void loop() {
  const Now time = now();
  console.poll();
  lookAtButtons(time);
  board->tick(time);
  if (broker != nullptr) followBroker(time);
  delay(lookMs);
}
