package antin.directory.generator;

import java.util.List;
import java.util.stream.Collectors;

/** A record of comma-separated values as RFC 4180 writes it: CRLF at the end, quotes where they are needed. */
final class Csv {

    private Csv() {
    }

    static String line(List<String> fields) {
        return fields.stream().map(Csv::field).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String field(String text) {
        boolean plain = text.chars().noneMatch(character -> character == ',' || character == '"' || character == '\r' || character == '\n');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
