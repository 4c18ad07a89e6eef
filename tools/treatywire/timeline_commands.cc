#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "tools/treatywire/call.h"
#include "tools/treatywire/commands.h"
#include "tools/treatywire/options.h"
#include "tools/treatywire/record_text.h"
#include "treatywire/v1/timeline_service.grpc.pb.h"

namespace treatywire::tools {
namespace {

namespace v1 = treatywire::v1;
using Stub = v1::TimelineService::Stub;

struct TimelineOptions {
  v1::GetTimelineRequest request;
  bool claims = false;
  int limit = 0;
};

absl::Status RunTimeline(Session& session, TimelineOptions options) {
  // JSON has the claims: programs can leave out what they don't need.
  const bool full = options.claims || session.json();
  options.request.set_view(full ? v1::VIEW_FULL : v1::VIEW_BASIC);
  Stub stub(session.query_channel());
  TW_ASSIGN_OR_RETURN(const auto list, CallForAll(session, stub, &Stub::GetTimeline, options.request,
                                                  &v1::GetTimelineResponse::entries, options.limit));
  const bool show_agreement = options.request.agreement().empty();
  return WriteList(session, list, "nothing happened, as far as the record knows", [&](const auto& entries) {
    return full ? TimelineClaims(entries, show_agreement, session.width())
                : TimelineTable(entries, show_agreement, session.width());
  });
}

void SetSubject(const std::vector<std::string>& subjects, v1::GetTimelineRequest* request) {
  if (subjects.size() == 1 && absl::StartsWith(subjects[0], "agreements/")) {
    request->set_agreement(subjects[0]);
    return;
  }
  for (const std::string& party : subjects)
    request->add_parties(std::string(absl::StripPrefix(party, "parties/")));
}

void AddTimeline(CLI::App& app, Command* chosen) {
  CLI::App* command =
      app.add_subcommand("timeline", "Shows what happened to an agreement, a party or a pair, by date");
  const auto options = std::make_shared<TimelineOptions>();
  command
      ->add_option_function<std::vector<std::string>>(
          "subject",
          [options](const std::vector<std::string>& given) { SetSubject(given, &options->request); },
          "\"agreements/NAME\", or the id of a party, or the ids of two")
      ->required()
      ->expected(1, 2)
      ->type_name("");
  AddRange(
      *command, "date", [options] { return options->request.mutable_range(); }, "happened");
  command->add_flag("--claims", options->claims, "with the sentences behind each entry");
  AddAsOf(*command, [options] { return options->request.mutable_as_of(); });
  AddLimit(*command, &options->limit);
  command->callback([options, chosen] {
    *chosen = [options](Session& session) { return RunTimeline(session, *options); };
  });
}

struct EventOptions {
  v1::ListEventsRequest request;
  int limit = 0;
};

absl::Status RunEvents(Session& session, const EventOptions& options) {
  Stub stub(session.query_channel());
  TW_ASSIGN_OR_RETURN(const auto list, CallForAll(session, stub, &Stub::ListEvents, options.request,
                                                  &v1::ListEventsResponse::events, options.limit));
  return WriteList(session, list, "no events",
                   [&](const auto& events) { return EventTable(events, session.width()); });
}

void AddEvents(CLI::App& app, Command* chosen) {
  CLI::App* command =
      app.add_subcommand("events", "Lists events as the articles tell them, in the order they came");
  const auto options = std::make_shared<EventOptions>();
  AddEventFilter(*command, [options] { return options->request.mutable_filter(); });
  AddKnownAt(*command, [options] { return options->request.mutable_as_of(); });
  AddLimit(*command, &options->limit);
  command->callback(
      [options, chosen] { *chosen = [options](Session& session) { return RunEvents(session, *options); }; });
}

}  // namespace

void AddTimelineCommands(CLI::App& app, Command* chosen) {
  AddTimeline(app, chosen);
  AddEvents(app, chosen);
}

}  // namespace treatywire::tools
