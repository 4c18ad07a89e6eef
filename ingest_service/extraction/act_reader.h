// Reads the act of a trigger: by which of its lines in triggers.txt, who does it, and to which agreements.
//
// Each line has a frame that says where actor and agreement stand. The first line counts that finds an
// agreement and is not said of something else: of a person's office, of troops, of talks with others.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_ACT_READER_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_ACT_READER_H_

#include <optional>
#include <vector>

#include "ingest_service/extraction/actor_finder.h"
#include "ingest_service/extraction/clause_trigger.h"
#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/object_finder.h"
#include "ingest_service/extraction/phrase_meanings.h"
#include "ingest_service/extraction/sentence_view.h"
#include "ingest_service/lexicon/lexicon.h"

namespace treatywire::ingest {

struct ActReading {
  const LexiconEntry* entry = nullptr;  // of triggers.txt; the lexicon's
  Actors actors;
  std::vector<int> agreements;  // indices in Discourse::entities, never empty
  bool understood = false;      // they are understood from the text before, not named
};

// Reads the acts of one sentence, in the order of the text. Not thread-safe; the arguments outlive it.
class ActReader {
 public:
  // `discourse` learns of agreements that only the act tells of.
  ActReader(const SentenceView& view, const ActorFinder& actors, PhraseMeanings* meanings,
            Discourse* discourse)
      : view_(view),
        a_(view.annotation),
        actors_(actors),
        meanings_(meanings),
        objects_(view, *discourse, meanings),
        discourse_(discourse) {}

  // The act; nullopt where the words tell none of an agreement. With `strict`, words that mean other things
  // as well do not count.
  std::optional<ActReading> Read(const ClauseTrigger& trigger, bool strict);

 private:
  bool MayTell(const ClauseTrigger& trigger, const LexiconEntry& entry, bool strict) const;
  std::optional<ActReading> ReadAs(const LexiconEntry& entry, const ClauseTrigger& trigger);
  std::vector<int> AgreementsOf(const ClauseTrigger& trigger, const LexiconEntry& entry,
                                const Actors& actors);
  std::vector<int> InBeing(const LexiconEntry& entry, const std::vector<int>& agreements);
  bool IsOfOther(const ClauseTrigger& trigger, const ActReading& act) const;
  bool HoldsParty(TokenSpan words) const;
  bool IsForOrgan(const LexiconMatch& match, const ActReading& act) const;
  bool IsDepartureOfPerson(const ActReading& act) const;
  bool IsTalkWithOthers(const LexiconMatch& match, const ActReading& act) const;
  Actors DoersOf(const ClauseTrigger& trigger, const ActReading& act) const;
  bool GetNotice(const ClauseTrigger& trigger, const LexiconEntry& entry) const;
  bool IsAccusation(const LexiconMatch& match) const;
  Actors OtherThan(const Actors& actors, int agreement) const;

  const SentenceView& view_;
  const Annotation& a_;
  const ActorFinder& actors_;
  PhraseMeanings* meanings_;
  ObjectFinder objects_;
  Discourse* discourse_;
};

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_ACT_READER_H_
