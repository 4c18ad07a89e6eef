// W3C trace context (https://www.w3.org/TR/trace-context/): to which trace a request belongs.
//
//   const TraceContext trace = ParseTrace(traceparent, tracestate).value_or(NewTrace());
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
  std::string state =
      {};  // what tracing systems of others have to say of it (tracestate); passed on unchanged

  // "00-TRACE-SPAN-01"
  std::string Header() const;
};

// A trace as it travels; both empty where there is none.
struct TraceHeaders {
  std::string traceparent;
  std::string tracestate;
};

// Of a traceparent header; nullopt where it is none. Later versions, which may say more, are read as this
// one.
std::optional<TraceContext> ParseTraceparent(absl::string_view traceparent);

// Whether `tracestate` is a list of at most 32 members and 512 characters, as the standard has it; one that
// is not is to be dropped.
bool IsTracestate(absl::string_view tracestate);

// The trace of both headers; nullopt where traceparent is none. A tracestate that is none is left out.
std::optional<TraceContext> ParseTrace(absl::string_view traceparent, absl::string_view tracestate);

// A trace of its own, not sampled.
TraceContext NewTrace();
// A request made on behalf of `trace`: the same trace, with a span of its own.
TraceContext NewSpan(const TraceContext& trace);
// The headers of such a request; empty where there is no trace.
TraceHeaders NewSpanHeaders(const std::optional<TraceContext>& trace);

}  // namespace treatywire

#endif  // TREATYWIRE_COMMON_TRACE_CONTEXT_H_
