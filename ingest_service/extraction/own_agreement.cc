#include "ingest_service/extraction/own_agreement.h"

namespace treatywire::ingest {

int OwnAgreement(const std::string& owner, const std::string& partner, TokenSpan words,
                 Discourse* discourse) {
  const int model = discourse->Focus({});
  if (model < 0) return -1;
  const int own = discourse->SiblingOf(model, {owner, partner});
  discourse->Touch(own, words.begin);
  return own;
}

}  // namespace treatywire::ingest
