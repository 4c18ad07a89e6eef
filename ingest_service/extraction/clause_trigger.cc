#include "ingest_service/extraction/clause_trigger.h"

#include <algorithm>

#include "ingest_service/extraction/one_of.h"

namespace treatywire::ingest {
namespace {

// "Russia's exit", "the end of the pact": a noun that is spelt like the verb.
bool IsNominal(const SentenceView& view, const LexiconMatch& match) {
  const Annotation& a = view.annotation;
  const uint32_t t = match.tokens.begin;
  if (match.tokens.size() > 2 || t <= view.sentence.tokens.begin) return false;
  // "on the sidelines"
  if (match.form == VerbForm::kThird && match.tokens.size() == 1)
    return IsOneOf(a.norm(t - 1), {"the", "its", "their", "his"});
  if (match.form != VerbForm::kBase) return false;
  return IsOneOf(a.norm(t - 1), {"'s", "'", "the", "a", "an", "its", "their", "his", "her", "this", "any",
                                 "no", "every", "some", "another"});
}

}  // namespace

ClauseTrigger ReadClauseTrigger(const SentenceView& view, LexiconMatch match) {
  ClauseTrigger trigger;
  trigger.clause = view.ClauseOf(match.tokens.begin);
  trigger.nominal = IsNominal(view, match);
  if (trigger.nominal) match.form = VerbForm::kNone;
  trigger.group = ReadVerbGroup(view, match);
  trigger.match = match;
  return trigger;
}

bool IsPartOfPhrase(const SentenceView& view, const LexiconMatch& match) {
  return std::any_of(view.phrases.begin(), view.phrases.end(), [&](const AgreementPhrase& phrase) {
    return !phrase.pronoun && phrase.core.Contains(match.tokens.begin) && phrase.core.end >= match.tokens.end;
  });
}

}  // namespace treatywire::ingest
