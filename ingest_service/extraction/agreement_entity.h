// An agreement that an article speaks of, with what the text tells of it.
//
// Discourse makes and joins them (discourse.h); the readers of events look at them. Plain values: pointers
// lead into the lexicon, views into the article.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_AGREEMENT_ENTITY_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_AGREEMENT_ENTITY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "ingest_service/extraction/agreement_phrase.h"
#include "ingest_service/temporal/uncertain_date.h"

namespace treatywire::ingest {

struct AgreementEntity {
  const KnownAgreement* known = nullptr;
  std::string title;
  std::vector<std::string> aliases;
  PartyIds parties;
  bool multilateral = false;
  treatywire::v1::AgreementKind kind = treatywire::v1::AGREEMENT_KIND_UNSPECIFIED;
  SubjectVotes votes{};
  UncertainDate signed_date;
  absl::string_view signed_surface;  // of the article, as DateMention::surface
  std::string signed_place;
  bool strong = false;        // named, known, or called by a noun that hardly means anything else
  bool is_private = false;    // between firms, clubs or parties at home
  bool told_parties = false;  // a phrase names a party of it; else who acts, or what surrounds it, tells
  bool is_new = false;   // brought up as another one than those spoken of: "a new deal", "the previous pact"
  bool ended = false;    // the text has told that it ran out, was ended or replaced
  bool implied = false;  // brought up by an act alone, without a phrase
  bool presupposed = false;    // first spoken of as known: "the pact", "its treaty"
  bool fixed_parties = false;  // the text has told both parties of it; no more are added
  uint32_t first_token = 0;    // where it was first spoken of
  uint32_t last_token = 0;     // where it was last spoken of
  int mentions = 0;
  std::vector<absl::string_view> matter;     // words that tell what it is on: "mutual", "recognition"
  std::vector<absl::string_view> modifiers;  // and those before its noun: "framework", "disputed"
  std::vector<absl::string_view> topics;     // the narrow matters that it was told to be on
  std::vector<absl::string_view> nouns;      // what it was called: "pact", "accord"
  PartyId partner;                           // who it is told to be "with"
  PartyIds context_pair;   // of the agreement spoken of when it came up: likely its parties too
  PartyIds doers;          // who is told to do something to it
  std::vector<int> apart;  // agreements that the text tells apart from it
};

// Whether the text has given it a name.
bool IsNamed(const AgreementEntity& entity);

// Kinds whose noun tells an instrument apart from others of the same parties: "the protocol" is not "the
// treaty".
inline bool IsDistinctKind(treatywire::v1::AgreementKind kind) {
  return kind == treatywire::v1::AGREEMENT_KIND_PROTOCOL ||
         kind == treatywire::v1::AGREEMENT_KIND_MEMORANDUM ||
         kind == treatywire::v1::AGREEMENT_KIND_CEASEFIRE ||
         kind == treatywire::v1::AGREEMENT_KIND_EXCHANGE_OF_NOTES;
}

// Words of a name that tell it apart: lower case, without "treaty", "of", …
std::vector<std::string> NameWords(absl::string_view name);

// Of what has been "since 1982" the date on which it began; any other date as it is.
UncertainDate StartOf(const UncertainDate& date);

// The subject with most votes; UNSPECIFIED where nothing voted.
treatywire::v1::Subject BestSubject(const SubjectVotes& votes);

// "since 1982"
bool IsOpenEnded(const UncertainDate& date);

// When it was signed as far as told, or else as the lexicon has it, which is then put in `*known`.
const UncertainDate& SigningOf(const AgreementEntity& entity, UncertainDate* known);

// Whether two dates of signing may be one: an approximate one may be off by as much as it is wide, ten days
// at least; where nothing is told, everything may be.
bool SigningsMeet(const UncertainDate& a, const UncertainDate& b);

// Whether both name narrow matters, and none in common.
bool TopicsDiffer(const std::vector<absl::string_view>& a, const std::vector<absl::string_view>& b);

// Whether nothing tells that they are about different things.
bool SubjectsMeet(const AgreementEntity& a, const AgreementEntity& b);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_AGREEMENT_ENTITY_H_
