#include "tools/treatywire/options.h"

#include <CLI/Validators.hpp>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/generated_enum_reflection.h"
#include "tools/treatywire/enum_words.h"

namespace treatywire::tools {
namespace {

namespace v1 = treatywire::v1;

template <typename Enum>
const google::protobuf::EnumDescriptor& Type() {
  return *google::protobuf::GetEnumDescriptor<Enum>();
}

int ValueOf(const std::string& option, const google::protobuf::EnumDescriptor& type,
            const std::string& word) {
  const absl::StatusOr<int> value = ParseEnumWord(type, word);
  if (!value.ok()) throw CLI::ValidationError(option, std::string(value.status().message()));
  return *value;
}

// --party and --party_match, which both kinds of filter have.
template <typename Filter>
void AddParties(CLI::App& app, const Lazily<Filter>& filter) {
  AddTexts(
      app, "--party", [filter](const std::string& id) { filter()->add_parties(id); },
      "id of a party of the agreement: RU, SUHH, nato")
      ->type_name("ID");
  AddWord(
      app, "--party_match", Type<v1::PartyMatch>(),
      [filter](int value) { filter()->set_party_match(static_cast<v1::PartyMatch>(value)); },
      "how many of several parties must be parties of it");
}

template <typename Filter>
void AddPublishers(CLI::App& app, const Lazily<Filter>& filter) {
  AddTexts(
      app, "--publisher", [filter](const std::string& name) { filter()->add_publishers(name); },
      "told by this publisher, exactly as sent with its articles")
      ->type_name("NAME");
}

}  // namespace

CLI::Option* AddText(CLI::App& app, const std::string& name,
                     const std::function<void(const std::string&)>& set, const std::string& help) {
  return app.add_option_function<std::string>(name, set, help)->type_name("TEXT");
}

CLI::Option* AddTexts(CLI::App& app, const std::string& name,
                      const std::function<void(const std::string&)>& add, const std::string& help) {
  const auto add_all = [add](const std::vector<std::string>& given) {
    for (const std::string& value : given) add(value);
  };
  return app.add_option_function<std::vector<std::string>>(name, add_all, help)
      ->allow_extra_args(false)
      ->type_name("TEXT");
}

CLI::Option* AddWords(CLI::App& app, const std::string& name, const google::protobuf::EnumDescriptor& type,
                      const std::function<void(int)>& add, const std::string& help) {
  const auto* const enum_type = &type;
  const auto add_all = [name, enum_type, add](const std::vector<std::string>& given) {
    for (const std::string& word : given) add(ValueOf(name, *enum_type, word));
  };
  return app
      .add_option_function<std::vector<std::string>>(name, add_all,
                                                     absl::StrCat(help, ": ", EnumWordList(type)))
      ->allow_extra_args(false)
      ->delimiter(',')
      ->type_name("WORD");
}

CLI::Option* AddWord(CLI::App& app, const std::string& name, const google::protobuf::EnumDescriptor& type,
                     const std::function<void(int)>& set, const std::string& help) {
  const auto* const enum_type = &type;
  return AddText(
             app, name,
             [name, enum_type, set](const std::string& word) { set(ValueOf(name, *enum_type, word)); },
             absl::StrCat(help, ": ", EnumWordList(type)))
      ->type_name("WORD");
}

CLI::Option* AddDuration(CLI::App& app, const std::string& name, absl::Duration* duration,
                         const std::string& help) {
  const auto set = [name, duration](const std::string& text) {
    if (!absl::ParseDuration(text, duration) || *duration < absl::ZeroDuration()) {
      throw CLI::ValidationError(name, absl::StrCat("\"", text, "\" is no duration (30s, 5m)"));
    }
  };
  return AddText(app, name, set, help)->type_name("DURATION");
}

void AddAsOf(CLI::App& app, const Lazily<v1::AsOf>& as_of) {
  AddText(
      app, "--valid_at", [as_of](const std::string& day) { as_of()->set_valid_at(day); },
      "what held on this day")
      ->type_name("YYYY-MM-DD");
  AddKnownAt(app, as_of);
}

void AddKnownAt(CLI::App& app, const Lazily<v1::AsOf>& as_of) {
  AddText(
      app, "--known_at", [as_of](const std::string& day) { as_of()->set_known_at(day); },
      "what had been published by the end of this day")
      ->type_name("YYYY-MM-DD");
}

void AddRange(CLI::App& app, const std::string& name, const Lazily<v1::DayRange>& range,
              const std::string& what) {
  AddText(
      app, absl::StrCat("--", name, "_from"), [range](const std::string& day) { range()->set_from(day); },
      absl::StrCat(what, " on this day or later"))
      ->type_name("YYYY-MM-DD");
  AddText(
      app, absl::StrCat("--", name, "_to"), [range](const std::string& day) { range()->set_to(day); },
      absl::StrCat(what, " on this day or before"))
      ->type_name("YYYY-MM-DD");
}

void AddLimit(CLI::App& app, int* limit, int value_if_not_given) {
  *limit = value_if_not_given;
  app.add_option("--limit", *limit, "at most so many; 0: all")
      ->check(CLI::Range(0, 1'000'000'000))
      ->type_name("N")
      ->capture_default_str();
}

void AddAgreementFilter(CLI::App& app, const Lazily<v1::AgreementFilter>& filter) {
  AddParties<v1::AgreementFilter>(app, filter);
  AddWords(
      app, "--status", Type<v1::Status>(),
      [filter](int v) { filter()->add_statuses(static_cast<v1::Status>(v)); },
      "its status on the day asked for");
  AddWords(
      app, "--subject", Type<v1::Subject>(),
      [filter](int v) { filter()->add_subjects(static_cast<v1::Subject>(v)); }, "what it is about");
  AddWords(
      app, "--kind", Type<v1::AgreementKind>(),
      [filter](int v) { filter()->add_kinds(static_cast<v1::AgreementKind>(v)); }, "the sort of instrument");
  AddWords(
      app, "--type", Type<v1::EventType>(),
      [filter](int v) { filter()->add_event_types(static_cast<v1::EventType>(v)); }, "what happened to it");
  AddWords(
      app, "--modality", Type<v1::Modality>(),
      [filter](int v) { filter()->add_event_modalities(static_cast<v1::Modality>(v)); },
      "what happened to it is put so");
  AddRange(
      app, "date", [filter] { return filter()->mutable_event_date(); },
      "something, or --type, happened to it");
  AddRange(
      app, "signed", [filter] { return filter()->mutable_signed_(); }, "signed");
  AddPublishers<v1::AgreementFilter>(app, filter);
  app.add_flag_callback(
      "--conflicts_only", [filter] { filter()->set_conflicts_only(true); },
      "only those that sources contradict one another about");
  app.add_option_function<int>(
         "--min_sources", [filter](int n) { filter()->set_min_independent_sources(n); },
         "told by so many independent sources at least")
      ->type_name("N");
  AddWords(
      app, "--missing", Type<v1::MissingStep>(),
      [filter](int v) { filter()->add_missing_steps(static_cast<v1::MissingStep>(v)); },
      "a step that no article reports");
}

void AddEventFilter(CLI::App& app, const Lazily<v1::EventFilter>& filter) {
  AddTexts(
      app, "--agreement",
      [filter](const std::string& name) { filter()->add_agreements(InCollection("agreements", name)); },
      "of this agreement")
      ->type_name("NAME");
  AddParties<v1::EventFilter>(app, filter);
  AddTexts(
      app, "--actor", [filter](const std::string& id) { filter()->add_actors(id); }, "done by this party")
      ->type_name("ID");
  AddWords(
      app, "--type", Type<v1::EventType>(),
      [filter](int v) { filter()->add_types(static_cast<v1::EventType>(v)); }, "what happened");
  AddWords(
      app, "--modality", Type<v1::Modality>(),
      [filter](int v) { filter()->add_modalities(static_cast<v1::Modality>(v)); }, "how it is put");
  AddRange(
      app, "date", [filter] { return filter()->mutable_date(); }, "happened");
  AddRange(
      app, "published", [filter] { return filter()->mutable_published(); }, "published");
  AddPublishers<v1::EventFilter>(app, filter);
}

std::string InCollection(absl::string_view collection, absl::string_view name) {
  const std::string prefix = absl::StrCat(collection, "/");
  return absl::StartsWith(name, prefix) ? std::string(name) : absl::StrCat(prefix, name);
}

}  // namespace treatywire::tools
