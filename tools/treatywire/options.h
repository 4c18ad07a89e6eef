// Options that several commands have, written into their requests as the command line is read.
//
// A message of a request is made present only when one of its options is given, hence Lazily: an empty range
// of days, say, leaves out articles without a day.
#ifndef TREATYWIRE_TOOLS_TREATYWIRE_OPTIONS_H_
#define TREATYWIRE_TOOLS_TREATYWIRE_OPTIONS_H_

#include <CLI/App.hpp>
#include <CLI/Option.hpp>
#include <functional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/descriptor.h"
#include "treatywire/v1/record.pb.h"

namespace treatywire::tools {

template <typename Message>
using Lazily = std::function<Message*()>;

// --name VALUE. Refused when given twice.
CLI::Option* AddText(CLI::App& app, const std::string& name,
                     const std::function<void(const std::string&)>& set, const std::string& help);
// --name VALUE, as often as one likes.
CLI::Option* AddTexts(CLI::App& app, const std::string& name,
                      const std::function<void(const std::string&)>& add, const std::string& help);
// --name WORD, as often as one likes or with commas; `help` is followed by the words of `type`.
CLI::Option* AddWords(CLI::App& app, const std::string& name, const google::protobuf::EnumDescriptor& type,
                      const std::function<void(int)>& add, const std::string& help);
// --name WORD, once.
CLI::Option* AddWord(CLI::App& app, const std::string& name, const google::protobuf::EnumDescriptor& type,
                     const std::function<void(int)>& set, const std::string& help);

// --name DURATION ("30s", "5m"), not negative.
CLI::Option* AddDuration(CLI::App& app, const std::string& name, absl::Duration* duration,
                         const std::string& help);

// --valid_at, --known_at.
void AddAsOf(CLI::App& app, const Lazily<treatywire::v1::AsOf>& as_of);
// --known_at alone.
void AddKnownAt(CLI::App& app, const Lazily<treatywire::v1::AsOf>& as_of);
// --NAME_from, --NAME_to.
void AddRange(CLI::App& app, const std::string& name, const Lazily<treatywire::v1::DayRange>& range,
              const std::string& what);
// --limit.
void AddLimit(CLI::App& app, int* limit, int value_if_not_given = 100);

// --party, --party_match, --status, --subject, --kind, --type, --modality, --date_from, --date_to,
// --signed_from, --signed_to, --publisher, --conflicts_only, --min_sources, --missing.
void AddAgreementFilter(CLI::App& app, const Lazily<treatywire::v1::AgreementFilter>& filter);
// --agreement, --party, --party_match, --actor, --type, --modality, --date_from, --date_to, --published_from,
// --published_to, --publisher.
void AddEventFilter(CLI::App& app, const Lazily<treatywire::v1::EventFilter>& filter);

// "agreements/x" for "x" and for itself.
std::string InCollection(absl::string_view collection, absl::string_view name);

}  // namespace treatywire::tools

#endif  // TREATYWIRE_TOOLS_TREATYWIRE_OPTIONS_H_
