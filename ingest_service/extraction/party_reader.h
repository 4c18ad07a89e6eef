// Reads the parties that the words of an article name: states, organisations, their people and capitals,
// organs and persons who act for them.
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_READER_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_READER_H_

#include <vector>

#include "ingest_service/extraction/annotation.h"
#include "ingest_service/lexicon/lexicon.h"

namespace treatywire::ingest {

// Fills `annotation`'s parties, in the order of the text and none over another, and their layer, from all of
// the lexicon's matches. What belongs together is one mention: "Russian Foreign Minister Sergei Lavrov",
// "Prime Minister Modi of India", "Mexico's president, Claudia Sheinbaum". Of a word that several parties
// share, that which the article names otherwise is meant. `annotation` has its other layers already.
void ReadParties(const std::vector<LexiconMatch>& matches, Annotation* annotation);

// Sorts the parties by place and writes the layer anew.
void LayOutParties(Annotation* annotation);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_PARTY_READER_H_
