#include "query_service/extraction_validation.h"

#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/status.h"
#include "common/status_macros.h"
#include "query_service/edtf.h"
#include "query_service/request_validation.h"

namespace treatywire::query {
namespace {

using treatywire::v1::AgreementEvent;
using treatywire::v1::AgreementMention;
using treatywire::v1::Article;
using treatywire::v1::Evidence;
using treatywire::v1::ExtractedArticle;
using treatywire::v1::PartyRef;
using treatywire::v1::UncertainDate;

constexpr size_t kMaxIdBytes = 128;

// Where a field stands, written out only for an error: a valid extraction has tens of thousands of fields.
struct Path {
  const Path* parent;
  absl::string_view name;
  int index = -1;

  std::string ToString() const {
    std::string text = parent == nullptr ? "" : absl::StrCat(parent->ToString(), ".");
    absl::StrAppend(&text, name);
    if (index >= 0) absl::StrAppend(&text, "[", index, "]");
    return text;
  }
};

absl::Status Fault(const Path& at, absl::string_view field, absl::string_view description) {
  return InvalidFieldError(Path{&at, field}.ToString(), description);
}

absl::Status CheckSize(absl::string_view text, size_t max, const Path& at, absl::string_view field) {
  if (text.size() <= max) return absl::OkStatus();
  return Fault(at, field, absl::StrCat("has more than ", max, " bytes"));
}

absl::Status CheckRequired(absl::string_view text, size_t max, const Path& at, absl::string_view field) {
  if (text.empty()) return Fault(at, field, "is required");
  return CheckSize(text, max, at, field);
}

bool IsDigest(absl::string_view text) {
  constexpr absl::string_view kPrefix = "sha256:";
  if (text.size() != kPrefix.size() + 64 || !absl::StartsWith(text, kPrefix)) return false;
  for (const char c : text.substr(kPrefix.size())) {
    if (!absl::ascii_isdigit(c) && (c < 'a' || c > 'f')) return false;
  }
  return true;
}

// In any letter case and with any parameters, as it was sent: "text/html; charset=utf-8".
bool IsMimeType(absl::string_view type) {
  type = absl::StripAsciiWhitespace(type.substr(0, type.find(';')));
  if (type.empty()) return true;
  for (const absl::string_view read : {"text/plain", "text/html", "application/xhtml+xml", "text/markdown"}) {
    if (absl::EqualsIgnoreCase(type, read)) return true;
  }
  return false;
}

absl::Status CheckPublishTime(const Article& article, const Path& at) {
  if (!article.has_publish_time()) return absl::OkStatus();
  const auto& time = article.publish_time();
  static const absl::Time kFirst = absl::FromCivil(absl::CivilYear(1000), absl::UTCTimeZone());
  static const absl::Time kEnd = absl::FromCivil(absl::CivilYear(3000), absl::UTCTimeZone());
  if (time.seconds() < absl::ToUnixSeconds(kFirst) || time.seconds() >= absl::ToUnixSeconds(kEnd)) {
    return Fault(at, "publish_time", "is not of years 1000 to 2999");
  }
  if (time.nanos() < 0 || time.nanos() > 999'999'999) {
    return Fault(at, "publish_time.nanos", "is not of a second");
  }
  return absl::OkStatus();
}

absl::Status CheckArticle(const Article& article, const Path& at) {
  if (!IsArticleId(article.article_id())) {
    return Fault(at, "article_id", "is not 1 to 128 characters of [A-Za-z0-9._~:-]");
  }
  TW_RETURN_IF_ERROR(CheckSize(article.uri(), kMaxUriBytes, at, "uri"));
  TW_RETURN_IF_ERROR(CheckSize(article.publisher(), kMaxPublisherBytes, at, "publisher"));
  TW_RETURN_IF_ERROR(CheckSize(article.title(), kMaxNameBytes, at, "title"));
  if (!article.body().empty()) return Fault(at, "body", "must be left out: it is never stored");
  TW_RETURN_IF_ERROR(CheckSize(article.mime_type(), kMaxLabelBytes, at, "mime_type"));
  if (!IsMimeType(article.mime_type())) return Fault(at, "mime_type", "is none that is read");
  TW_RETURN_IF_ERROR(CheckPublishTime(article, at));
  TW_RETURN_IF_ERROR(CheckSize(article.language(), kMaxIdBytes, at, "language"));
  if (!IsDigest(article.content_digest())) {
    return Fault(at, "content_digest", "is not sha256: and 64 lower-case hexadecimal digits");
  }
  return absl::OkStatus();
}

absl::Status CheckDate(const UncertainDate& date, const Path& at) {
  const absl::StatusOr<EdtfDays> days = DaysOfEdtf(date.edtf());
  if (!days.ok()) return Fault(at, "edtf", "is no EDTF date of years 1000 to 2999");
  if (date.earliest() != FormatCivilDay(days->earliest)) {
    return Fault(at, "earliest", absl::StrCat("is not the first day of ", date.edtf()));
  }
  if (date.latest() != FormatCivilDay(days->latest)) {
    return Fault(at, "latest", absl::StrCat("is not the last day of ", date.edtf()));
  }
  if (!treatywire::v1::DateBasis_IsValid(date.basis())) return Fault(at, "basis", "has no such value");
  return CheckSize(date.surface(), kMaxLabelBytes, at, "surface");
}

absl::Status CheckParty(const PartyRef& party, const Path& at) {
  if (!IsPartyId(party.party_id())) return Fault(at, "party_id", "is no party id");
  TW_RETURN_IF_ERROR(CheckSize(party.surface(), kMaxLabelBytes, at, "surface"));
  TW_RETURN_IF_ERROR(CheckSize(party.acting_body(), kMaxLabelBytes, at, "acting_body"));
  return CheckSize(party.person(), kMaxLabelBytes, at, "person");
}

template <typename Parties>
absl::Status CheckParties(const Parties& parties, const Path& parent, absl::string_view field) {
  if (parties.size() > kMaxPartyRefs) {
    return Fault(parent, field, absl::StrCat("has more than ", kMaxPartyRefs, " parties"));
  }
  for (int i = 0; i < parties.size(); ++i) {
    TW_RETURN_IF_ERROR(CheckParty(parties[i], Path{&parent, field, i}));
  }
  return absl::OkStatus();
}

absl::Status CheckMention(const AgreementMention& mention, const Path& at) {
  TW_RETURN_IF_ERROR(CheckRequired(mention.local_id(), kMaxIdBytes, at, "local_id"));
  TW_RETURN_IF_ERROR(CheckSize(mention.title(), kMaxNameBytes, at, "title"));
  if (mention.aliases_size() > kMaxAliases) {
    return Fault(at, "aliases", absl::StrCat("has more than ", kMaxAliases, " names"));
  }
  for (const std::string& alias : mention.aliases()) {
    TW_RETURN_IF_ERROR(CheckSize(alias, kMaxNameBytes, at, "aliases"));
  }
  TW_RETURN_IF_ERROR(CheckParties(mention.parties(), at, "parties"));
  if (!treatywire::v1::AgreementKind_IsValid(mention.kind())) return Fault(at, "kind", "has no such value");
  if (!treatywire::v1::Subject_IsValid(mention.subject())) return Fault(at, "subject", "has no such value");
  if (mention.has_signed_date()) {
    TW_RETURN_IF_ERROR(CheckDate(mention.signed_date(), Path{&at, "signed_date"}));
  }
  TW_RETURN_IF_ERROR(CheckSize(mention.signed_place(), kMaxLabelBytes, at, "signed_place"));
  TW_RETURN_IF_ERROR(CheckSize(mention.known_agreement(), kMaxIdBytes, at, "known_agreement"));
  return CheckSize(mention.known_base(), kMaxIdBytes, at, "known_base");
}

absl::Status CheckEvidence(const Evidence& evidence, const Path& at) {
  TW_RETURN_IF_ERROR(CheckRequired(evidence.text(), kMaxEvidenceBytes, at, "text"));
  if (evidence.begin_byte() < 0) return Fault(at, "begin_byte", "is negative");
  if (evidence.end_byte() < evidence.begin_byte()) return Fault(at, "end_byte", "lies before begin_byte");
  if (evidence.end_byte() > kMaxBodyBytes)
    return Fault(at, "end_byte", "lies past the largest article's end");
  TW_RETURN_IF_ERROR(CheckRequired(evidence.cue(), kMaxNameBytes, at, "cue"));
  return CheckSize(evidence.speaker(), kMaxLabelBytes, at, "speaker");
}

// `may_be_large`: of the extraction, so that small ones' events need not be counted each.
absl::Status CheckEvent(const AgreementEvent& event, bool may_be_large, const Path& at) {
  if (may_be_large && event.ByteSizeLong() > kMaxEventBytes) {
    return InvalidFieldError(at.ToString(), absl::StrCat("has more than ", kMaxEventBytes, " bytes"));
  }
  TW_RETURN_IF_ERROR(CheckRequired(event.event_id(), kMaxIdBytes, at, "event_id"));
  if (event.type() == 0 || !treatywire::v1::EventType_IsValid(event.type())) {
    return Fault(at, "type", "is unspecified or has no such value");
  }
  if (event.modality() == 0 || !treatywire::v1::Modality_IsValid(event.modality())) {
    return Fault(at, "modality", "is unspecified or has no such value");
  }
  TW_RETURN_IF_ERROR(CheckMention(event.agreement(), Path{&at, "agreement"}));
  TW_RETURN_IF_ERROR(CheckParties(event.actors(), at, "actors"));
  if (event.has_date()) TW_RETURN_IF_ERROR(CheckDate(event.date(), Path{&at, "date"}));
  TW_RETURN_IF_ERROR(CheckSize(event.place(), kMaxLabelBytes, at, "place"));
  TW_RETURN_IF_ERROR(CheckSize(event.instrument(), kMaxLabelBytes, at, "instrument"));
  TW_RETURN_IF_ERROR(CheckSize(event.reason(), kMaxNameBytes, at, "reason"));
  TW_RETURN_IF_ERROR(CheckEvidence(event.evidence(), Path{&at, "evidence"}));
  // Not a number fails both comparisons.
  if (!(event.confidence() >= 0 && event.confidence() <= 1))
    return Fault(at, "confidence", "is not of 0 to 1");
  return absl::OkStatus();
}

}  // namespace

absl::Status ValidateExtraction(const ExtractedArticle& extraction) {
  const Path root = {nullptr, "extraction"};
  const size_t bytes = extraction.ByteSizeLong();
  if (bytes > kMaxExtractionBytes) {
    return InvalidFieldError("extraction", absl::StrCat("has more than ", kMaxExtractionBytes, " bytes"));
  }
  TW_RETURN_IF_ERROR(CheckArticle(extraction.article(), Path{&root, "article"}));
  TW_RETURN_IF_ERROR(CheckRequired(extraction.extractor_version(), kMaxIdBytes, root, "extractor_version"));
  if (extraction.events_size() > kMaxEvents) {
    return Fault(root, "events", absl::StrCat("has more than ", kMaxEvents, " events"));
  }
  absl::flat_hash_set<absl::string_view> ids;
  absl::flat_hash_set<absl::string_view> agreements;
  for (int i = 0; i < extraction.events_size(); ++i) {
    const Path at = {&root, "events", i};
    TW_RETURN_IF_ERROR(CheckEvent(extraction.events(i), bytes > kMaxEventBytes, at));
    if (!ids.insert(extraction.events(i).event_id()).second) {
      return Fault(at, "event_id", "is that of an event before");
    }
    agreements.insert(extraction.events(i).agreement().local_id());
  }
  if (agreements.size() > kMaxAgreements) {
    return Fault(root, "events", absl::StrCat("are of more than ", kMaxAgreements, " agreements"));
  }
  return absl::OkStatus();
}

}  // namespace treatywire::query
