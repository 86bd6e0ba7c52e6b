#include "settings.hpp"

#include <Preferences.h>

#include "relay-board.hpp"

namespace homeroom {
namespace {

constexpr const char* place = "homeroom";
/** Longer than any line of a certificate. */
constexpr unsigned maxLine = 256;
constexpr unsigned maxCa = 4'000;

void keep(const char* name, const String& value) {
  Preferences flash;
  flash.begin(place, false);
  flash.putString(name, value);
  flash.end();
}

}  // namespace

bool Settings::isWhole() const {
  return isRelayId({relay.c_str(), relay.length()}) && !host.isEmpty() && !password.isEmpty() && !caPem.isEmpty();
}

Settings loadSettings() {
  Preferences flash;
  flash.begin(place, true);
  Settings settings;
  settings.relay = flash.getString("relay", "");
  settings.host = flash.getString("host", "");
  settings.port = static_cast<std::uint16_t>(flash.getString("port", "8883").toInt());
  settings.password = flash.getString("password", "");
  settings.caPem = flash.getString("ca", "");
  flash.end();
  return settings;
}

void Console::poll() {
  while (Serial.available() > 0) {
    const char c = static_cast<char>(Serial.read());
    if (c == '\n') {
      line_.trim();
      take(line_);
      line_ = "";
    } else if (line_.length() < maxLine) {
      line_ += c;
    }
  }
}

void Console::take(const String& line) {
  if (isReadingCa_) {
    if (line == ".") {
      isReadingCa_ = false;
      keep("ca", settings_.caPem);
      Serial.println("kept");
    } else if (settings_.caPem.length() < maxCa) {
      settings_.caPem += line + "\n";
    }
    return;
  }
  const int blank = line.indexOf(' ');
  const String name = blank < 0 ? line : line.substring(0, blank);
  set(name, blank < 0 ? String() : line.substring(blank + 1));
}

void Console::set(const String& name, const String& value) {
  if (name == "relay" || name == "host" || name == "port" || name == "password") {
    keep(name.c_str(), value);
    Serial.println("kept; restart makes it count");
  } else if (name == "ca") {
    settings_.caPem = "";
    isReadingCa_ = true;
    Serial.println("paste the certificate, then a line with a dot");
  } else if (name == "show") {
    // The password stays inside.
    Serial.printf("relay %s\nhost %s\nport %u\npassword %s\nca %s\n", settings_.relay.c_str(), settings_.host.c_str(),
                  settings_.port, settings_.password.isEmpty() ? "missing" : "kept",
                  settings_.caPem.isEmpty() ? "missing" : "kept");
  } else if (name == "restart") {
    ESP.restart();
  } else if (!name.isEmpty()) {
    Serial.println("relay <id> | host <address> | port <number> | password <password> | ca | show | restart");
  }
}

}  // namespace homeroom
