#include "common/trace_context.h"

#include <cstdint>
#include <random>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

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
  return TraceContext{std::string(trace_id), std::string(span_id), (flags & 1) != 0};
}

TraceContext NewTrace() { return {RandomId() + RandomId(), RandomId(), false}; }

TraceContext NewSpan(const TraceContext& trace) { return {trace.trace_id, RandomId(), trace.sampled}; }

}  // namespace treatywire
