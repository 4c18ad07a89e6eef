#include "query_service/request_validation.h"

#include <google/protobuf/repeated_field.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/status.h"
#include "common/status_macros.h"
#include "query_service/edtf.h"

namespace treatywire::query {

// Every message of the package is a request or part of one.
using namespace treatywire::v1;  // NOLINT(google-build-using-namespace)

namespace {

using google::protobuf::RepeatedField;
using google::protobuf::RepeatedPtrField;

std::string At(absl::string_view field, int index) { return absl::StrCat(field, "[", index, "]"); }

std::string Dot(absl::string_view field, absl::string_view name) { return absl::StrCat(field, ".", name); }

absl::Status CheckCount(int count, int max, absl::string_view field) {
  if (count <= max) return absl::OkStatus();
  return InvalidFieldError(field, absl::StrCat("has ", count, " values; at most ", max, " are taken"));
}

// Words of [a-z0-9] joined by single hyphens.
bool IsSlug(absl::string_view text) {
  char before = '-';
  for (const char c : text) {
    if (c == '-' ? before == '-' : !(absl::ascii_islower(c) || absl::ascii_isdigit(c))) return false;
    before = c;
  }
  return before != '-';
}

absl::Status CheckName(absl::string_view name, absl::string_view collection, bool (*is_id)(absl::string_view),
                       absl::string_view field) {
  const std::string prefix = absl::StrCat(collection, "/");
  if (name.empty()) return InvalidFieldError(field, "is required");
  if (!absl::StartsWith(name, prefix) || !is_id(name.substr(prefix.size()))) {
    return InvalidFieldError(field, absl::StrCat("is no name of the form ", prefix, "{id}"));
  }
  return absl::OkStatus();
}

absl::Status CheckAgreementName(absl::string_view name, absl::string_view field) {
  return CheckName(name, "agreements", &IsAgreementId, field);
}

absl::Status CheckPartyId(absl::string_view id, absl::string_view field) {
  if (IsPartyId(id)) return absl::OkStatus();
  return InvalidFieldError(field, "is no party id, such as RU, SUHH or african-union");
}

template <typename Strings>
absl::Status CheckPartyIds(const Strings& ids, int max, absl::string_view field) {
  TW_RETURN_IF_ERROR(CheckCount(ids.size(), max, field));
  for (int i = 0; i < ids.size(); ++i) TW_RETURN_IF_ERROR(CheckPartyId(ids[i], At(field, i)));
  return absl::OkStatus();
}

absl::Status CheckPublishers(const RepeatedPtrField<std::string>& publishers, absl::string_view field) {
  TW_RETURN_IF_ERROR(CheckCount(publishers.size(), kMaxFilterPublishers, field));
  for (int i = 0; i < publishers.size(); ++i) {
    if (publishers[i].empty()) return InvalidFieldError(At(field, i), "is empty");
    if (publishers[i].size() > kMaxPublisherBytes) {
      return InvalidFieldError(At(field, i), absl::StrCat("has more than ", kMaxPublisherBytes, " bytes"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckEnum(int value, bool (*is_valid)(int), absl::string_view field) {
  if (is_valid(value)) return absl::OkStatus();
  return InvalidFieldError(field, absl::StrCat("has no value ", value));
}

// Whether 0 selects something ("subject not known") or nothing ever has it.
enum class Zero { kSelects, kRefused };

absl::Status CheckEnums(const RepeatedField<int>& values, bool (*is_valid)(int), Zero zero,
                        absl::string_view field) {
  TW_RETURN_IF_ERROR(CheckCount(values.size(), kMaxFilterEnums, field));
  for (int i = 0; i < values.size(); ++i) {
    TW_RETURN_IF_ERROR(CheckEnum(values[i], is_valid, At(field, i)));
    if (values[i] == 0 && zero == Zero::kRefused) return InvalidFieldError(At(field, i), "is unspecified");
  }
  return absl::OkStatus();
}

absl::Status CheckDay(absl::string_view day, absl::string_view field) {
  if (day.empty() || ParseCivilDay(day).has_value()) return absl::OkStatus();
  return InvalidFieldError(field, "is no day YYYY-MM-DD of years 1000 to 2999");
}

absl::Status CheckRange(const DayRange& range, absl::string_view field) {
  // Most requests have none: no names are made for them.
  if (range.from().empty() && range.to().empty()) return absl::OkStatus();
  TW_RETURN_IF_ERROR(CheckDay(range.from(), Dot(field, "from")));
  TW_RETURN_IF_ERROR(CheckDay(range.to(), Dot(field, "to")));
  // Days written so sort as they follow one another.
  if (!range.from().empty() && !range.to().empty() && range.from() > range.to()) {
    return InvalidFieldError(field, "ends before it begins");
  }
  return absl::OkStatus();
}

absl::Status CheckAsOf(const AsOf& as_of) {
  TW_RETURN_IF_ERROR(CheckDay(as_of.valid_at(), "as_of.valid_at"));
  return CheckDay(as_of.known_at(), "as_of.known_at");
}

absl::Status CheckPageSize(int page_size) {
  return page_size < 0 ? InvalidFieldError("page_size", "is negative") : absl::OkStatus();
}

absl::Status CheckFilter(const AgreementFilter& filter) {
  TW_RETURN_IF_ERROR(CheckPartyIds(filter.parties(), kMaxFilterParties, "filter.parties"));
  TW_RETURN_IF_ERROR(CheckEnum(filter.party_match(), &PartyMatch_IsValid, "filter.party_match"));
  TW_RETURN_IF_ERROR(CheckEnums(filter.statuses(), &Status_IsValid, Zero::kSelects, "filter.statuses"));
  TW_RETURN_IF_ERROR(CheckEnums(filter.subjects(), &Subject_IsValid, Zero::kSelects, "filter.subjects"));
  TW_RETURN_IF_ERROR(CheckEnums(filter.kinds(), &AgreementKind_IsValid, Zero::kSelects, "filter.kinds"));
  TW_RETURN_IF_ERROR(
      CheckEnums(filter.event_types(), &EventType_IsValid, Zero::kRefused, "filter.event_types"));
  TW_RETURN_IF_ERROR(CheckRange(filter.signed_(), "filter.signed"));
  TW_RETURN_IF_ERROR(
      CheckEnums(filter.event_modalities(), &Modality_IsValid, Zero::kRefused, "filter.event_modalities"));
  TW_RETURN_IF_ERROR(CheckRange(filter.event_date(), "filter.event_date"));
  TW_RETURN_IF_ERROR(CheckPublishers(filter.publishers(), "filter.publishers"));
  if (filter.min_independent_sources() < 0) {
    return InvalidFieldError("filter.min_independent_sources", "is negative");
  }
  return CheckEnums(filter.missing_steps(), &MissingStep_IsValid, Zero::kRefused, "filter.missing_steps");
}

absl::Status CheckFilter(const EventFilter& filter) {
  TW_RETURN_IF_ERROR(CheckCount(filter.agreements_size(), kMaxFilterAgreements, "filter.agreements"));
  for (int i = 0; i < filter.agreements_size(); ++i) {
    TW_RETURN_IF_ERROR(CheckAgreementName(filter.agreements(i), At("filter.agreements", i)));
  }
  TW_RETURN_IF_ERROR(CheckPartyIds(filter.parties(), kMaxFilterParties, "filter.parties"));
  TW_RETURN_IF_ERROR(CheckEnum(filter.party_match(), &PartyMatch_IsValid, "filter.party_match"));
  TW_RETURN_IF_ERROR(CheckPartyIds(filter.actors(), kMaxFilterParties, "filter.actors"));
  TW_RETURN_IF_ERROR(CheckEnums(filter.types(), &EventType_IsValid, Zero::kRefused, "filter.types"));
  TW_RETURN_IF_ERROR(CheckEnums(filter.modalities(), &Modality_IsValid, Zero::kRefused, "filter.modalities"));
  TW_RETURN_IF_ERROR(CheckRange(filter.date(), "filter.date"));
  TW_RETURN_IF_ERROR(CheckRange(filter.published(), "filter.published"));
  return CheckPublishers(filter.publishers(), "filter.publishers");
}

template <typename Strings>
absl::Status CheckAllKnown(const Strings& ids, const std::string& field, const Snapshot& snapshot) {
  for (int i = 0; i < ids.size(); ++i) {
    TW_RETURN_IF_ERROR(CheckPartyKnown(ids[i], At(field, i), snapshot));
  }
  return absl::OkStatus();
}

}  // namespace

bool IsPartyId(absl::string_view id) {
  if (id.size() > kMaxPartyIdBytes) return false;
  if (!id.empty() && absl::ascii_isupper(id[0])) {
    if (id.size() != 2 && id.size() != 4) return false;
    for (const char c : id) {
      if (!absl::ascii_isupper(c)) return false;
    }
    return true;
  }
  return IsSlug(id);
}

bool IsAgreementId(absl::string_view id) {
  if (id.empty() || id.size() > kMaxAgreementIdBytes) return false;
  return std::all_of(id.begin(), id.end(),
                     [](char c) { return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '-'; }) &&
         id != "-";
}

bool IsArticleId(absl::string_view id) {
  if (id.empty() || id.size() > kMaxArticleIdBytes) return false;
  for (const char c : id) {
    if (!absl::ascii_isalnum(c) && !absl::StrContains("._~:-", c)) return false;
  }
  return true;
}

absl::Status Validate(const GetAgreementRequest& request) {
  TW_RETURN_IF_ERROR(CheckAgreementName(request.name(), "name"));
  TW_RETURN_IF_ERROR(CheckEnum(request.view(), &View_IsValid, "view"));
  return CheckAsOf(request.as_of());
}

absl::Status Validate(const ListAgreementsRequest& request) {
  TW_RETURN_IF_ERROR(CheckPageSize(request.page_size()));
  TW_RETURN_IF_ERROR(CheckFilter(request.filter()));
  TW_RETURN_IF_ERROR(CheckEnum(request.order(), &AgreementOrder_IsValid, "order"));
  TW_RETURN_IF_ERROR(CheckEnum(request.view(), &View_IsValid, "view"));
  return CheckAsOf(request.as_of());
}

absl::Status Validate(const SearchAgreementsRequest& request) {
  if (request.query().size() > kMaxQueryBytes) {
    return InvalidFieldError("query", absl::StrCat("has more than ", kMaxQueryBytes, " bytes"));
  }
  const size_t words =
      std::vector<std::string>(absl::StrSplit(request.query(), absl::ByAnyChar(" \t\r\n"), absl::SkipEmpty()))
          .size();
  if (words == 0) return InvalidFieldError("query", "has no word");
  if (words > kMaxQueryWords) {
    return InvalidFieldError("query", absl::StrCat("has more than ", kMaxQueryWords, " words"));
  }
  TW_RETURN_IF_ERROR(CheckFilter(request.filter()));
  TW_RETURN_IF_ERROR(CheckPageSize(request.page_size()));
  return CheckAsOf(request.as_of());
}

absl::Status Validate(const ListConflictsRequest& request) {
  if (!request.parent().empty() && request.parent() != "agreements/-") {
    TW_RETURN_IF_ERROR(CheckAgreementName(request.parent(), "parent"));
  }
  TW_RETURN_IF_ERROR(CheckPageSize(request.page_size()));
  TW_RETURN_IF_ERROR(CheckFilter(request.filter()));
  TW_RETURN_IF_ERROR(CheckEnums(request.kinds(), &ConflictKind_IsValid, Zero::kRefused, "kinds"));
  return CheckAsOf(request.as_of());
}

absl::Status Validate(const GetPartyRequest& request) {
  TW_RETURN_IF_ERROR(CheckName(request.name(), "parties", &IsPartyId, "name"));
  return CheckAsOf(request.as_of());
}

absl::Status Validate(const ListPartiesRequest& request) {
  TW_RETURN_IF_ERROR(CheckPageSize(request.page_size()));
  TW_RETURN_IF_ERROR(CheckEnums(request.kinds(), &PartyKind_IsValid, Zero::kSelects, "kinds"));
  if (!request.partner().empty()) TW_RETURN_IF_ERROR(CheckPartyId(request.partner(), "partner"));
  return CheckAsOf(request.as_of());
}

absl::Status Validate(const GetTimelineRequest& request) {
  if (request.agreement().empty() == request.parties().empty()) {
    return InvalidFieldError("agreement", "and parties: just one of them must be set");
  }
  if (!request.agreement().empty()) {
    TW_RETURN_IF_ERROR(CheckAgreementName(request.agreement(), "agreement"));
  }
  TW_RETURN_IF_ERROR(CheckPartyIds(request.parties(), 2, "parties"));
  if (request.parties_size() == 2 && request.parties(0) == request.parties(1)) {
    return InvalidFieldError("parties[1]", "is the same party again");
  }
  TW_RETURN_IF_ERROR(CheckRange(request.range(), "range"));
  TW_RETURN_IF_ERROR(CheckEnum(request.view(), &View_IsValid, "view"));
  TW_RETURN_IF_ERROR(CheckPageSize(request.page_size()));
  return CheckAsOf(request.as_of());
}

absl::Status Validate(const ListEventsRequest& request) {
  TW_RETURN_IF_ERROR(CheckFilter(request.filter()));
  TW_RETURN_IF_ERROR(CheckPageSize(request.page_size()));
  return CheckAsOf(request.as_of());
}

absl::Status Validate(const WatchEventsRequest& request) { return CheckFilter(request.filter()); }

absl::Status Validate(const GetArticleRequest& request) {
  return CheckName(request.name(), "articles", &IsArticleId, "name");
}

absl::Status Validate(const ListArticlesRequest& request) {
  TW_RETURN_IF_ERROR(CheckPageSize(request.page_size()));
  TW_RETURN_IF_ERROR(CheckPublishers(request.publishers(), "publishers"));
  TW_RETURN_IF_ERROR(CheckRange(request.published(), "published"));
  return request.agreement().empty() ? absl::OkStatus()
                                     : CheckAgreementName(request.agreement(), "agreement");
}

absl::Status Validate(const RetractArticleRequest& request) {
  TW_RETURN_IF_ERROR(CheckName(request.name(), "articles", &IsArticleId, "name"));
  if (request.reason().size() <= kMaxReasonBytes) return absl::OkStatus();
  return InvalidFieldError("reason", absl::StrCat("has more than ", kMaxReasonBytes, " bytes"));
}

absl::Status Validate(const ListSourcesRequest& request) {
  TW_RETURN_IF_ERROR(CheckPageSize(request.page_size()));
  return CheckAsOf(request.as_of());
}

absl::Status CheckPartiesKnown(const AgreementFilter& filter, absl::string_view field,
                               const Snapshot& snapshot) {
  return CheckAllKnown(filter.parties(), Dot(field, "parties"), snapshot);
}

absl::Status CheckPartiesKnown(const EventFilter& filter, absl::string_view field, const Snapshot& snapshot) {
  TW_RETURN_IF_ERROR(CheckAllKnown(filter.parties(), Dot(field, "parties"), snapshot));
  return CheckAllKnown(filter.actors(), Dot(field, "actors"), snapshot);
}

absl::Status CheckPartyKnown(absl::string_view party_id, absl::string_view field, const Snapshot& snapshot) {
  if (snapshot.KnowsParty(party_id)) return absl::OkStatus();
  return InvalidFieldError(field, absl::StrCat("names an unknown party, ", party_id));
}

absl::Status CheckAgreementsKnown(const EventFilter& filter, absl::string_view field,
                                  const Snapshot& snapshot) {
  const std::string agreements = Dot(field, "agreements");
  for (int i = 0; i < filter.agreements_size(); ++i) {
    TW_RETURN_IF_ERROR(CheckAgreementKnown(filter.agreements(i), At(agreements, i), snapshot));
  }
  return absl::OkStatus();
}

absl::Status CheckAgreementKnown(absl::string_view name, absl::string_view field, const Snapshot& snapshot) {
  if (!absl::IsNotFound(snapshot.GetAgreement(name, treatywire::v1::VIEW_BASIC, {}).status())) {
    return absl::OkStatus();
  }
  return InvalidFieldError(field, absl::StrCat("names an unknown agreement, ", name));
}

}  // namespace treatywire::query
