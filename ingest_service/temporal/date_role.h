// What the words around a date expression make of it.
#ifndef TREATYWIRE_INGEST_SERVICE_TEMPORAL_DATE_ROLE_H_
#define TREATYWIRE_INGEST_SERVICE_TEMPORAL_DATE_ROLE_H_

#include <cstdint>

#include "ingest_service/temporal/date_expression.h"
#include "ingest_service/temporal/date_finder.h"
#include "ingest_service/temporal/sentence_words.h"

namespace treatywire::ingest {

DateRole RoleOf(const SentenceWords& words, const DateExpression& expression);

// Whether the word that gives the role leaves the end open ("since 1994", not "from 1994").
bool IsOpenEnded(const SentenceWords& words, const DateExpression& expression);

// Whether its clause is about the future: "will", "is to" stand before it.
bool IsPlanned(const SentenceWords& words, const DateExpression& expression);

// Whether the expression stands at the front of its sentence: "In March 1993 it gave notice".
bool IsFronted(const SentenceWords& words, const DateExpression& expression);

// Whether the expression belongs to an aside about something named before it, so that the sentence does not
// go on from it: "the treaty, signed in March 1994, ...", "a treaty of 1944", "the pact signed in 1994 was
// ...".
bool IsAside(const SentenceWords& words, const DateExpression& expression);

// Whether the words from `begin` to `end` lead a narrative on ("and", ";") and do not return to the present
// ("recently").
bool GoesOn(const SentenceWords& words, uint32_t begin, uint32_t end, bool fronted);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_TEMPORAL_DATE_ROLE_H_
