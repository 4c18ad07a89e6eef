#include "ingest_service/extraction/own_agreement.h"

#include <vector>

namespace treatywire::ingest {

int OwnAgreement(const std::string& owner, const std::string& partner, TokenSpan words,
                 Discourse* discourse) {
  AgreementPhrase phrase;
  phrase.tokens = phrase.core = words;
  phrase.head = words.begin;
  phrase.one = true;
  phrase.determiner = Determiner::kIndefinite;
  phrase.partners = {partner};
  PhraseContext context;
  context.owners = {owner};
  context.owners_named = true;
  const std::vector<int> found = discourse->Resolve(phrase, context);
  return found.empty() ? -1 : found.front();
}

}  // namespace treatywire::ingest
