#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "google/protobuf/generated_enum_reflection.h"
#include "tools/treatywire/call.h"
#include "tools/treatywire/commands.h"
#include "tools/treatywire/enum_words.h"
#include "tools/treatywire/options.h"
#include "tools/treatywire/record_text.h"
#include "treatywire/v1/agreement_service.grpc.pb.h"

namespace treatywire::tools {
namespace {

namespace v1 = treatywire::v1;
using Stub = v1::AgreementService::Stub;

struct ListOptions {
  v1::ListAgreementsRequest request;
  int limit = 0;
};

absl::Status RunList(Session& session, const ListOptions& options) {
  Stub stub(session.query_channel());
  TW_ASSIGN_OR_RETURN(const auto list, CallForAll(session, stub, &Stub::ListAgreements, options.request,
                                                  &v1::ListAgreementsResponse::agreements, options.limit));
  return WriteList(session, list, "no agreements",
                   [&](const auto& agreements) { return AgreementTable(agreements, session.width()); });
}

void AddList(CLI::App& app, Command* chosen) {
  CLI::App* command = app.add_subcommand("agreements", "Lists agreements");
  const auto options = std::make_shared<ListOptions>();
  AddAgreementFilter(*command, [options] { return options->request.mutable_filter(); });
  AddWord(
      *command, "--order", *google::protobuf::GetEnumDescriptor<v1::AgreementOrder>(),
      [options](int value) { options->request.set_order(static_cast<v1::AgreementOrder>(value)); },
      "sorted by");
  AddAsOf(*command, [options] { return options->request.mutable_as_of(); });
  AddLimit(*command, &options->limit);
  command->callback(
      [options, chosen] { *chosen = [options](Session& session) { return RunList(session, *options); }; });
}

absl::Status RunGet(Session& session, const v1::GetAgreementRequest& request) {
  Stub stub(session.query_channel());
  TW_ASSIGN_OR_RETURN(const v1::Agreement agreement, Call(session, stub, &Stub::GetAgreement, request));
  if (session.json()) return session.WriteJson(agreement);
  session.out() << AgreementPage(agreement, session.width());
  return absl::OkStatus();
}

void AddGet(CLI::App& app, Command* chosen) {
  CLI::App* command = app.add_subcommand("agreement", "Shows an agreement with its acts and who says so");
  const auto request = std::make_shared<v1::GetAgreementRequest>();
  AddText(
      *command, "name",
      [request](const std::string& name) { request->set_name(InCollection("agreements", name)); },
      "its name, with or without \"agreements/\"")
      ->required()
      ->type_name("");
  AddAsOf(*command, [request] { return request->mutable_as_of(); });
  command->callback(
      [request, chosen] { *chosen = [request](Session& session) { return RunGet(session, *request); }; });
}

struct SearchOptions {
  v1::SearchAgreementsRequest request;
  int limit = 0;
};

absl::Status RunSearch(Session& session, const SearchOptions& options) {
  Stub stub(session.query_channel());
  TW_ASSIGN_OR_RETURN(const auto list, CallForAll(session, stub, &Stub::SearchAgreements, options.request,
                                                  &v1::SearchAgreementsResponse::hits, options.limit));
  return WriteList(session, list, "nothing found",
                   [&](const auto& hits) { return SearchHitList(hits, session.width()); });
}

void AddSearch(CLI::App& app, Command* chosen) {
  CLI::App* command =
      app.add_subcommand("search", "Finds agreements by words of titles, parties and sentences");
  const auto options = std::make_shared<SearchOptions>();
  command
      ->add_option_function<std::vector<std::string>>(
          "words",
          [options](const std::vector<std::string>& words) {
            options->request.set_query(absl::StrJoin(words, " "));
          },
          "what to look for")
      ->required()
      ->type_name("");
  AddAgreementFilter(*command, [options] { return options->request.mutable_filter(); });
  AddAsOf(*command, [options] { return options->request.mutable_as_of(); });
  AddLimit(*command, &options->limit, 20);
  command->callback(
      [options, chosen] { *chosen = [options](Session& session) { return RunSearch(session, *options); }; });
}

struct ConflictOptions {
  v1::ListConflictsRequest request;
  int limit = 0;
};

absl::Status RunConflicts(Session& session, const ConflictOptions& options) {
  Stub stub(session.query_channel());
  TW_ASSIGN_OR_RETURN(const auto list, CallForAll(session, stub, &Stub::ListConflicts, options.request,
                                                  &v1::ListConflictsResponse::conflicts, options.limit));
  return WriteList(session, list, "no conflicts", [&](const auto& conflicts) {
    return absl::StrJoin(conflicts, "\n", [&](std::string* out, const v1::Conflict& conflict) {
      out->append(ConflictPage(conflict, session.width()));
    });
  });
}

void AddConflicts(CLI::App& app, Command* chosen) {
  CLI::App* command =
      app.add_subcommand("conflicts", "Shows where sources contradict one another, and who says what");
  const auto options = std::make_shared<ConflictOptions>();
  AddText(
      *command, "agreement",
      [options](const std::string& name) { options->request.set_parent(InCollection("agreements", name)); },
      "of one agreement")
      ->type_name("");
  AddWords(
      *command, "--about", *google::protobuf::GetEnumDescriptor<v1::ConflictKind>(),
      [options](int value) { options->request.add_kinds(static_cast<v1::ConflictKind>(value)); },
      "what they are about");
  AddAgreementFilter(*command, [options] { return options->request.mutable_filter(); });
  AddAsOf(*command, [options] { return options->request.mutable_as_of(); });
  AddLimit(*command, &options->limit);
  command->callback([options, chosen] {
    *chosen = [options](Session& session) { return RunConflicts(session, *options); };
  });
}

}  // namespace

void AddAgreementCommands(CLI::App& app, Command* chosen) {
  AddList(app, chosen);
  AddGet(app, chosen);
  AddSearch(app, chosen);
  AddConflicts(app, chosen);
}

}  // namespace treatywire::tools
