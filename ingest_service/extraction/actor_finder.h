// Who does what a trigger says: the verb's subject, a by-phrase, the owner of a noun ("Lithuania's
// withdrawal").
//
// actor_finder.cc reads by the frame and finds subjects; actor_clause.cc those that another clause tells,
// actor_group.cc those that are counted, actor_role.cc who is no subject.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_ACTOR_FINDER_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_ACTOR_FINDER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ingest_service/extraction/annotation.h"
#include "ingest_service/extraction/sentence_view.h"
#include "ingest_service/extraction/verb_group.h"

namespace treatywire::ingest {

// Who did it, as found.
struct Actors {
  PartyIds ids;
  MentionIndices mentions;
  bool all_parties = false;  // "the two countries": whoever the agreement binds
  bool unnamed = false;      // an organ that names no state ("the Senate"): `ids` is a guess
  bool many = false;         // "sixty states": who they are is not said, or `ids` are some of them
  PartyIds group = {};       // "the three states": the last so many that the text listed
  // "the two countries", said here: the group is the last so many before the token, which is told when
  // somebody asks (GroupOf), as hardly anybody does; 0 for none.
  uint32_t count = 0;
  uint32_t counted_at = 0;
  bool empty() const { return ids.empty() && !all_parties && !many; }
};

class ActorFinder {
 public:
  // `last_actors`: who acted in the sentences before, whom "it" and a missing subject mean. Both outlive the
  // finder.
  ActorFinder(const SentenceView& view, const Actors& last_actors)
      : view_(view), a_(view.annotation), last_actors_(last_actors) {}

  // The actors of `trigger` read by the frame of `entry` (triggers.txt explains them); `group`: its verb.
  Actors ByFrame(const LexiconMatch& trigger, const LexiconEntry& entry, const VerbGroup& group,
                 size_t clause_index) const;
  // The subject of an active verb: in its clause, taken over from another, or of an infinitive who shall do
  // it.
  Actors SubjectOf(const VerbGroup& group, size_t clause_index) const;
  // The subject of what begins at `end`, looked for in its own clause only.
  // "all but Chile and Peru [have ratified it]": those left out in the clause before `end`.
  Actors ExceptedIn(size_t clause_index, uint32_t end) const;
  // "and Peru, which had left, came back": of a clause after the comma that closes a relative one, whom that
  // one describes; nobody elsewhere.
  Actors SubjectAround(size_t clause_index) const;
  Actors SubjectIn(size_t clause_index, uint32_t end) const;
  // The last party mention in [begin, end) that no preposition governs; negative where there is none.
  int32_t LastSubject(uint32_t end, uint32_t begin) const;
  // The party of that, with those joined to it by commas and "and".
  Actors SubjectBefore(uint32_t end, uint32_t begin) const;
  // Whether SubjectBefore finds anybody.
  bool HasSubjectBefore(uint32_t end, uint32_t begin) const;
  // Who "its pact with Germany" belongs to: the party before the phrase in the sentence, else who acted last.
  PartyIds OwnersOf(const AgreementPhrase& phrase) const;
  // Adds those who do it together with the subject: "concluded with Turkey".
  void AddPartners(const LexiconMatch& trigger, size_t clause_index, Actors* actors) const;
  // Who says, before `token` in the sentence, that another did it: "Warsaw says that the pact has been
  // breached".
  Actors AccuserBefore(uint32_t token) const;
  // Those who "the three states" are; nobody where nothing tells.
  PartyIds GroupOf(const Actors& actors) const;
  // Whom "it" in the next sentence means: this sentence's first actor; as before where it has none.
  Actors ActorsForNext() const;
  // Who acted in the sentences before.
  const Actors& last_actors() const { return last_actors_; }

 private:
  bool IsActorMention(const PartyMention& mention) const;
  bool IsSubject(const PartyMention& mention) const;
  Actors ActorsOf(int mention) const;
  static bool IsGoverning(absl::string_view word);
  bool Governed(const PartyMention& mention) const;
  bool IsExcepted(uint32_t token) const;
  bool IsFollowed(uint32_t t) const;
  bool GetsNotice(uint32_t token) const;
  void CollectJoined(uint32_t t, uint32_t begin, Actors* found) const;
  void CollectLeftwards(uint32_t t, uint32_t begin, Actors* found) const;
  Actors ControllerOf(const VerbGroup& group) const;
  Actors AntecedentOfRelative(size_t clause_index) const;
  Actors CarriedInto(size_t clause_index) const;
  Actors FirstSubject(uint32_t begin, uint32_t end) const;
  Actors SpokenOf(uint32_t token) const;
  Actors ListAfterColon(uint32_t token) const;
  bool OwnsSubject(const PartyMention& mention, uint32_t verb) const;
  Actors SubjectAfterAside() const;
  uint32_t BeginOfList(const Clause& clause) const;
  uint32_t PredicateBegin(uint32_t t, uint32_t begin) const;
  Actors GroupEndingAt(uint32_t token) const;
  Actors ManyAt(uint32_t token) const;
  Actors ThoseBeforeCount(uint32_t token) const;
  bool IsCounted(uint32_t token) const;
  bool IsPartOfCount(uint32_t token) const;
  uint32_t ListBeginsAfter(uint32_t many, uint32_t token) const;
  Actors ByPhrase(uint32_t t, size_t clause_index) const;
  Actors SendersOf(const PartyMention& mention) const;
  void AddSecondAgent(uint32_t from, Actors* agents) const;
  void AddCompanions(Actors* subject) const;
  bool IsListedWithGoverned(uint32_t t) const;
  Actors OwnerBefore(uint32_t begin) const;
  Actors OwnersJoinedTo(int mention_index) const;
  Actors ConsentingOrgan(const LexiconMatch& trigger, const LexiconEntry& entry) const;
  Actors OrganIn(const LexiconMatch& trigger) const;
  Actors AccusedBefore(uint32_t begin) const;
  Actors GiversOfInstruments(TokenSpan words, size_t clause_index) const;
  bool IsOfInstruments(uint32_t t) const;
  Actors BlamedBefore(uint32_t verb) const;
  Actors StatesAfterIn(uint32_t from) const;
  Actors ForPhrase(size_t clause_index) const;
  Actors PartiesAfter(uint32_t t) const;

  const SentenceView& view_;
  const Annotation& a_;
  const Actors& last_actors_;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_ACTOR_FINDER_H_
