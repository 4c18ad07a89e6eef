#include <memory>
#include <string>

#include "google/protobuf/generated_enum_reflection.h"
#include "tools/treatywire/call.h"
#include "tools/treatywire/commands.h"
#include "tools/treatywire/options.h"
#include "tools/treatywire/record_text.h"
#include "treatywire/v1/agreement_service.grpc.pb.h"
#include "treatywire/v1/party_service.grpc.pb.h"

namespace treatywire::tools {
namespace {

namespace v1 = treatywire::v1;
using Stub = v1::PartyService::Stub;

struct ListOptions {
  v1::ListPartiesRequest request;
  int limit = 0;
};

absl::Status RunList(Session& session, const ListOptions& options) {
  Stub stub(session.query_channel());
  TW_ASSIGN_OR_RETURN(const auto list, CallForAll(session, stub, &Stub::ListParties, options.request,
                                                  &v1::ListPartiesResponse::parties, options.limit));
  return WriteList(session, list, "no parties",
                   [&](const auto& parties) { return PartyTable(parties, session.width()); });
}

void AddList(CLI::App& app, Command* chosen) {
  CLI::App* command = app.add_subcommand("parties", "Lists the parties that the record names");
  const auto options = std::make_shared<ListOptions>();
  AddWords(
      *command, "--kind", *google::protobuf::GetEnumDescriptor<v1::PartyKind>(),
      [options](int value) { options->request.add_kinds(static_cast<v1::PartyKind>(value)); },
      "what sort of party");
  AddText(
      *command, "--partner", [options](const std::string& id) { options->request.set_partner(id); },
      "only those that share an agreement with this party")
      ->type_name("ID");
  AddAsOf(*command, [options] { return options->request.mutable_as_of(); });
  AddLimit(*command, &options->limit);
  command->callback(
      [options, chosen] { *chosen = [options](Session& session) { return RunList(session, *options); }; });
}

struct PartyOptions {
  v1::GetPartyRequest request;
  int limit = 0;
};

// The party, and for people the agreements it is party to.
absl::Status RunGet(Session& session, const PartyOptions& options) {
  Stub stub(session.query_channel());
  TW_ASSIGN_OR_RETURN(const v1::Party party, Call(session, stub, &Stub::GetParty, options.request));
  if (session.json()) return session.WriteJson(party);
  session.out() << PartyPage(party, session.width());
  v1::ListAgreementsRequest request;
  request.mutable_filter()->add_parties(party.party_id());
  if (options.request.has_as_of()) *request.mutable_as_of() = options.request.as_of();
  v1::AgreementService::Stub agreements(session.query_channel());
  TW_ASSIGN_OR_RETURN(const auto list,
                      CallForAll(session, agreements, &v1::AgreementService::Stub::ListAgreements, request,
                                 &v1::ListAgreementsResponse::agreements, options.limit));
  if (!list.items.empty()) session.out() << "\n";
  return WriteList(session, list, "no agreements",
                   [&](const auto& found) { return AgreementTable(found, session.width()); });
}

void AddGet(CLI::App& app, Command* chosen) {
  CLI::App* command =
      app.add_subcommand("party", "Shows a party and its agreements, its predecessors' among them");
  const auto options = std::make_shared<PartyOptions>();
  AddText(
      *command, "id",
      [options](const std::string& id) { options->request.set_name(InCollection("parties", id)); },
      "its id: RU, SUHH, nato")
      ->required()
      ->type_name("");
  AddAsOf(*command, [options] { return options->request.mutable_as_of(); });
  AddLimit(*command, &options->limit);
  command->callback(
      [options, chosen] { *chosen = [options](Session& session) { return RunGet(session, *options); }; });
}

}  // namespace

void AddPartyCommands(CLI::App& app, Command* chosen) {
  AddList(app, chosen);
  AddGet(app, chosen);
}

}  // namespace treatywire::tools
