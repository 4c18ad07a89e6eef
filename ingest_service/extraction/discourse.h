// The agreements that an article speaks of, and which of them a phrase means.
//
// Phrases are resolved in the order of the text. A name, parties, a year or a subject that no agreement so
// far fits makes a new one; "the pact", "it", "both" mean those spoken of last that fit.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_DISCOURSE_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_DISCOURSE_H_

#include <string>
#include <vector>

#include "ingest_service/extraction/agreement_phrase.h"
#include "ingest_service/extraction/annotation.h"
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
  std::string signed_surface;
  std::string signed_place;
  bool strong = false;  // named, known, or called by a noun that hardly means anything else
  bool is_new = false;  // brought up as another one than those spoken of: "a new deal", "the previous pact"
  bool fixed_parties = false;  // the text has told both parties of it; no more are added
  uint32_t first_token = 0;    // where it was first spoken of
  uint32_t last_token = 0;     // where it was last spoken of
  int mentions = 0;
  std::vector<std::string> nouns;  // what it was called: "pact", "accord"
  PartyIds context_pair;           // of the agreement spoken of when it came up: likely its parties too
  std::vector<int> apart;          // agreements that the text tells apart from it
};

// At most this many agreements of one article; later ones are not told apart from the last.
inline constexpr size_t kMaxEntities = 256;

class Discourse {
 public:
  explicit Discourse(const Annotation& annotation) : a_(annotation) {}

  // The agreements that `phrase` means: none where it cannot be told. `owners`: the parties to complete "with
  // Germany" by (the clause's subject). `may_create` is false for phrases that must refer to something known
  // (a pronoun, the title).
  std::vector<int> Resolve(const AgreementPhrase& phrase, const PartyIds& owners, bool may_create);

  // The agreement spoken of last before `token` that `parties` (all of them, where it tells its own) could be
  // party to; -1 for none.
  int Focus(const PartyIds& parties) const;
  // The agreements that the last plural phrase meant, or just the focus; with `count`, the last so many
  // ("both", "all three").
  std::vector<int> FocusGroup(size_t count = 0) const;
  // Speaks of it: it becomes the focus.
  void Touch(int entity, uint32_t token);
  void TouchGroup(const std::vector<int>& group, uint32_t token);

  std::vector<AgreementEntity>& entities() { return entities_; }
  const std::vector<AgreementEntity>& entities() const { return entities_; }

  // Joins what was described before it was named ("a pact with Tokyo … the Basic Treaty") and what a year
  // tells to be the same. Returns for each agreement the index of the one it is joined with (its own where it
  // stays).
  std::vector<int> Unify();

  // Adds parties that the text tells of an agreement: up to two for a bilateral one.
  void AddParties(int entity, const PartyIds& ids);
  bool HasParty(int entity, const std::string& id) const;
  // One sentence speaks of both as of two.
  void TellApart(int a, int b);

 private:
  int FindByName(const AgreementPhrase& phrase) const;
  int FindByDescription(const AgreementPhrase& phrase, const PartyIds& parties) const;
  int FitScore(const AgreementPhrase& phrase, const PartyIds& parties, const AgreementEntity& entity) const;
  std::vector<int> ResolvePlural(const AgreementPhrase& phrase, const PartyIds& owners, bool may_create);
  std::vector<int> ResolvePronoun(const AgreementPhrase& phrase);
  bool OwnedBySubject(const AgreementPhrase& phrase, const PartyIds& owners) const;
  void InheritParties(PartyIds* parties) const;
  PartyIds PairSpokenOf(const PartyIds& parties) const;
  int Salience(size_t recency, const AgreementPhrase& phrase, const AgreementEntity& entity) const;
  int Create(const AgreementPhrase& phrase, const PartyIds& parties);
  bool CanUnify(int described, int named) const;
  void Enrich(int entity, const AgreementPhrase& phrase, const PartyIds& parties);

  const Annotation& a_;
  std::vector<AgreementEntity> entities_;
  std::vector<int> recent_;  // by recency, last = newest, each once
  std::vector<int> group_;   // what the last plural phrase meant
};

// Words of a name that tell it apart: lower case, without "treaty", "of", …
std::vector<std::string> NameWords(absl::string_view name);

// The subject with most votes; UNSPECIFIED where nothing voted.
treatywire::v1::Subject BestSubject(const SubjectVotes& votes);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_DISCOURSE_H_
