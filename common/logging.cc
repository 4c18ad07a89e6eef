#include "common/logging.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cmath>
#include <limits>
#include <mutex>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/utf8.h"

namespace treatywire {
namespace {

constexpr size_t kUsualLineBytes = 384;

std::atomic<Severity> minimum_severity{Severity::kInfo};

// Guards the sink and keeps lines whole. Never destroyed, so that threads may log while the process exits.
std::mutex& SinkMutex() {
  static auto* mutex = new std::mutex;
  return *mutex;
}

LogSink& CurrentSink() {
  static auto* sink = new LogSink;
  return *sink;
}

void WriteToStandardError(absl::string_view line) {
  while (!line.empty()) {
    const ssize_t written = write(STDERR_FILENO, line.data(), line.size());
    if (written < 0 && errno != EINTR) return;
    if (written > 0) line.remove_prefix(static_cast<size_t>(written));
  }
}

void AppendJsonCharacter(absl::string_view character, std::string& json) {
  switch (character[0]) {
    case '"':
      json += "\\\"";
      return;
    case '\\':
      json += "\\\\";
      return;
    case '\n':
      json += "\\n";
      return;
    case '\t':
      json += "\\t";
      return;
    default:
      break;
  }
  if (static_cast<unsigned char>(character[0]) < 0x20) {
    absl::StrAppendFormat(&json, "\\u%04x", character[0]);
  } else {
    absl::StrAppend(&json, character);
  }
}

// Whether `text` is the same within a JSON string: nearly all that is logged is.
bool IsPlain(absl::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

void AppendQuoted(absl::string_view text, std::string& json) {
  json += '"';
  if (IsPlain(text)) {
    absl::StrAppend(&json, text);
  } else {
    const std::string valid = ToValidUtf8(text);
    for (absl::string_view rest = valid; !rest.empty();) {
      const size_t length = Utf8CharacterLength(rest);
      AppendJsonCharacter(rest.substr(0, length), json);
      rest.remove_prefix(length);
    }
  }
  json += '"';
}

struct ValueToJson {
  std::string operator()(absl::string_view value) const { return JsonQuote(value); }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  // JSON has no infinity and no NaN.
  std::string operator()(double value) const { return std::isfinite(value) ? absl::StrCat(value) : "null"; }
  std::string operator()(int64_t value) const { return absl::StrCat(value); }
  std::string operator()(uint64_t value) const { return absl::StrCat(value); }
};

// "2025-03-01T10:15:04.123456Z". Each thread keeps the last second that it wrote: to find the day of a time
// takes as long as the rest of a line. In an array, which is there also while the process exits.
void AppendTime(absl::Time time, std::string& json) {
  struct Second {
    int64_t second = std::numeric_limits<int64_t>::min();
    size_t size = 0;
    char text[sizeof("-2147483648-01-01T00:00:00")];
  };
  thread_local Second kept;
  const int64_t second = absl::ToUnixSeconds(time);
  if (second != kept.second) {
    const std::string text =
        absl::FormatTime("%Y-%m-%dT%H:%M:%S", absl::FromUnixSeconds(second), absl::UTCTimeZone());
    kept.size = std::min(text.size(), sizeof(kept.text));
    std::copy_n(text.begin(), kept.size, kept.text);
    kept.second = second;
  }
  const int64_t micros = absl::ToInt64Microseconds(time - absl::FromUnixSeconds(second));
  absl::StrAppend(&json, absl::string_view(kept.text, kept.size), ".", absl::Dec(micros, absl::kZeroPad6),
                  "Z");
}

}  // namespace

absl::string_view SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kDebug:
      return "DEBUG";
    case Severity::kInfo:
      return "INFO";
    case Severity::kWarning:
      return "WARNING";
    case Severity::kError:
      return "ERROR";
  }
  return "ERROR";
}

absl::StatusOr<Severity> ParseSeverity(absl::string_view name) {
  for (const Severity severity : {Severity::kDebug, Severity::kInfo, Severity::kWarning, Severity::kError}) {
    if (absl::AsciiStrToUpper(name) == SeverityName(severity)) return severity;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("\"", name, "\" is no severity; there are debug, info, warning and error"));
}

std::string LogField::ValueAsJson() const { return std::visit(ValueToJson(), value_); }

std::string JsonQuote(absl::string_view text) {
  std::string json;
  AppendQuoted(text, json);
  return json;
}

std::string FormatLogRecord(absl::Time time, Severity severity, absl::string_view message,
                            std::initializer_list<LogField> fields) {
  std::string line;
  line.reserve(kUsualLineBytes);
  line += "{\"time\":\"";
  AppendTime(time, line);
  absl::StrAppend(&line, "\",\"severity\":\"", SeverityName(severity), "\",\"message\":");
  AppendQuoted(message, line);
  for (const LogField& field : fields) {
    line += ',';
    AppendQuoted(field.name(), line);
    line += ':';
    line += field.ValueAsJson();
  }
  line += "}\n";
  return line;
}

void Log(Severity severity, absl::string_view message, std::initializer_list<LogField> fields) {
  if (severity < minimum_severity.load(std::memory_order_relaxed)) return;
  const std::string line = FormatLogRecord(absl::Now(), severity, message, fields);
  const std::lock_guard lock(SinkMutex());
  if (CurrentSink()) {
    CurrentSink()(line);
  } else {
    WriteToStandardError(line);
  }
}

void SetMinimumSeverity(Severity severity) { minimum_severity.store(severity, std::memory_order_relaxed); }

void SetLogSink(LogSink sink) {
  const std::lock_guard lock(SinkMutex());
  CurrentSink() = std::move(sink);
}

}  // namespace treatywire
