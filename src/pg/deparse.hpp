// What the server writes of a table's parts: expressions, names. The server loads, and keeps, all there is to know of a
// table when it deparses one of its expressions; where only the names of columns are needed, they are given to it here.
#pragma once

#include "pg/memory.hpp"
#include "pg/spi.hpp"

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace linkgress::pg {

class Deparser {
  public:
    // The names of a relation's columns by their numbers, from 1 on; "" for one that was dropped. Empty where they
    // are not known.
    using Columns = std::function<std::vector<const char *>(Oid relation)>;

    explicit Deparser(Columns columns) : columns_(std::move(columns)) {}

    // pg_get_expr() of a value of type pg_node_tree that is about one relation.
    std::string expression(std::uintptr_t tree, Oid relation);

    // format_type()
    const std::string &type(Oid type, std::int32_t modifier);

    // What follows a column in the definition of an index: collation and operator class, where they are not what
    // a column of that type and collation has by itself.
    std::string key_suffix(Oid type, Oid column_collation, Oid collation, Oid operator_class);

    struct Column {
        std::string name;
        Oid type;
        Oid collation;
    };
    static Column column(Oid relation, int number);
    // As regclass is written.
    static std::string relation_name(Oid relation);

  private:
    std::optional<std::string> plain(const char *tree, Oid relation);

    Columns columns_;
    WorkMemory memory_;
    // Those with no columns in them, such as defaults: there are few different ones.
    std::unordered_map<std::string, std::string> constants_;
    std::unordered_map<std::uint64_t, std::string> types_;
    std::unordered_map<std::uint64_t, std::string> operator_classes_;
};

} // namespace linkgress::pg
