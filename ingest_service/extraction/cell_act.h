// What a cell of a table tells: "signed Nov 2023; ratified by Chile on 3 May 2024, never in force".
#ifndef TREATYWIRE_INGEST_SERVICE_EXTRACTION_CELL_ACT_H_
#define TREATYWIRE_INGEST_SERVICE_EXTRACTION_CELL_ACT_H_

#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "ingest_service/extraction/agreement_phrase.h"
#include "ingest_service/extraction/annotation.h"
#include "ingest_service/extraction/party_list.h"
#include "ingest_service/temporal/uncertain_date.h"
#include "treatywire/v1/event.pb.h"

namespace treatywire::ingest {

// An act in a cell.
struct CellAct {
  treatywire::v1::EventType type = treatywire::v1::EVENT_TYPE_UNSPECIFIED;
  treatywire::v1::Modality modality = treatywire::v1::MODALITY_ASSERTED;
  TokenSpan words;
  UncertainDate date;
  absl::string_view date_surface;
  PartyList actors;  // those that the words name: "by Chile", "pending in Lima"
};

// The acts of `cell`, whose column is of `act` (UNSPECIFIED: of none, the cell must name its own). A cell
// that tells neither when nor that it did not happen gives none, but for an end or a standstill told in words
// ("terminated") and a mark that says yes. What lies after `written` is planned.
std::vector<CellAct> ReadCellActs(const Annotation& annotation, TokenSpan cell, treatywire::v1::EventType act,
                                  const std::optional<absl::CivilDay>& written);

// The acts that a label says some have done or not, with or without a date: "Ratified", "Signed, not
// ratified".
std::vector<CellAct> ReadStanding(const Annotation& annotation, TokenSpan label,
                                  const std::optional<absl::CivilDay>& written);

}  // namespace treatywire::ingest

#endif  // TREATYWIRE_INGEST_SERVICE_EXTRACTION_CELL_ACT_H_
