// What the line above a list says of its items: "Peru's tax treaties:" above "- Chile: signed in 2001".
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_LIST_CONTEXT_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_LIST_CONTEXT_H_

#include <optional>

#include "ingest_service/extraction/agreement_phrase.h"
#include "ingest_service/extraction/sentence_view.h"

namespace treatywire::ingest {

// The agreements of one party that the line above the list names, where `view` is of a list's item; nullopt
// where the line is long, or names none or those of several.
std::optional<AgreementPhrase> PluralAboveList(const SentenceView& view);

// As PluralAboveList; where that line names none, those that the article's title names: "Who may land here:
// Manila's visiting-forces deals" above a list of "Australia. An agreement …".
std::optional<AgreementPhrase> PluralOverList(const SentenceView& view);

// The agreements of one party that the heading above the block number `block` names, or else the article's
// title: "Swiss trade agreements" above the line "Partner: India".
std::optional<AgreementPhrase> PluralAboveLine(const Annotation& annotation, uint32_t block);

// With whom the agreements are that the sentence speaks of, as far as a label tells: "Australia." or
// "Australia:" at the head of its list item or paragraph, a heading of nothing else, "And Australia?" before
// it, "With Australia things are moving:" at its own head. Two where the label is both sides' ("Lima–Suva:");
// empty where nothing of that sort stands there.
PartyIds LabelOf(const SentenceView& view);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_LIST_CONTEXT_H_
