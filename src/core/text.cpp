#include "core/text.hpp"

namespace linkgress::core {

std::vector<std::string_view> canonical_pieces(std::string_view body)
{
    body = body.substr(0, body.find_last_not_of(" \t\r\n\f\v") + 1);
    std::vector<std::string_view> pieces;
    std::size_t start = 0;
    for (std::size_t found = body.find("\r\n"); found != body.npos; found = body.find("\r\n", start)) {
        pieces.push_back(body.substr(start, found - start));
        start = found + 1;
    }
    pieces.push_back(body.substr(start));
    return pieces;
}

} // namespace linkgress::core
