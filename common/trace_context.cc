#include "common/trace_context.h"

#include <cstdint>
#include <random>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace treatywire {
namespace {

// "00-" 32 digits "-" 16 digits "-" 2 digits; later versions may go on after another "-".
constexpr size_t kTraceIdAt = 3;
constexpr size_t kTraceIdDigits = 32;
constexpr size_t kSpanIdAt = kTraceIdAt + kTraceIdDigits + 1;
constexpr size_t kSpanIdDigits = 16;
constexpr size_t kFlagsAt = kSpanIdAt + kSpanIdDigits + 1;
constexpr size_t kSize = kFlagsAt + 2;

bool HasForm(absl::string_view traceparent) {
  if (traceparent.size() < kSize || (traceparent.size() > kSize && traceparent[kSize] != '-')) return false;
  for (size_t i = 0; i < kSize; ++i) {
    const bool dash = i == kTraceIdAt - 1 || i == kSpanIdAt - 1 || i == kFlagsAt - 1;
    const char c = traceparent[i];
    const bool digit = absl::ascii_isdigit(static_cast<unsigned char>(c)) || (c >= 'a' && c <= 'f');
    if (dash ? c != '-' : !digit) return false;
  }
  return true;
}

bool IsZero(absl::string_view id) { return id.find_first_not_of('0') == absl::string_view::npos; }

// 16 digits, not all 0. Such ids need to be different, not to be secret.
std::string RandomId() {
  thread_local std::mt19937_64 random{std::random_device()()};
  return absl::StrCat(absl::Hex(random() | 1, absl::kZeroPad16));
}

constexpr size_t kMaxStateCharacters = 512;
constexpr size_t kMaxStateMembers = 32;
constexpr size_t kMaxStateKey = 256;
constexpr size_t kMaxStateValue = 256;

// "vendor" or "tenant@vendor".
bool IsStateKey(absl::string_view key) {
  if (key.empty() || key.size() > kMaxStateKey) return false;
  const size_t at = key.find('@');
  const bool has_tenant = at != absl::string_view::npos;
  if (has_tenant && (at == 0 || at + 1 == key.size())) return false;
  for (size_t i = 0; i < key.size(); ++i) {
    const auto c = static_cast<unsigned char>(key[i]);
    if (has_tenant && i == at) continue;
    const bool starts = i == 0 || (has_tenant && i == at + 1);
    const bool digit_may_start = has_tenant && i == 0;
    if (absl::ascii_islower(c) || (absl::ascii_isdigit(c) && (!starts || digit_may_start))) continue;
    if (starts || absl::string_view("_-*/").find(key[i]) == absl::string_view::npos) return false;
  }
  return true;
}

bool IsStateValue(absl::string_view value) {
  if (value.size() > kMaxStateValue) return false;
  for (const char c : value) {
    if (c < ' ' || c > '~' || c == ',' || c == '=') return false;
  }
  return value.empty() || value.back() != ' ';
}

}  // namespace

std::string TraceContext::Header() const {
  return absl::StrCat("00-", trace_id, "-", span_id, sampled ? "-01" : "-00");
}

std::optional<TraceContext> ParseTraceparent(absl::string_view traceparent) {
  if (!HasForm(traceparent) || traceparent.substr(0, 2) == "ff") return std::nullopt;
  const absl::string_view trace_id = traceparent.substr(kTraceIdAt, kTraceIdDigits);
  const absl::string_view span_id = traceparent.substr(kSpanIdAt, kSpanIdDigits);
  if (IsZero(trace_id) || IsZero(span_id)) return std::nullopt;
  const char last_flags = traceparent[kFlagsAt + 1];
  const int flags =
      absl::ascii_isdigit(static_cast<unsigned char>(last_flags)) ? last_flags - '0' : last_flags - 'a' + 10;
  return TraceContext{std::string(trace_id), std::string(span_id), (flags & 1) != 0, {}};
}

bool IsTracestate(absl::string_view tracestate) {
  if (tracestate.size() > kMaxStateCharacters) return false;
  std::set<absl::string_view> keys;
  size_t members = 0;
  for (absl::string_view member : absl::StrSplit(tracestate, ',')) {
    member = absl::StripAsciiWhitespace(member);
    if (++members > kMaxStateMembers) return false;
    if (member.empty()) continue;  // the standard allows for those
    const size_t equals = member.find('=');
    if (equals == absl::string_view::npos || !IsStateKey(member.substr(0, equals)) ||
        !IsStateValue(member.substr(equals + 1)) || !keys.insert(member.substr(0, equals)).second) {
      return false;
    }
  }
  return !keys.empty();
}

std::optional<TraceContext> ParseTrace(absl::string_view traceparent, absl::string_view tracestate) {
  std::optional<TraceContext> trace = ParseTraceparent(traceparent);
  if (trace.has_value() && IsTracestate(tracestate)) trace->state = std::string(tracestate);
  return trace;
}

TraceContext NewTrace() { return {RandomId() + RandomId(), RandomId(), false, {}}; }

TraceContext NewSpan(const TraceContext& trace) {
  return {trace.trace_id, RandomId(), trace.sampled, trace.state};
}

TraceHeaders NewSpanHeaders(const std::optional<TraceContext>& trace) {
  return trace.has_value() ? TraceHeaders{NewSpan(*trace).Header(), trace->state} : TraceHeaders{};
}

}  // namespace treatywire
