// treatywire: the record at the command line.
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/client_interceptor.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "common/trace_propagation.h"
#include "tools/treatywire/command_line.h"
#include "tools/treatywire/interrupts.h"

namespace treatywire::tools {
namespace {

// A read is tried again where a service is just being restarted; gRPC keeps to the call's time limit.
// CANCELLED is what a server answers that is shutting down (call.h). Methods of IngestService have their own
// way to try again (ingestion.h).
constexpr char kServiceConfig[] = R"json({
  "methodConfig": [{
    "name": [{"service": "treatywire.v1.AgreementService"}, {"service": "treatywire.v1.PartyService"},
             {"service": "treatywire.v1.ArticleService"},
             {"service": "treatywire.v1.TimelineService", "method": "GetTimeline"},
             {"service": "treatywire.v1.TimelineService", "method": "ListEvents"}],
    "retryPolicy": {"maxAttempts": 4, "initialBackoff": "0.2s", "maxBackoff": "2s", "backoffMultiplier": 2,
                    "retryableStatusCodes": ["UNAVAILABLE", "CANCELLED"]}
  }]
})json";

// The caller's, where the environment names one, as OpenTelemetry's tools have it; else a trace of its own.
const TraceContext& TraceOfThisRun() {
  static const TraceContext trace = [] {
    const char* traceparent = std::getenv("TRACEPARENT");
    const char* tracestate = std::getenv("TRACESTATE");
    return ParseTrace(traceparent != nullptr ? traceparent : "", tracestate != nullptr ? tracestate : "")
        .value_or(NewTrace());
  }();
  return trace;
}

std::shared_ptr<grpc::Channel> Connect(const std::string& target, const Transport& transport) {
  grpc::ChannelArguments arguments;
  arguments.SetServiceConfigJSON(kServiceConfig);
  arguments.SetMaxReceiveMessageSize(64 << 20);
  if (!transport.tls_name.empty()) arguments.SetSslTargetNameOverride(transport.tls_name);
  return grpc::experimental::CreateCustomChannelWithInterceptors(
      target, transport.credentials != nullptr ? transport.credentials : grpc::InsecureChannelCredentials(),
      arguments, SendTrace(TraceOfThisRun()));
}

int TerminalWidth() {
  winsize size = {};
  return isatty(STDOUT_FILENO) != 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

int Main(int argc, char** argv) {
  Interrupts interrupts;
  Environment environment;
  environment.in = &std::cin;
  environment.out = &std::cout;
  environment.err = &std::cerr;
  environment.terminal_width = TerminalWidth();
  environment.shows_progress = isatty(STDERR_FILENO) != 0;
  environment.connect = Connect;
  environment.wait = [&interrupts](absl::Duration duration) { return interrupts.Wait(duration); };
  environment.on_interrupt = [&interrupts](std::function<void()> cancel) {
    interrupts.OnInterrupt(std::move(cancel));
  };
  return static_cast<int>(RunCommandLine({argv + 1, argv + argc}, environment));
}

}  // namespace
}  // namespace treatywire::tools

int main(int argc, char** argv) { return argc > 0 ? treatywire::tools::Main(argc, argv) : 2; }
