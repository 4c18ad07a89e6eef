// Reads sentences that tell an act once and date it several times.
#include "ingest_service/extraction/event_per_date.h"

#include "gtest/gtest.h"
#include "tests/ingest_service/extraction/extracted_events.h"

namespace treatywire::ingest {
namespace {

TEST(EventPerDateTest, OneAgreementMayUndergoItSeveralTimes) {
  ExpectEvents({
      {"The tax treaty between Chile and Peru was amended in 1995 and in 2001.",
       {"AMENDED ASSERTED CL/PE by CL PE on 1995", "AMENDED ASSERTED CL/PE by CL PE on 2001"}},
  });
}

TEST(EventPerDateTest, ThePartiesTakeTheDaysInTheirOrder) {
  ExpectEvents({
      {"Chile, Peru and Fiji left the Reef Convention on 3, 9 and 20 May 2019.",
       {"WITHDRAWN ASSERTED Reef Convention by CL on 2019-05-03",
        "WITHDRAWN ASSERTED Reef Convention by FJ on 2019-05-20",
        "WITHDRAWN ASSERTED Reef Convention by PE on 2019-05-09"}},
      {"Chile (2019) and Peru (2020) have ratified the Treaty of Palma.",
       {"RATIFIED ASSERTED Treaty of Palma by CL on 2019",
        "RATIFIED ASSERTED Treaty of Palma by PE on 2020"}},
  });
}

TEST(EventPerDateTest, TheAgreementsTakeTheDaysInTheirOrder) {
  ExpectEvents({
      {"The tax treaty and the fisheries treaty between Chile and Peru were signed on 3 May and 9 May 2019.",
       {"SIGNED ASSERTED CL/PE by CL PE on 2019-05-03", "SIGNED ASSERTED CL/PE by CL PE on 2019-05-09"}},
      {"Fiji has fisheries treaties with Chile and Peru. Chile and Peru suspended theirs on 3 and 9 May "
       "2025.",
       {"SUSPENDED ASSERTED CL/FJ by CL on 2025-05-03", "SUSPENDED ASSERTED FJ/PE by PE on 2025-05-09"}},
      {"Fiji signed tax treaties with Chile (2001) and Peru (2003).",
       {"SIGNED ASSERTED CL/FJ by CL FJ on 2001", "SIGNED ASSERTED FJ/PE by FJ PE on 2003"}},
  });
}

TEST(EventPerDateTest, PartiesThatActTogetherDoSoOnce) {
  ExpectEvents({
      {"Chile and Peru signed a tax treaty on 3 May 2019.", {"SIGNED ASSERTED CL/PE by CL PE on 2019-05-03"}},
  });
}

TEST(EventPerDateTest, ARefusalIsNotOfTheDayOnWhichTheAgreementLapses) {
  ExpectEvents({
      {"Chile will not renew its tax treaty with Peru, which lapses on 1 August 2025.",
       {"EXPIRED PLANNED CL/PE by CL PE on 2025-08-01", "REJECTED ASSERTED CL/PE by CL on -"}},
  });
}

}  // namespace
}  // namespace treatywire::ingest
