#include "broker-link.hpp"

#include <cstring>

namespace homeroom {
namespace {

constexpr int waitingCommands = 8;
constexpr int keepaliveS = 15;
constexpr int reconnectMs = 2'000;
constexpr int bufferBytes = 2'048;

}  // namespace

void BrokerLink::start() {
  username_ = "relay-" + settings_.relay;
  const std::string_view relay{settings_.relay.c_str(), settings_.relay.length()};
  writeTopic(relay, "state", stateTopic_);
  writeTopic(relay, "command", commandTopic_);
  heard_ = xQueueCreate(waitingCommands, sizeof(Heard));
  esp_mqtt_client_config_t config = {};
  config.broker.address.hostname = settings_.host.c_str();
  config.broker.address.port = settings_.port;
  config.broker.address.transport = MQTT_TRANSPORT_OVER_SSL;
  config.broker.verification.certificate = settings_.caPem.c_str();
  // The CA signs for this controller alone, and a school's server is reached by whatever address the network gives it.
  config.broker.verification.skip_cert_common_name_check = true;
  config.credentials.username = username_.c_str();
  config.credentials.client_id = username_.c_str();
  config.credentials.authentication.password = settings_.password.c_str();
  config.session.last_will.topic = stateTopic_;
  config.session.last_will.msg = awayState;
  config.session.last_will.qos = 1;
  config.session.last_will.retain = 1;
  config.session.keepalive = keepaliveS;
  config.network.reconnect_timeout_ms = reconnectMs;
  config.buffer.size = bufferBytes;
  config.buffer.out_size = bufferBytes;
  client_ = esp_mqtt_client_init(&config);
  esp_mqtt_client_register_event(client_, MQTT_EVENT_ANY, &BrokerLink::onEvent, this);
  esp_mqtt_client_start(client_);
}

bool BrokerLink::take(Heard& heard) { return xQueueReceive(heard_, &heard, 0) == pdTRUE; }

void BrokerLink::tell(const char* state) {
  if (!isConnected_) return;
  // Queued, so that a slow network does not hold the loop.
  esp_mqtt_client_enqueue(client_, stateTopic_, state, 0, 1, 1, true);
}

void BrokerLink::onEvent(void* self, esp_event_base_t, std::int32_t id, void* data) {
  BrokerLink& link = *static_cast<BrokerLink*>(self);
  switch (static_cast<esp_mqtt_event_id_t>(id)) {
    case MQTT_EVENT_CONNECTED:
      link.isConnected_ = true;
      esp_mqtt_client_subscribe_single(link.client_, link.commandTopic_, 1);
      link.isFresh_ = true;
      break;
    case MQTT_EVENT_DISCONNECTED:
      link.isConnected_ = false;
      break;
    case MQTT_EVENT_DATA:
      link.hear(*static_cast<const esp_mqtt_event_t*>(data));
      break;
    default:
      break;
  }
}

/** What does not fit, or comes in pieces, is no command. */
void BrokerLink::hear(const esp_mqtt_event_t& event) {
  Heard heard = {};
  if (event.data_len != event.total_data_len || event.data_len > static_cast<int>(sizeof heard.payload)) return;
  heard.isRetained = event.retain;
  heard.length = static_cast<std::uint16_t>(event.data_len);
  std::memcpy(heard.payload, event.data, heard.length);
  // A full queue drops it: whoever sent it hears nothing, and asks again.
  xQueueSend(heard_, &heard, 0);
}

}  // namespace homeroom
