// The commands, each of which adds itself to the command line. What it does when it is the one given is put
// into `chosen`.
#ifndef TREATYWIRE_TOOLS_TREATYWIRE_COMMANDS_H_
#define TREATYWIRE_TOOLS_TREATYWIRE_COMMANDS_H_

#include <CLI/App.hpp>

#include "tools/treatywire/session.h"

namespace treatywire::tools {

// ingest, parse: ingest_commands.cc
void AddIngestCommand(CLI::App& app, Command* chosen);
void AddParseCommand(CLI::App& app, Command* chosen);
// agreements, agreement, search, conflicts: agreement_commands.cc
void AddAgreementCommands(CLI::App& app, Command* chosen);
// timeline, events: timeline_commands.cc
void AddTimelineCommands(CLI::App& app, Command* chosen);
// watch: watch_command.cc
void AddWatchCommand(CLI::App& app, Command* chosen);
// parties, party: party_commands.cc
void AddPartyCommands(CLI::App& app, Command* chosen);
// articles, article, retract, sources: article_commands.cc
void AddArticleCommands(CLI::App& app, Command* chosen);
// backup, restore: backup_commands.cc
void AddBackupCommands(CLI::App& app, Command* chosen);
// export: export_command.cc
void AddExportCommand(CLI::App& app, Command* chosen);
// health: health_command.cc
void AddHealthCommand(CLI::App& app, Command* chosen);

}  // namespace treatywire::tools

#endif  // TREATYWIRE_TOOLS_TREATYWIRE_COMMANDS_H_
