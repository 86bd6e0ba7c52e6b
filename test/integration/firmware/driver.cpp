/** Lets a test speak to the firmware's core: a command on each line of standard input, its answer's lines ended by a dot. */
#include <cstdio>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>

#include "button.hpp"
#include "relay-board.hpp"

namespace {

class ToldOutputs final : public homeroom::RelayOutputs {
 public:
  void set(std::size_t channel, bool on) override { std::printf("set %zu %s\n", channel, on ? "on" : "off"); }
};

std::string fromHex(const std::string& hex) {
  std::string bytes;
  for (std::size_t at = 0; at + 1 < hex.size(); at += 2)
    bytes.push_back(static_cast<char>(std::stoi(hex.substr(at, 2), nullptr, 16)));
  return bytes;
}

}  // namespace

int main() {
  ToldOutputs outputs;
  std::unique_ptr<homeroom::RelayBoard> board;
  homeroom::Button button;
  homeroom::Now now;
  std::string line;
  while (std::getline(std::cin, line)) {
    std::istringstream words(line);
    std::string command;
    words >> command;
    std::size_t channel = 0;
    if (command == "board") {
      homeroom::RelayBoardOptions options;
      words >> options.channels >> options.minimumOffMs;
      board = std::make_unique<homeroom::RelayBoard>(options, outputs);
    } else if (command == "at") {
      std::string utc;
      words >> now.monotonicMs >> utc;
      now.utcMs.reset();
      if (utc != "-") now.utcMs = std::stoll(utc);
      if (board) board->tick(now);
    } else if (command == "receive") {
      bool isRetained = false;
      std::string hex;
      words >> isRetained >> hex;
      // Exactly so many bytes on the heap, so that a look behind them is found out.
      const std::string text = fromHex(hex);
      const std::unique_ptr<char[]> payload(new char[text.size()]);
      text.copy(payload.get(), text.size());
      std::puts(nameOf(board->receive({payload.get(), text.size()}, isRetained, now)));
    } else if (command == "press" && words >> channel) {
      board->press(channel, now);
    } else if (command == "let-go" && words >> channel) {
      board->letGo(channel);
    } else if (command == "button") {
      bool isDown = false;
      words >> isDown;
      const auto event = button.look(isDown, now.monotonicMs);
      if (event == homeroom::Button::Event::pressed) std::puts("pressed");
      if (event == homeroom::Button::Event::held) std::puts("held");
    } else if (command == "changed") {
      std::puts(board->takeChanged() ? "yes" : "no");
    } else if (command == "state") {
      char text[homeroom::stateSize];
      board->writeState(now, text);
      std::puts(text);
    } else if (command == "away") {
      std::puts(homeroom::awayState);
    } else if (command == "topic") {
      std::string relay, leaf;
      words >> relay >> leaf;
      char topic[homeroom::topicSize];
      std::puts(homeroom::writeTopic(relay, leaf, topic) ? topic : "none");
    } else if (command == "utc") {
      std::string text;
      words >> text;
      const auto time = homeroom::parseUtc(text);
      char written[homeroom::utcTextSize];
      if (time) homeroom::writeUtc(*time, written);
      std::puts(time ? written : "none");
    }
    std::puts(".");
  }
}
