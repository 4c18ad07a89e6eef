// Reads articles that tell an agreement's parties only by what happens to it.
#include "ingest_service/extraction/party_completion.h"

#include "gtest/gtest.h"
#include "tests/ingest_service/extraction/extracted_events.h"

namespace treatywire::ingest {
namespace {

TEST(PartyCompletionTest, WhoActsOnAPairsAgreementIsTheOtherParty) {
  ExpectEvents({
      {"Chile signed a tax treaty in May 2019. Peru ratified the tax treaty in 2020.",
       {"RATIFIED ASSERTED CL/PE by PE on 2020", "SIGNED ASSERTED CL/PE by CL PE on 2019-05"}},
  });
}

TEST(PartyCompletionTest, MoreThanTwoWhoRatifyMakeItNoPairs) {
  ExpectEvents({
      {"Kenya ratified the Reef Agreement in 2001. Togo ratified it in 2002, and Fiji ratified it in 2003. "
       "Fiji left it in 2021.",
       {"RATIFIED ASSERTED Reef Agreement by FJ on 2003", "RATIFIED ASSERTED Reef Agreement by KE on 2001",
        "RATIFIED ASSERTED Reef Agreement by TG on 2002", "WITHDRAWN ASSERTED Reef Agreement by FJ on 2021"}},
      {"Kenya ratified the Reef Agreement in 2001. Togo ratified it in 2002. Togo left it in 2021.",
       {"RATIFIED ASSERTED Reef Agreement by KE on 2001", "RATIFIED ASSERTED Reef Agreement by TG on 2002",
        "TERMINATED ASSERTED Reef Agreement by TG on 2021"}},
  });
}

TEST(PartyCompletionTest, WhatIsJoinedHasMembers) {
  ExpectEvents({
      {"Chile has asked to join the treaty on reefs. The treaty was signed in May 2019.",
       {"ACCEDED PLANNED CL by CL on -", "SIGNED ASSERTED CL by - on 2019-05"}},
  });
}

TEST(PartyCompletionTest, ThoseWhomTheTextBroughtTogetherSign) {
  ExpectEvents({
      {"Prime Minister Rossi of Italy came to Malta on Monday. After dinner a gas agreement was signed.",
       {"SIGNED ASSERTED IT/MT by IT MT on 2025-06-09~"}},
  });
}

TEST(PartyCompletionTest, WhatNobodyNamedSignsIsOfTheMainPair) {
  ExpectEvents({
      {"Chile and Peru signed a tax treaty in May 2019. The tax treaty of Chile and Peru was ratified in "
       "2020. An extradition treaty was signed in 2021.",
       {"RATIFIED ASSERTED CL/PE by CL PE on 2020", "SIGNED ASSERTED CL/PE by CL PE on 2019-05",
        "SIGNED ASSERTED CL/PE by CL PE on 2021"}},
  });
}

TEST(PartyCompletionTest, OfSeveralAgreementsEachHasThoseWhoActOnIt) {
  ExpectEvents({
      {"Kenya and Togo signed a fisheries agreement in 2018. Chile and Peru signed a tax treaty in 2019. "
       "Chile and Fiji signed a mining pact in 2020.",
       {"SIGNED ASSERTED CL/FJ by CL FJ on 2020", "SIGNED ASSERTED CL/PE by CL PE on 2019",
        "SIGNED ASSERTED KE/TG by KE TG on 2018"}},
  });
}

}  // namespace
}  // namespace treatywire::ingest
