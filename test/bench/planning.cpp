// What plans cost as schemas grow: milliseconds of the processor for n and for 2 n, and how many times as many that is.
//
//   planning [PART OF A NAME] [MILLISECONDS]: of the scenarios whose names have this part; n grows until it takes so
//   long, 20 unless it says otherwise. "!" is said of ratios above 2.3.
#include "../unit/scenarios.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>

using namespace linkgress;

namespace {

double milliseconds(const test::Pair &pair)
{
    double best = 0;
    for (int round = 0; round < 3; round++) {
        std::clock_t start = std::clock();
        test::plan_in_every_way(pair);
        double taken = 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        best = round == 0 ? taken : std::min(best, taken);
    }
    return best;
}

void measure(const test::Scenario &scenario, double enough)
{
    std::size_t n = 500;
    double once = milliseconds(scenario.make(n));
    while (once < enough && n < 64000) {
        n *= 2;
        once = milliseconds(scenario.make(n));
    }
    double twice = milliseconds(scenario.make(2 * n));
    std::printf("| %-60s | %6zu | %8.1f | %8.1f | %5.2f%s |\n", scenario.name.c_str(), n, once, twice, twice / once,
                twice / once > 2.3 ? " !" : "");
    std::fflush(stdout);
}

} // namespace

int main(int count, char **arguments)
{
    std::string part = count > 1 ? arguments[1] : "";
    double enough = count > 2 ? std::atof(arguments[2]) : 20;
    std::printf("| scenario | n | ms | ms for 2 n | ratio |\n| --- | ---: | ---: | ---: | ---: |\n");
    for (const test::Scenario &scenario : test::all_scenarios())
        if (scenario.name.find(part) != std::string::npos)
            measure(scenario, enough);
}
