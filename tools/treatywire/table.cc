#include "tools/treatywire/table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/string_view.h"
#include "tools/treatywire/display_text.h"

namespace treatywire::tools {
namespace {

constexpr absl::string_view kGap = "  ";

void AppendPadded(absl::string_view cell, int width, Table::Align align, std::string* line) {
  const int padding = std::max(0, width - DisplayWidth(cell));
  if (align == Table::Align::kRight) line->append(padding, ' ');
  line->append(cell.data(), cell.size());
  if (align == Table::Align::kLeft) line->append(padding, ' ');
}

// One row's cells, each wrapped to its column, as lines of text.
void AppendRow(const std::vector<std::vector<std::string>>& cells, const std::vector<Table::Column>& columns,
               const std::vector<int>& widths, const std::vector<bool>& shown, std::string* out) {
  size_t height = 1;
  for (size_t c = 0; c < cells.size(); ++c) {
    if (shown[c]) height = std::max(height, cells[c].size());
  }
  for (size_t l = 0; l < height; ++l) {
    std::string line;
    bool first = true;
    for (size_t c = 0; c < cells.size(); ++c) {
      if (!shown[c]) continue;
      if (!std::exchange(first, false)) line.append(kGap.data(), kGap.size());
      AppendPadded(l < cells[c].size() ? absl::string_view(cells[c][l]) : "", widths[c], columns[c].align,
                   &line);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out->append(line).push_back('\n');
  }
}

}  // namespace

void Table::AddRow(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  for (std::string& cell : cells) cell = PrintableText(cell);
  rows_.push_back(std::move(cells));
}

std::vector<int> Table::FittedWidths(const std::vector<bool>& shown, int width) const {
  std::vector<int> widths(columns_.size(), 0);
  int total = -static_cast<int>(kGap.size());
  for (size_t c = 0; c < columns_.size(); ++c) {
    if (!shown[c]) continue;
    widths[c] = DisplayWidth(columns_[c].heading);
    for (const auto& row : rows_) widths[c] = std::max(widths[c], DisplayWidth(row[c]));
    total += widths[c] + static_cast<int>(kGap.size());
  }
  // The widest column that wraps gives way first, down to the next widest.
  while (width > 0 && total > width) {
    size_t widest = columns_.size();
    for (size_t c = 0; c < columns_.size(); ++c) {
      if (shown[c] && columns_[c].wraps &&
          widths[c] > std::max(kMinWrappedWidth, DisplayWidth(columns_[c].heading)) &&
          (widest == columns_.size() || widths[c] > widths[widest])) {
        widest = c;
      }
    }
    if (widest == columns_.size()) break;
    --widths[widest];
    --total;
  }
  return widths;
}

std::string Table::Render(int width) const {
  std::vector<bool> shown(columns_.size(), rows_.empty());
  for (const auto& row : rows_) {
    for (size_t c = 0; c < row.size(); ++c) shown[c] = shown[c] || !row[c].empty();
  }
  const std::vector<int> widths = FittedWidths(shown, width);
  std::string out;
  std::vector<std::vector<std::string>> cells;
  for (const Column& column : columns_) cells.push_back({column.heading});
  AppendRow(cells, columns_, widths, shown, &out);
  for (const auto& row : rows_) {
    cells.clear();
    for (size_t c = 0; c < row.size(); ++c) cells.push_back(WrapText(row[c], widths[c]));
    AppendRow(cells, columns_, widths, shown, &out);
  }
  return out;
}

}  // namespace treatywire::tools
