#pragma once
/** What a board must know, kept in its flash and told by the USB serial console, once. */
#include <Arduino.h>

namespace homeroom {

struct Settings {
  String relay;
  String host;
  std::uint16_t port = 8883;
  String password;
  /** The controller's CA, PEM: nobody else is trusted. */
  String caPem;

  bool isWhole() const;
};

Settings loadSettings();

/** Reads the console and changes the settings; a board whose settings are not whole does nothing else. */
class Console {
 public:
  explicit Console(Settings& settings) : settings_(settings) {}
  /** Take what was typed since the last call. */
  void poll();

 private:
  void take(const String& line);
  void set(const String& name, const String& value);

  Settings& settings_;
  String line_;
  bool isReadingCa_ = false;
};

}  // namespace homeroom
