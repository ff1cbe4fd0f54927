// Migration bodies as text: what counts for their checksum.
#pragma once

#include <string_view>
#include <vector>

namespace linkgress::core {

// The pieces of a body that its checksum covers, in order. Left out are the CR
// of every CRLF and the blanks at the end of the body, which editors and
// version control change on their own; nothing else.
std::vector<std::string_view> canonical_pieces(std::string_view body);

} // namespace linkgress::core
