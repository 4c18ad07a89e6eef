// Which agreements the phrases of a sentence mean, told in the order of the text.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_PHRASE_MEANINGS_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_PHRASE_MEANINGS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "ingest_service/extraction/actor_finder.h"
#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/read_event.h"
#include "ingest_service/extraction/sentence_view.h"

namespace treatywire::ingest {

class PhraseMeanings {
 public:
  // `discourse` learns of the agreements; `events` gets when they date from ("the 1994 pact"). All outlive
  // this.
  PhraseMeanings(const SentenceView& view, const ActorFinder& actors, Discourse* discourse,
                 std::vector<ReadEvent>* events)
      : view_(view),
        a_(view.annotation),
        actors_(actors),
        discourse_(discourse),
        out_(events),
        meanings_(view.phrases.size()),
        resolved_(view.phrases.size(), false) {}

  // Reads the phrases that begin at or before `token`, but for pronouns, which mean nothing by themselves.
  void ResolveUpTo(uint32_t token);
  // What the phrase means, as indices in Discourse::entities; none where it cannot be told.
  const std::vector<int>& Of(size_t phrase);
  // Two phrases of one sentence that do not mean the same mean two agreements: the discourse is told so.
  void TellApart();

 private:
  void Resolve(size_t p);
  std::vector<int> OtherThanInAside(size_t p);
  std::vector<int> NamedAfterPronoun(size_t p);
  bool IsCalled(const AgreementPhrase& phrase) const;
  std::vector<int> SaidOfOther(size_t p);
  PhraseContext ContextOf(size_t p) const;
  PartyIds PairOfLabel() const;
  bool IsOfStandingParty(const AgreementPhrase& phrase, const PhraseContext& context) const;
  void SetOwnerByVerb(const AgreementPhrase& phrase, PhraseContext* context) const;
  bool FollowsAct(const AgreementPhrase& phrase, bool renewal) const;
  PartyId PartyBeforeColon(const AgreementPhrase& phrase) const;
  void TellReplacedApart();
  bool LeadsClause(const AgreementPhrase& phrase) const;
  bool IsMeans(const AgreementPhrase& phrase) const;
  int InApposition(size_t p) const;
  std::vector<int> NamedOneByOne(size_t p);
  std::vector<int> ToldOneByOne(size_t p);
  std::vector<int> ToldInPart(size_t p);
  std::vector<int> NamedInPart(size_t p);
  std::vector<int> NamedInList(size_t p);
  std::vector<int> WithThoseListed(size_t p);
  std::vector<int> OneOfEach(size_t p);
  std::vector<int> OneOnEach(size_t p);
  bool LeadsToList(TokenSpan words) const;
  bool ContinuesList(size_t q) const;
  int BackgroundOf(size_t pronoun) const;
  int NamedAfter(size_t p) const;
  void AddOrigin(const AgreementPhrase& phrase, int agreement);
  int DateOfComing(const AgreementPhrase& phrase) const;
  bool IsDay(uint32_t t) const;
  static bool IsNamed(const AgreementPhrase& phrase);
  bool IsSubjectOfOtherVerb(const AgreementPhrase& phrase) const;
  int MatchingDate(const AgreementPhrase& phrase, int agreement) const;

  const SentenceView& view_;
  const Annotation& a_;
  const ActorFinder& actors_;
  Discourse* discourse_;
  std::vector<ReadEvent>* out_;
  std::vector<std::vector<int>> meanings_;
  std::vector<bool> resolved_;
  uint32_t next_ = 0;  // no phrase that begins before it is to be read
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_PHRASE_MEANINGS_H_
