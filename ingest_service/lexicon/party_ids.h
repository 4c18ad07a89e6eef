// A list of party ids, most of which are no longer than three.
#ifndef TREATYWIRE_INGEST_SERVICE_LEXICON_PARTY_IDS_H_
#define TREATYWIRE_INGEST_SERVICE_LEXICON_PARTY_IDS_H_

#include "ingest_service/document/short_list.h"
#include "ingest_service/lexicon/party_id.h"

namespace treatywire::ingest {

using PartyIds = ShortList<PartyId, 3>;

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_LEXICON_PARTY_IDS_H_
