package antin.directory.ldap;

import antin.directory.Refusal;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an entry holds, which another tool may have written: a value that is not fit counts as none, and stays where it is. */
final class Values {

    private static final Logger LOG = LoggerFactory.getLogger(Values.class);
    private static final String REVISION = "antinRevision";

    private final SearchResultEntry entry;
    private final Set<String> unfit;

    private Values(SearchResultEntry entry, Set<String> unfit) {
        this.entry = entry;
        this.unfit = unfit;
    }

    /** Empty, and logged, where what an entry cannot be without is not fit. */
    static <T> Optional<T> read(SearchResultEntry entry, Function<Values, T> build) {
        Set<String> unfit = new HashSet<>();
        while (true) {
            try {
                return Optional.of(build.apply(new Values(entry, unfit)));
            } catch (Refusal e) {
                if (!unfit.add(e.field())) {
                    LOG.warn("{} is left out, since its {} is not fit: {}", entry.getDN(), e.field(), e.reason());
                    return Optional.empty();
                }
            }
        }
    }

    SearchResultEntry entry() {
        return entry;
    }

    /** The value, or empty text. {@code field} is what a {@link Refusal} calls it. */
    String text(String field, String attribute) {
        String value = unfit.contains(field) ? null : entry.getAttributeValue(attribute);
        return value == null ? "" : value;
    }

    String lower(String field, String attribute) {
        return text(field, attribute).toLowerCase(Locale.ROOT);
    }

    /** Sorted, since a server may give them in any order (RFC 4511, 4.1.7). */
    List<String> all(String field, String attribute) {
        String[] values = unfit.contains(field) ? null : entry.getAttributeValues(attribute);
        return values == null ? List.of() : Stream.of(values).sorted().toList();
    }

    /** Whether it is not disabled; what nobody said is {@code otherwise}. */
    boolean isActive(boolean otherwise) {
        String status = entry.getAttributeValue("antinStatus");
        return status == null ? otherwise : status.equalsIgnoreCase("active");
    }

    long revision() {
        return revision(entry);
    }

    /** 0 where there is none. */
    static long revision(SearchResultEntry entry) {
        Long revision = entry.getAttributeValueAsLong(REVISION);
        return revision == null ? 0 : revision;
    }
}
