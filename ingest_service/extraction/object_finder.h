// To which agreements a trigger's act is done: the verb's object or subject, a phrase near it, else what the
// text speaks of.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_OBJECT_FINDER_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_OBJECT_FINDER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/party_list.h"
#include "ingest_service/extraction/phrase_meanings.h"
#include "ingest_service/extraction/sentence_view.h"
#include "ingest_service/lexicon/lexicon.h"

namespace treatywire::ingest {

class ObjectFinder {
 public:
  // All outlive the finder.
  ObjectFinder(const SentenceView& view, const Discourse& discourse, PhraseMeanings* meanings)
      : view_(view), a_(view.annotation), discourse_(discourse), meanings_(meanings) {}

  // The agreements of a trigger of any frame but "notice", as indices in Discourse::entities. `doers`: who
  // do it, to choose among agreements that nobody names here.
  std::vector<int> ByFrame(const LexiconMatch& trigger, const LexiconEntry& entry, size_t clause_index,
                           bool passive, const Actors& doers);
  // What is notified: the agreement named in the clause or the that-clause after it, else those spoken of, as
  // far as those who get the notice are parties.
  std::vector<int> Notified(const LexiconMatch& trigger, const LexiconEntry& entry, size_t clause_index);
  // Whether the last answer was understood from the text before rather than named by the sentence.
  bool understood() const { return understood_; }

 private:
  bool HasOtherSubject(TokenSpan clause, uint32_t verb) const;
  bool IsActOfOrgan(const Actors& doers) const;
  bool IsJoinedParticiple(const LexiconMatch& trigger, size_t clause_index) const;
  int AfterParenthesis(const LexiconMatch& trigger, size_t clause_index) const;
  int ObjectOfRelative(size_t clause_index) const;
  std::vector<int> SeveralBefore(uint32_t from, uint32_t to) const;
  int HeadOfRelative(size_t clause_index, int inner, uint32_t verb) const;
  uint32_t EndOfReport(size_t index) const;
  bool TellsOfEnd(const LexiconMatch& trigger, uint32_t end) const;
  bool SaidOfOtherNoun(const LexiconMatch& trigger) const;
  bool HasNoObject(uint32_t verb_end) const;
  bool IsDirect(uint32_t from, int phrase) const;
  bool SignsLaw(uint32_t from, int phrase) const;
  static bool IsClosedPair(const AgreementEntity& entity);
  bool IsOfOtherRules(const LexiconMatch& trigger, const LexiconEntry& entry) const;
  bool SignsBillBefore(int phrase, const Actors& doers) const;
  std::vector<int> JoinedAfter(int phrase);
  bool IsTextOf(size_t text, size_t other) const;
  std::vector<int> JoinedBefore(int phrase);
  void AddTogether(uint32_t from, uint32_t to, std::vector<int>* found);
  static void AddNew(const std::vector<int>& agreements, std::vector<int>* to);
  enum class Joint { kNone, kComma, kAnd };
  Joint Link(size_t first, size_t second) const;
  size_t LastJoined(size_t first) const;
  std::vector<int> SpokenOf() const;
  std::vector<int> OneWithEach(const PartyList& named) const;
  int SharedObject(const LexiconMatch& trigger, size_t clause_index) const;
  std::vector<int> SeveralAfter(uint32_t from, uint32_t to) const;
  bool HasOtherObject(const LexiconMatch& trigger) const;
  std::vector<int> FromContext(const LexiconMatch& trigger, const LexiconEntry& entry, const Actors& doers,
                               bool pronoun_like);
  PartyList RecipientsOf(TokenSpan trigger, uint32_t end) const;

  const SentenceView& view_;
  const Annotation& a_;
  const Discourse& discourse_;
  PhraseMeanings* meanings_;
  bool understood_ = false;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_OBJECT_FINDER_H_
