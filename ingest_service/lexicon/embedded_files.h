// The text files of data/, compiled into the binary (embed_files.cmake writes the other half).
#ifndef TREATYWIRE_INGEST_SERVICE_LEXICON_EMBEDDED_FILES_H_
#define TREATYWIRE_INGEST_SERVICE_LEXICON_EMBEDDED_FILES_H_

#include <vector>

#include "ingest_service/lexicon/lexicon.h"

namespace treatywire::ingest {

// Copies of all of them, by name.
std::vector<LexiconFile> EmbeddedLexiconFiles();

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_LEXICON_EMBEDDED_FILES_H_
