#include <memory>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/monotonic_clock.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "tools/treatywire/call.h"
#include "tools/treatywire/commands.h"
#include "tools/treatywire/enum_words.h"
#include "tools/treatywire/error_text.h"
#include "tools/treatywire/options.h"
#include "tools/treatywire/table.h"
#include "treatywire/v1/agreement_service.grpc.pb.h"
#include "treatywire/v1/ingest_service.grpc.pb.h"

namespace treatywire::tools {
namespace {

namespace health = grpc::health::v1;
namespace v1 = treatywire::v1;

struct HealthOptions {
  absl::Duration wait;
};

// OK where the server at `channel` takes calls of `service`.
absl::Status Check(const Session& session, const std::shared_ptr<grpc::Channel>& channel,
                   const std::string& service) {
  health::Health::Stub stub(channel);
  health::HealthCheckRequest request;
  request.set_service(service);
  TW_ASSIGN_OR_RETURN(const health::HealthCheckResponse response,
                      Call(session, stub, &health::Health::Stub::Check, request));
  if (response.status() == health::HealthCheckResponse::SERVING) return absl::OkStatus();
  return absl::UnavailableError(
      absl::AsciiStrToLower(health::HealthCheckResponse::ServingStatus_Name(response.status())));
}

absl::Status RunHealth(Session& session, const HealthOptions& options) {
  const absl::Time deadline = MonotonicNow() + options.wait;
  while (true) {
    const absl::Status query =
        Check(session, session.query_channel(), v1::AgreementService::service_full_name());
    const absl::Status ingest =
        Check(session, session.ingest_channel(), v1::IngestService::service_full_name());
    const bool serving = query.ok() && ingest.ok();
    if (serving || MonotonicNow() >= deadline || !session.environment().wait(absl::Milliseconds(100))) {
      Table table({{"SERVICE"}, {"ADDRESS"}, {"HEALTH", Table::Align::kLeft, true}});
      table.AddRow({"query", session.settings().query_service, query.ok() ? "serving" : ErrorText(query)});
      table.AddRow(
          {"ingest", session.settings().ingest_service, ingest.ok() ? "serving" : ErrorText(ingest)});
      session.out() << table.Render(session.width());
      return serving ? absl::OkStatus() : absl::UnavailableError("not both services take calls");
    }
  }
}

}  // namespace

void AddHealthCommand(CLI::App& app, Command* chosen) {
  CLI::App* command = app.add_subcommand("health", "Shows whether both services take calls");
  const auto options = std::make_shared<HealthOptions>();
  AddDuration(*command, "--wait", &options->wait, "how long to wait until they do (0s)");
  command->callback(
      [options, chosen] { *chosen = [options](Session& session) { return RunHealth(session, *options); }; });
}

}  // namespace treatywire::tools
