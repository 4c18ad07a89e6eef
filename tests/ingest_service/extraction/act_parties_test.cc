// Reads sentences in which an act tells who is party to its agreement, or the parties tell who acts.
#include "ingest_service/extraction/act_parties.h"

#include "gtest/gtest.h"
#include "tests/ingest_service/extraction/extracted_events.h"

namespace treatywire::ingest {
namespace {

TEST(ActPartiesTest, WhoSignsIsPartyAndMoreThanTwoAreNoPair) {
  ExpectEvents({
      {"Chile and Peru signed a tax treaty in May 2019.", {"SIGNED ASSERTED CL/PE by CL PE on 2019-05"}},
      {"Chile, Peru and Fiji signed a tuna agreement in May 2019. Fiji left it in 2021.",
       {"SIGNED ASSERTED CL/FJ/PE by CL FJ PE on 2019-05", "WITHDRAWN ASSERTED CL/FJ/PE by FJ on 2021"}},
  });
}

TEST(ActPartiesTest, WhatIsOpenForSignatureIsNoPairs) {
  ExpectEvents({
      {"The Reef Agreement was opened for signature in May 2019. Fiji left it in 2021.",
       {"SIGNED ASSERTED Reef Agreement by - on 2019-05", "WITHDRAWN ASSERTED Reef Agreement by FJ on 2021"}},
  });
}

TEST(ActPartiesTest, TheSentenceTellsThePartiesThatThePhraseDoesNot) {
  ExpectEvents({
      {"Chilean officials met their colleagues from Peru, and a tax treaty was signed on 3 May 2019.",
       {"SIGNED ASSERTED CL/PE by CL PE on 2019-05-03"}},
      {"Chile and Peru met, and a tax treaty was signed on 3 May 2019; Fiji looked on.",
       {"SIGNED ASSERTED CL/PE by CL PE on 2019-05-03"}},
  });
}

TEST(ActPartiesTest, WhoIsWithTheTwoActsWithThem) {
  ExpectEvents({
      {"Chile and Peru met in Lima. Fiji signed a memorandum with the two on 3 May 2025.",
       {"SIGNED ASSERTED CL/FJ/PE by CL FJ PE on 2025-05-03"}},
  });
}

TEST(ActPartiesTest, AnOrganIsOfThePartyNamedLast) {
  ExpectEvents({
      {"Chile and Peru signed a tax treaty in 2019. In Peru the Senate ratified it in May 2020.",
       {"RATIFIED ASSERTED CL/PE by PE on 2020-05", "SIGNED ASSERTED CL/PE by CL PE on 2019"}},
  });
}

}  // namespace
}  // namespace treatywire::ingest
