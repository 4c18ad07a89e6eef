// Structured logs: one JSON object a line on standard error.
//
//   Log(Severity::kWarning, "delivery stream broken", {{"code", "UNAVAILABLE"}, {"unacknowledged", 12}});
//   {"time":"2025-03-01T10:15:04.123456Z","severity":"WARNING","message":"delivery stream broken",...}
//
// The message is a constant sentence that can be searched for; what varies goes into fields. Articles' text
// is never logged. Lines are whole: a record is written with one write(2) under a lock, from any thread.
#ifndef TREATYWIRE_COMMON_LOGGING_H_
#define TREATYWIRE_COMMON_LOGGING_H_

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <type_traits>
#include <variant>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace treatywire {

enum class Severity : uint8_t { kDebug, kInfo, kWarning, kError };

// "DEBUG", "INFO", "WARNING", "ERROR".
absl::string_view SeverityName(Severity severity);
// The severity of that name, in any letter case. INVALID_ARGUMENT for another name.
absl::StatusOr<Severity> ParseSeverity(absl::string_view name);

// A named value. Names are snake_case with the unit at the end ("delay_seconds") and none of time, severity,
// message. A view is read before Log returns.
class LogField {
 public:
  LogField(absl::string_view name, absl::string_view value) : name_(name), value_(value) {}
  LogField(absl::string_view name, const char* value) : name_(name), value_(absl::string_view(value)) {}
  LogField(absl::string_view name, const std::string& value)
      : name_(name), value_(absl::string_view(value)) {}
  LogField(absl::string_view name, bool value) : name_(name), value_(value) {}
  LogField(absl::string_view name, double value) : name_(name), value_(value) {}
  template <typename Integer, typename = std::enable_if_t<std::is_integral_v<Integer>>>
  LogField(absl::string_view name, Integer value) : name_(name), value_(Widen(value)) {}

  absl::string_view name() const { return name_; }
  // The value as JSON.
  std::string ValueAsJson() const;

 private:
  using Value = std::variant<absl::string_view, bool, double, int64_t, uint64_t>;

  template <typename Integer>
  static Value Widen(Integer value) {
    if constexpr (std::is_signed_v<Integer>) {
      return static_cast<int64_t>(value);
    } else {
      return static_cast<uint64_t>(value);
    }
  }

  absl::string_view name_;
  Value value_;
};

// Writes one record, if `severity` is not below the minimum. Never fails: where standard error cannot be
// written the record is lost.
void Log(Severity severity, absl::string_view message, std::initializer_list<LogField> fields = {});

// kInfo at the start.
void SetMinimumSeverity(Severity severity);

// Where lines go instead of standard error, for tests; called under a lock, one line with its newline at a
// time. nullptr brings standard error back.
using LogSink = std::function<void(absl::string_view line)>;
void SetLogSink(LogSink sink);

// The line of one record. What Log does, without the clock.
std::string FormatLogRecord(absl::Time time, Severity severity, absl::string_view message,
                            std::initializer_list<LogField> fields);

// `text` as a JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD.
std::string JsonQuote(absl::string_view text);

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_LOGGING_H_
