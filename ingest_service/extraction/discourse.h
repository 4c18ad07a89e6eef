// The agreements that an article speaks of, and which of them a phrase means.
//
// Phrases are resolved in the order of the text. A name, parties, a year or a subject that no agreement so
// far fits makes a new one; "the pact", "it", "both" mean those spoken of last that fit.
//
// discourse.cc keeps what is spoken of and resolves one phrase; discourse_fit.cc weighs an agreement against
// a phrase, discourse_parties.cc tells whose it is, discourse_plural.cc resolves phrases that mean several,
// and discourse_unify.cc joins what turns out to be one. An agreement itself is in agreement_entity.h.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_DISCOURSE_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_DISCOURSE_H_

#include <optional>
#include <string>
#include <vector>

#include "ingest_service/extraction/agreement_entity.h"
#include "ingest_service/extraction/agreement_phrase.h"
#include "ingest_service/extraction/annotation.h"

namespace treatywire::ingest {

// What stands around a phrase that says which agreement it means.
struct PhraseContext {
  // The parties that complete "with Germany" or own "its treaty": the clause's subject, else who acted last.
  PartyIds owners;
  // Whether the sentence itself names them.
  bool owners_named = false;
  // Those who "the two" and "the three" are, as far as the sentences before tell.
  PartyIds group;
  // Whom a label above or before the phrase tells an agreement to be between: "Australia." at the head of an
  // item in a list of Manila's. Two, or none.
  PartyIds labelled;
  bool label_names_both = false;  // "Lima–Suva:"
  // Whether it is the object of a verb of signing.
  bool is_signed = false;
  // The two whom the sentence, or those before it, bring together; for plurals alone.
  PartyIds brought_together;
  // Whether it is the object of a verb of an act.
  bool is_object = false;
  // Those who sign or renew it together, where it is the object of their verb: two or more, or none.
  PartyIds signers;
  // Agreements that it does not mean: what is supplementary to it.
  std::vector<int> apart;
  // False for phrases that must refer to something known (in the title).
  bool may_create = true;
};

// At most this many agreements of one article; later ones are not told apart from the last.
inline constexpr size_t kMaxEntities = 256;
// What is described and not named is one of so many that were last spoken of.
inline constexpr size_t kMaxDescribed = 64;

class Discourse {
 public:
  explicit Discourse(const Annotation& annotation) : a_(annotation) { entities_.reserve(kFewEntities); }

  // The agreements that `phrase` means: none where it cannot be told.
  std::vector<int> Resolve(const AgreementPhrase& phrase, const PhraseContext& context);

  // What `phrase` tells of an agreement that is named beside it.
  void Describe(int entity, const AgreementPhrase& phrase, const PhraseContext& context);

  // The agreement spoken of last before `token` that `parties` (all of them, where it tells its own) could be
  // party to; -1 for none.
  int Focus(const PartyIds& parties) const;
  // The agreement spoken of last besides this one; -1 for none.
  int FocusBesides(int entity) const;
  // The agreement of the same two, spoken of last, that has not ended as `ended` has; -1 for none.
  int FocusInBeing(int ended) const;
  // The agreement with many parties spoken of last; -1 for none.
  int FocusOfMany() const;
  // The agreements spoken of last as several, as long as no other has been spoken of since ("they", "the
  // agreements"); empty where there are none.
  std::vector<int> Several() const;
  // The agreements that the last plural phrase meant, or just the focus; with `count`, the last so many
  // ("both", "all three").
  std::vector<int> FocusGroup(size_t count = 0) const;
  // Speaks of it: it becomes the focus.
  void Touch(int entity, uint32_t token);
  void TouchGroup(const std::vector<int>& group, uint32_t token);
  // Speaks of the one of `several` agreements, a plural phrase, that is with `partners` as well: "Chile:"
  // under "Peru's treaties". Returns whether it is just one.
  bool TouchOneOf(const AgreementPhrase& several, const PartyIds& partners, uint32_t token);

  std::vector<AgreementEntity>& entities() { return entities_; }
  const std::vector<AgreementEntity>& entities() const { return entities_; }

  // Joins what was described before it was named ("a pact with Tokyo … the Basic Treaty") and what a year
  // tells to be the same. Returns for each agreement the index of the one it is joined with (its own where it
  // stays).
  std::vector<int> Unify();

  // Whose "a pact with Fiji" is where nobody stands before it: of the party that the article is about, or of
  // whoever has most of the agreements spoken of. Empty where that does not tell or is one of `but`.
  PartyId SharedParty(const PartyIds& but) const;
  // Of the two parties of the agreement spoken of last, the one whom it is not told to be "with"; empty where
  // that does not tell, or is one of `but`.
  PartyId SideOfLast(const PartyIds& but) const;
  // Which of an agreement's two parties has more of the agreements spoken of; empty where neither has.
  PartyId SharedSideOf(int agreement) const;

  // The agreement between `pair` of the same sort as `model`: one spoken of, else a new one.
  int SiblingOf(int model, const PartyIds& pair);

  // Adds parties that the text tells of an agreement: up to two for a bilateral one.
  void AddParties(int entity, const PartyIds& ids);
  bool HasParty(int entity, PartyId id) const;
  // A list or a table tells party by party who did something to it: it is open to many, unless it has its
  // two.
  void TellMembers(int entity);
  // Remembers who did something to it: likely a party as long as none is told.
  void AddDoers(int entity, const PartyIds& ids);
  // "Signed by the Soviet Union": where the text names the former state, it is the party, not the one that
  // follows it.
  void NameFormer(int entity, PartyId id);
  // One sentence speaks of both as of two.
  void TellApart(int a, int b);

 private:
  // As many as most articles have.
  static constexpr size_t kFewEntities = 32;

  int FindByName(const AgreementPhrase& phrase) const;
  bool IsLabelled(const AgreementPhrase& phrase, const PhraseContext& context) const;
  bool IsKnownOfOthers(const AgreementPhrase& phrase, const PhraseContext& context) const;
  bool IsOfOthers(const AgreementPhrase& phrase, int entity) const;
  int FindParent(const AgreementPhrase& phrase);
  const KnownAgreement* ParentOf(const AgreementEntity& protocol) const;
  int FindByDescription(const AgreementPhrase& phrase, const PartyIds& parties,
                        const PhraseContext& context) const;
  // `subject`: the phrase's.
  std::optional<int> FitScore(const AgreementPhrase& phrase, const PartyIds& parties,
                              treatywire::v1::Subject subject, int entity) const;
  static int MostScore(const AgreementPhrase& phrase, const PartyIds& parties,
                       treatywire::v1::Subject subject);
  bool IsOfThree(const AgreementPhrase& phrase) const;
  std::optional<int> PartyScore(const AgreementPhrase& phrase, const PartyIds& parties, int entity) const;
  std::optional<int> DateScore(const AgreementPhrase& phrase, const PartyIds& parties, int entity) const;
  bool IsDescribedOtherwise(const AgreementPhrase& phrase, int entity) const;
  bool IsOnOtherMatter(const AgreementPhrase& phrase, int entity) const;
  std::optional<int> SubjectScore(const AgreementPhrase& phrase, treatywire::v1::Subject subject,
                                  int entity) const;
  int KindScore(const AgreementPhrase& phrase, int entity) const;
  bool IsOfOtherItem(const AgreementPhrase& phrase, const AgreementEntity& entity) const;
  uint32_t BlockOf(uint32_t token) const;
  bool IsOfOldDate(const AgreementEntity& entity) const;
  int Salience(size_t recency, const AgreementPhrase& phrase, int entity) const;
  std::vector<int> ResolvePlural(const AgreementPhrase& phrase, const PhraseContext& context);
  std::vector<int> ResolvePronoun(const AgreementPhrase& phrase);
  std::vector<int> Newest(const AgreementPhrase& phrase) const;
  std::vector<int> LastFitting(const AgreementPhrase& phrase) const;
  PartyIds PartiesOf(const AgreementPhrase& phrase, const PhraseContext& context) const;
  bool IsOwned(const AgreementPhrase& phrase, const PhraseContext& context) const;
  bool OwnedBySubject(const AgreementPhrase& phrase, const PartyIds& owners) const;
  void InheritParties(PartyIds* parties) const;
  PartyId OwnerInTitle() const;
  PartyId ReadOwnerInTitle() const;
  PartyIds GroupOf(size_t count) const;
  PartyIds PairSpokenOf(const PartyIds& parties) const;
  // The first of recent_ that what is described and not named may mean.
  size_t FirstDescribed() const;
  // By the ids as they are spelled.
  struct PartyCount {
    PartyId party;
    int count = 0;
  };
  std::vector<PartyCount> CountPartiesOfPairs() const;
  static std::vector<PartyCount>::const_iterator FindCount(const std::vector<PartyCount>& counts,
                                                           PartyId party);
  PartyIds PairOf(const PartyIds& owners) const;
  PartyId Counterpart(PartyId id, bool main) const;
  int Create(const AgreementPhrase& phrase, const PartyIds& parties);
  std::vector<PartyIds> PairsInOrder(const AgreementPhrase& phrase) const;
  static std::vector<int> DateOfPartner(const AgreementPhrase& phrase, PartyId partner);
  bool CanUnify(int described, int named) const;
  bool TellOfOne(int described, int named) const;
  bool IsDescribedBeside(const AgreementEntity& implied, const AgreementEntity& described) const;
  void Absorb(int kept, int absorbed);
  void Enrich(int entity, const AgreementPhrase& phrase, const PartyIds& parties);

  const Annotation& a_;
  std::vector<AgreementEntity> entities_;
  std::vector<int> recent_;      // by recency, last = newest, each once
  std::vector<int> group_;       // what the last plural phrase meant, or the agreement spoken of since
  std::vector<int> last_group_;  // what the last plural phrase meant that meant several
  int former_ = -1;              // what "the former" meant last
  mutable std::optional<PartyId> owner_in_title_;  // read when first asked for
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_DISCOURSE_H_
