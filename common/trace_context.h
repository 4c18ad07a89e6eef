// W3C trace context (https://www.w3.org/TR/trace-context/): to which trace a request belongs.
//
//   const TraceContext trace = ParseTraceparent(header).value_or(NewTrace());
//   context.AddMetadata("traceparent", NewSpan(trace).Header());
//
// All functions may be called from any thread.
#ifndef TREATYWIRE_COMMON_TRACE_CONTEXT_H_
#define TREATYWIRE_COMMON_TRACE_CONTEXT_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace treatywire {

struct TraceContext {
  std::string trace_id;  // 32 hexadecimal digits, not all 0
  std::string span_id;   // 16, not all 0: of the request itself
  bool sampled = false;  // whether somebody records the trace, so that each step of it is worth a log line

  // "00-TRACE-SPAN-01"
  std::string Header() const;
};

// Of a traceparent header; nullopt where it is none. Later versions, which may say more, are read as this
// one.
std::optional<TraceContext> ParseTraceparent(absl::string_view traceparent);

// A trace of its own, not sampled.
TraceContext NewTrace();
// A request made on behalf of `trace`: the same trace, with a span of its own.
TraceContext NewSpan(const TraceContext& trace);

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_TRACE_CONTEXT_H_
