#include "tests/ingest_service/extraction/extracted_events.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "ingest_service/extraction/extractor.h"
#include "ingest_service/lexicon/lexicon.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::ingest {
namespace {

namespace v1 = treatywire::v1;

const Extractor& TestExtractor() {
  static const auto& extractor =
      *new std::unique_ptr<const Extractor>(Extractor::Create(Lexicon::BuiltIn().value()).value());
  return *extractor;
}

template <typename Parties>
std::string Ids(const Parties& parties, const char* separator = ",") {
  std::vector<std::string> ids;
  for (const v1::PartyRef& party : parties) ids.push_back(party.party_id());
  std::sort(ids.begin(), ids.end());
  return absl::StrJoin(ids, separator);
}

std::string DateOf(const v1::UncertainDate& date) { return date.edtf().empty() ? "-" : date.edtf(); }

std::string TypeOf(const v1::AgreementEvent& event) {
  return v1::EventType_Name(event.type()).substr(std::string("EVENT_TYPE_").size());
}

}  // namespace

v1::ExtractedArticle Extracted(const ShortArticle& article) {
  v1::Article message;
  message.set_article_id("test");
  message.set_title(std::string(article.title));
  message.set_body(std::string(article.body));
  message.set_mime_type(std::string(article.mime_type));
  absl::CivilDay day;
  if (absl::ParseCivilTime(article.publish_day, &day)) {
    const absl::Time noon = absl::FromCivil(absl::CivilHour(day) + 12, absl::UTCTimeZone());
    message.mutable_publish_time()->set_seconds(absl::ToUnixSeconds(noon));
  }
  absl::StatusOr<v1::ExtractedArticle> extracted = TestExtractor().Extract(message);
  EXPECT_TRUE(extracted.ok()) << extracted.status();
  return extracted.ok() ? *std::move(extracted) : v1::ExtractedArticle();
}

std::vector<std::string> ExtractedEvents(const ShortArticle& article) {
  std::vector<std::string> lines;
  const v1::ExtractedArticle extracted = Extracted(article);
  for (const v1::AgreementEvent& event : extracted.events()) {
    const char* doubt = event.modality() == v1::MODALITY_ASSERTED ? " " : "? ";
    lines.push_back(absl::StrCat(TypeOf(event), doubt, Ids(event.actors()), " ", DateOf(event.date())));
  }
  return lines;
}

std::vector<std::string> ExtractedAgreements(const ShortArticle& article) {
  std::vector<std::string> lines;
  std::vector<std::string> seen;
  const v1::ExtractedArticle extracted = Extracted(article);
  for (const v1::AgreementEvent& event : extracted.events()) {
    const v1::AgreementMention& agreement = event.agreement();
    if (std::find(seen.begin(), seen.end(), agreement.local_id()) != seen.end()) continue;
    seen.push_back(agreement.local_id());
    lines.push_back(absl::StrCat(Ids(agreement.parties()), " ", DateOf(agreement.signed_date())));
  }
  return lines;
}

std::vector<std::string> EventLines(const v1::ExtractedArticle& extracted) {
  std::vector<std::string> lines;
  const auto or_dash = [](std::string ids) { return ids.empty() ? "-" : ids; };
  for (const v1::AgreementEvent& event : extracted.events()) {
    const v1::AgreementMention& agreement = event.agreement();
    lines.push_back(absl::StrCat(
        TypeOf(event), " ", v1::Modality_Name(event.modality()).substr(std::string("MODALITY_").size()), " ",
        agreement.title().empty() ? Ids(agreement.parties(), "/") : agreement.title(), " by ",
        or_dash(Ids(event.actors(), " ")), " on ", DateOf(event.date())));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

void ExpectEvents(const std::vector<EventCase>& cases) {
  for (const EventCase& expected : cases) {
    const v1::ExtractedArticle extracted = Extracted({expected.text, kDayOfTests});
    EXPECT_EQ(absl::StrJoin(EventLines(extracted), "\n"), absl::StrJoin(expected.events, "\n"))
        << expected.text;
  }
}

}  // namespace treatywire::ingest
