#include "ingest_service/extraction/sentence_view.h"

#include <algorithm>

#include "ingest_service/extraction/one_of.h"

namespace treatywire::ingest {

SentenceView::SentenceView(const Annotation& all, uint32_t sentence_index)
    : annotation(all),
      index(sentence_index),
      sentence(all.document.sentences[sentence_index]),
      block(all.document.blocks[sentence.block]),
      phrases(FindAgreementPhrases(all, sentence)),
      clauses(SplitClauses(all, sentence, phrases)) {}

bool SentenceView::InsideCore(uint32_t t) const {
  return std::any_of(phrases.begin(), phrases.end(),
                     [t](const AgreementPhrase& p) { return !p.pronoun && p.core.Contains(t); });
}

bool SentenceView::InsidePhrase(uint32_t t) const {
  return std::any_of(phrases.begin(), phrases.end(),
                     [t](const AgreementPhrase& p) { return !p.pronoun && p.tokens.Contains(t); });
}

size_t SentenceView::ClauseOf(uint32_t token) const {
  for (size_t c = 0; c < clauses.size(); ++c) {
    if (clauses[c].tokens.Contains(token)) return c;
  }
  return clauses.size() - 1;
}

bool SentenceView::PairSpokenOf(uint32_t begin, uint32_t end) const {
  for (const Cue* cue : annotation.CuesIn({begin, end})) {
    if (cue->cue_class == CueClass::kPair && !InsideCore(cue->tokens.begin)) return true;
  }
  return false;
}

bool SentenceView::PairSpokenOfAt(uint32_t t) const {
  for (const Cue* cue : annotation.CuesIn({t > 5 ? t - 5 : 0, t + 1})) {
    if (cue->cue_class == CueClass::kPair && cue->tokens.Contains(t) && !InsideCore(t)) return true;
  }
  return false;
}

int SentenceView::PhraseAfter(uint32_t from, uint32_t to, bool pronouns) const {
  for (size_t p = 0; p < phrases.size(); ++p) {
    if (phrases[p].tokens.begin < from || phrases[p].tokens.begin >= to) continue;
    if ((phrases[p].pronoun && !pronouns) || phrases[p].attributive) continue;
    return static_cast<int>(p);
  }
  return -1;
}

int SentenceView::PhraseBefore(uint32_t from, uint32_t to, bool pronouns) const {
  int found = -1;
  for (size_t p = 0; p < phrases.size(); ++p) {
    if (phrases[p].tokens.begin < from || phrases[p].core.end > to) continue;
    if ((phrases[p].pronoun && !pronouns) || phrases[p].attributive) continue;
    if (found >= 0 && HangsOn(phrases[p], phrases[found])) continue;
    found = static_cast<int>(p);
  }
  return found;
}

bool SentenceView::HangsOn(const AgreementPhrase& phrase, const AgreementPhrase& before) const {
  const uint32_t t = phrase.tokens.begin;
  return t > 0 && t - 1 >= before.core.end && t - before.core.end <= 2 &&
         IsOneOf(annotation.norm(t - 1), {"to", "of", "under"});
}

bool SentenceView::InCompound(TokenSpan words) const {
  const uint32_t begin = words.begin;
  const uint32_t end = words.end;
  const bool before = begin > sentence.tokens.begin && annotation.norm(begin - 1) == "-" &&
                      !annotation.token(begin).space_before && !annotation.token(begin - 1).space_before;
  const bool after = end < sentence.tokens.end && annotation.norm(end) == "-" &&
                     !annotation.token(end).space_before && end + 1 < sentence.tokens.end &&
                     !annotation.token(end + 1).space_before;
  return before || after;
}

}  // namespace treatywire::ingest
