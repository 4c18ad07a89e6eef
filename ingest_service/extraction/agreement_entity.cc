#include "ingest_service/extraction/agreement_entity.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/time/civil_time.h"

namespace treatywire::ingest {
namespace {

// The days by which an approximate date may be off: as much as it is wide, ten days at least.
absl::civil_diff_t Slack(const UncertainDate& date) {
  if (!absl::StrContains(date.edtf, '~') || !date.earliest || !date.latest) return 0;
  return std::max<absl::civil_diff_t>(*date.latest - *date.earliest, 10);
}

}  // namespace

bool IsNamed(const AgreementEntity& entity) { return !entity.title.empty() || entity.known != nullptr; }

std::vector<std::string> NameWords(absl::string_view name) {
  static const auto& skipped = *new absl::flat_hash_set<absl::string_view>{"the",
                                                                           "a",
                                                                           "an",
                                                                           "of",
                                                                           "on",
                                                                           "for",
                                                                           "and",
                                                                           "in",
                                                                           "to",
                                                                           "with",
                                                                           "between",
                                                                           "treaty",
                                                                           "convention",
                                                                           "agreement",
                                                                           "accord",
                                                                           "accords",
                                                                           "pact",
                                                                           "deal",
                                                                           "protocol",
                                                                           "treaties",
                                                                           "agreements",
                                                                           "concerning",
                                                                           "against",
                                                                           "un",
                                                                           "international",
                                                                           "memorandum",
                                                                           "understanding",
                                                                           "charter"};
  std::vector<std::string> words;
  std::string word;
  auto flush = [&] {
    if (!word.empty() && !skipped.contains(word)) words.push_back(word);
    word.clear();
  };
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte) || byte >= 0x80) {
      word.push_back(absl::ascii_tolower(byte));
    } else {
      flush();
    }
  }
  flush();
  return words;
}

treatywire::v1::Subject BestSubject(const SubjectVotes& votes) {
  int any = 0;
  for (const int count : votes) any |= count;                // several at a time
  if (any == 0) return treatywire::v1::SUBJECT_UNSPECIFIED;  // as most have
  int most = 0;
  for (const int count : votes) most = std::max(most, count);
  if (most == 0) return treatywire::v1::SUBJECT_UNSPECIFIED;
  return static_cast<treatywire::v1::Subject>(std::find(votes.begin(), votes.end(), most) - votes.begin());
}

UncertainDate StartOf(const UncertainDate& date) {
  const absl::string_view edtf = date.edtf;
  const size_t slash = edtf.find("/..");
  if (slash == absl::string_view::npos) return date;
  absl::StatusOr<UncertainDate> start = ParseEdtf(edtf.substr(0, slash));
  if (!start.ok()) return date;
  start->basis = date.basis;
  return *std::move(start);
}

// "since 1982"
bool IsOpenEnded(const UncertainDate& date) { return absl::StrContains(date.edtf, "/.."); }

bool SigningsMeet(const UncertainDate& a, const UncertainDate& b) {
  if (a.empty() || b.empty()) return true;
  const bool before = a.latest && b.earliest && *a.latest < *b.earliest;
  const bool after = b.latest && a.earliest && *b.latest < *a.earliest;
  if (!before && !after) return true;
  const absl::civil_diff_t slack = std::max(Slack(a), Slack(b));
  return before ? *a.latest + slack >= *b.earliest : *b.latest + slack >= *a.earliest;
}

// When it was signed as far as told, or else as the lexicon has it, which is then put in `*known`.
const UncertainDate& SigningOf(const AgreementEntity& entity, UncertainDate* known) {
  if (!entity.signed_date.empty() || entity.known == nullptr || entity.known->signed_edtf.empty())
    return entity.signed_date;
  absl::StatusOr<UncertainDate> parsed = ParseEdtf(entity.known->signed_edtf);
  if (parsed.ok()) *known = *std::move(parsed);
  return *known;
}

bool TopicsDiffer(const std::vector<absl::string_view>& a, const std::vector<absl::string_view>& b) {
  if (a.empty() || b.empty()) return false;
  return std::none_of(a.begin(), a.end(), [&](absl::string_view topic) {
    return std::find(b.begin(), b.end(), topic) != b.end();
  });
}

// Whether nothing tells that they are about different things.
bool SubjectsMeet(const AgreementEntity& a, const AgreementEntity& b) {
  const treatywire::v1::Subject x = BestSubject(a.votes);
  const treatywire::v1::Subject y = b.known != nullptr ? b.known->subject : BestSubject(b.votes);
  return x == y || a.votes[y] > 0 || b.votes[x] > 0 || x == treatywire::v1::SUBJECT_UNSPECIFIED ||
         y == treatywire::v1::SUBJECT_UNSPECIFIED;
}

}  // namespace treatywire::ingest
