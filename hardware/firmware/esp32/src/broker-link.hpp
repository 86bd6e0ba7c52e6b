#pragma once
/**
 * The board's link to the broker: ESP-IDF's client, because it tells retained messages from fresh ones, publishes with
 * QoS 1, and comes back by itself. It works in a task of its own; what it hears waits in a bounded queue for the loop.
 */
#include <freertos/FreeRTOS.h>
#include <freertos/queue.h>
#include <mqtt_client.h>

#include <atomic>
#include <cstdint>

#include "relay-board.hpp"
#include "settings.hpp"

namespace homeroom {

/** A command as it came. */
struct Heard {
  bool isRetained;
  std::uint16_t length;
  char payload[1'024];
};

class BrokerLink {
 public:
  /** @param settings whole, and unchanged from then on */
  explicit BrokerLink(const Settings& settings) : settings_(settings) {}
  void start();
  /** @return whether a command was waiting, and is in `heard` now */
  bool take(Heard& heard);
  /** @return whether the state has to be told anew: the connection is fresh */
  bool takeConnected() { return isFresh_.exchange(false); }
  /** Publish the board's state. Without a connection it is told with the next one. */
  void tell(const char* state);

 private:
  static void onEvent(void* self, esp_event_base_t base, std::int32_t id, void* data);
  void hear(const esp_mqtt_event_t& event);

  const Settings& settings_;
  String username_;
  char stateTopic_[topicSize] = {};
  char commandTopic_[topicSize] = {};
  QueueHandle_t heard_ = nullptr;
  esp_mqtt_client_handle_t client_ = nullptr;
  std::atomic<bool> isFresh_{false};
  std::atomic<bool> isConnected_{false};
};

}  // namespace homeroom
