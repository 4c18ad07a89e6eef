// Noun phrases that mention agreements: "the 2018 military accord between the two Koreas on buffer zones",
// "NAFTA", "its tax treaties with Cyprus, Malta and Luxembourg", "Treaty of Osimo", "both".
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_AGREEMENT_PHRASE_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_AGREEMENT_PHRASE_H_

#include <array>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "ingest_service/extraction/annotation.h"

namespace treatywire::ingest {

// How the phrase begins.
enum class Determiner : uint8_t {
  kNone,        // "agreements with Germany", "NAFTA"
  kIndefinite,  // a, an, another, one
  kDefinite,    // the, this, that, these, those, said
  kPossessive,  // its, their, Russia's
  kQuantity,    // three agreements
};

// Subjects' votes, indexed by treatywire::v1::Subject.
using SubjectVotes = std::array<int, 16>;

// Views what the Annotation's document holds.
struct AgreementPhrase {
  TokenSpan tokens;   // all of it, post-modifiers too
  TokenSpan core;     // determiner to head noun or title's end
  uint32_t head = 0;  // the head noun's first token
  Determiner determiner = Determiner::kNone;
  const LexiconEntry* instrument = nullptr;  // nullptr for a bare name ("NAFTA")
  absl::string_view noun;                    // its instrument noun as written, lower case: "pact"
  const KnownAgreement* known = nullptr;
  std::string title;  // proper name, if it is one
  std::string abbreviation;
  PartyIds parties;   // "between A and B", "Franco-Russian", "A's … with B"
  PartyIds partners;  // "with B, C and D": each with somebody who stands elsewhere
  // Of partners that are told one by one with the date of each ("with Chile (2001) and Peru (2003)"): the
  // index of the date; -1 for none. As many as `partners`, or empty.
  std::vector<int> partner_dates;
  bool plural = false;
  int count = 0;          // "three agreements": 3; 0 = not said
  int matters = 0;        // "agreements on fish, energy and ports": 3; 0 = no list, or the noun is no plural
  bool is_new = false;    // new, another, further, separate: not one spoken of before
  bool of_own = false;    // "a treaty of its own": of another than those who have the one spoken of
  bool newest = false;    // "the new treaty": the latest of those spoken of
  bool is_other = false;  // previous, earlier, old, first: another one than the one spoken of
  bool multilateral = false;  // multilateral, international, tripartite, "convention"
  bool one = false;           // "one with Japan", "that with Palau": of the sort spoken of before
  uint32_t ordinal = 0;       // "the second", of those spoken of together: 2
  size_t between = 0;         // "between the two countries": 2; "between the three": 3
  size_t with_group = 0;      // "with the two", "with all three": so many partners
  bool background = false;    // "under the treaty": it is not what the sentence speaks of
  // "a CITES permit", "the NPT conference": the name says what sort of other thing is spoken of.
  bool attributive = false;
  // "the coalition agreement": of parties at home, firms or clubs, whatever is said of it later.
  bool is_private = false;
  SubjectVotes votes{};
  // What it is said to be on, word by word, lower case: "mutual", "recognition"; and the words before its
  // noun.
  std::vector<absl::string_view> matter;
  std::vector<absl::string_view> modifiers;
  std::vector<absl::string_view> topics;  // the narrow matters that the phrase names (topics.txt)
  std::vector<int> dates;  // indices in Annotation::dates of its year: "the 1994 treaty", "of 1975 and 1976"
  // Index of the date on which "the accord that they signed in May" was signed; -1 where no such clause
  // follows.
  int restricting_date = -1;
  // "it", "both", "the two", "the former": no noun of its own.
  bool pronoun = false;
};

// A noun that mostly means something else, without a name of its own.
bool IsWeak(const AgreementPhrase& phrase);
// "framework": an agreement only where somebody signs it, and later by the same noun.
bool NeedsSigning(const AgreementPhrase& phrase);

// What `several`, a plural phrase, says of each of them.
AgreementPhrase EachOf(const AgreementPhrase& several);

// The phrases of one sentence, in order, not overlapping. At most kMaxPhrasesPerSentence; later ones are not
// read.
std::vector<AgreementPhrase> FindAgreementPhrases(const Annotation& annotation, const Sentence& sentence);
inline constexpr size_t kMaxPhrasesPerSentence = 32;

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_AGREEMENT_PHRASE_H_
