#include "tools/treatywire/claim_text.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "tools/treatywire/display_text.h"
#include "tools/treatywire/enum_words.h"

namespace treatywire::tools {
namespace {

using treatywire::v1::Claim;

// How a claim's date stands to the preferred one, where a reader would want to know.
std::string Relation(const Claim& claim) {
  switch (claim.date_comparison()) {
    case treatywire::v1::DATE_COMPARISON_UNSPECIFIED:
    case treatywire::v1::DATE_COMPARISON_SAME:
      return "";
    default:
      return absl::StrCat(" (", Word(claim.date_comparison()), ")");
  }
}

std::string SourceLine(const Claim& claim) {
  std::vector<std::string> parts;
  parts.push_back(claim.publisher().empty() ? "(publisher unknown)" : claim.publisher());
  if (std::string day = DayText(claim.publish_time()); !day.empty()) parts.push_back(std::move(day));
  // "would withdraw unless" is no report that it did, though it belongs to the same act.
  const treatywire::v1::Modality modality = claim.event().modality();
  if (modality != treatywire::v1::MODALITY_ASSERTED && modality != treatywire::v1::MODALITY_UNSPECIFIED) {
    parts.push_back(absl::StrCat("tells it as ", Word(modality)));
  }
  if (!claim.event().date().edtf().empty()) {
    parts.push_back(absl::StrCat("dates it ", DateText(claim.event().date().edtf()), Relation(claim)));
  }
  if (!claim.event().evidence().speaker().empty()) {
    parts.push_back(absl::StrCat("quoting ", claim.event().evidence().speaker()));
  }
  return absl::StrJoin(parts, ", ");
}

}  // namespace

std::string DateText(absl::string_view edtf) {
  constexpr absl::string_view kSeasons[] = {"spring", "summer", "autumn", "winter"};
  const absl::string_view plain = absl::StripSuffix(edtf, "~");
  const bool season =
      plain.size() == 7 && plain[4] == '-' && plain[5] == '2' && plain[6] >= '1' && plain[6] <= '4';
  return season ? absl::StrCat(edtf, " (", kSeasons[plain[6] - '1'], ")") : std::string(edtf);
}

std::string DayText(const google::protobuf::Timestamp& time) {
  // What the services accept; a hostile one must not reach the formatter's undefined years.
  constexpr int64_t kYear1000 = -30610224000;
  constexpr int64_t kYear3000 = 32503680000;
  if (time.seconds() < kYear1000 || time.seconds() >= kYear3000 || (time.seconds() == 0 && time.nanos() == 0))
    return "";
  return absl::FormatTime("%Y-%m-%d", absl::FromUnixSeconds(time.seconds()), absl::UTCTimeZone());
}

std::string ActText(treatywire::v1::EventType type, treatywire::v1::Modality modality) {
  // Not "breach alleged": "by RU" follows, who is said to have violated it and alleges nothing.
  std::string act = type == treatywire::v1::EVENT_TYPE_BREACH_ALLEGED ? "alleged breach" : Word(type);
  if (modality == treatywire::v1::MODALITY_ASSERTED || modality == treatywire::v1::MODALITY_UNSPECIFIED)
    return act;
  return absl::StrCat(Word(modality), ": ", act);
}

std::string PartyIds(const google::protobuf::RepeatedPtrField<treatywire::v1::PartyRef>& parties) {
  return absl::StrJoin(parties, ", ", [](std::string* out, const treatywire::v1::PartyRef& party) {
    out->append(party.party_id());
  });
}

std::string SourceCount(int independent_sources) {
  return absl::StrCat(independent_sources, independent_sources == 1 ? " source" : " sources");
}

std::string ClaimText(const Claim& claim, int indent, int width) {
  const treatywire::v1::Evidence& evidence = claim.event().evidence();
  std::string text = IndentedText(SourceLine(claim), indent, indent + 2, width);
  if (!evidence.text().empty()) {
    absl::StrAppend(&text,
                    IndentedText(absl::StrCat("\"", evidence.text(), "\""), indent + 2, indent + 3, width));
  }
  absl::StrAppend(&text,
                  IndentedText(absl::StrCat(claim.article(), evidence.in_title() ? ", title" : "", ", bytes ",
                                            evidence.begin_byte(), " to ", evidence.end_byte()),
                               indent + 2, indent + 4, width));
  return text;
}

}  // namespace treatywire::tools
