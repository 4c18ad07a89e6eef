// Agreements that no phrase names: one of the sort spoken of, of a party with its partner.
//
//   "Spain ended its treaty with Peru; Italy followed"  -> Italy's with Peru
//   "Peru has treaties with its neighbours. Chile signed one in April"  -> Chile's with Peru
//   "Talks with Chile are to open in May"  -> that of the party spoken of with Chile
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_OWN_AGREEMENT_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_OWN_AGREEMENT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "ingest_service/extraction/discourse.h"
#include "ingest_service/extraction/party_mention.h"
#include "ingest_service/extraction/sentence_view.h"
#include "ingest_service/lexicon/lexicon.h"

namespace treatywire::ingest {

// The agreement that `owner` has with `partner`, of the sort of the one spoken of last; a new one where the
// text has none yet. `words`: what speaks of it. -1 where the text has spoken of no agreement.
int OwnAgreement(PartyId owner, PartyId partner, TokenSpan words, Discourse* discourse);

// "Romania signed one in April", "talks with France are to open": of the sort that the text speaks of, with
// the party that it is about; nothing where the trigger has no such object. `actors`: who does it.
std::vector<int> OneOfTheSort(const SentenceView& view, const LexiconMatch& trigger,
                              const LexiconEntry& entry, const PartyIds& actors, Discourse* discourse);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_OWN_AGREEMENT_H_
