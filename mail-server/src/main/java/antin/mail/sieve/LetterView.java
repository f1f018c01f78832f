package antin.mail.sieve;

import java.io.ByteArrayInputStream;
import java.io.UnsupportedEncodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import javax.mail.Header;
import javax.mail.MessagingException;
import javax.mail.internet.AddressException;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.InternetHeaders;
import javax.mail.internet.MimeUtility;
import org.apache.jsieve.SieveContext;
import org.apache.jsieve.exception.InternetAddressException;
import org.apache.jsieve.mail.Action;
import org.apache.jsieve.mail.MailAdapter;
import org.apache.jsieve.mail.MailUtils;
import org.apache.jsieve.mail.SieveMailException;
import org.apache.jsieve.mail.optional.EnvelopeAccessors;

/** A letter as a script sees it: its header, decoded and bounded, its size and its envelope. What the script decides is only collected here. */
final class LetterView implements MailAdapter, EnvelopeAccessors {

    /** What a script compares is cut here: with the bound on its patterns no comparison takes long. */
    private static final int LONGEST_VALUE = 998;
    private static final int MOST_VALUES = 200;
    /** For all tests of a script together: some are slow, and a script may hold many. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final int size;
    private final String from;
    private final String to;
    private final InternetHeaders header;
    private final List<Action> actions = new ArrayList<>();
    private final long begun = System.nanoTime();

    LetterView(byte[] letter, String from, String to) throws MessagingException {
        this.size = letter.length;
        this.from = from;
        this.to = to;
        this.header = new InternetHeaders(new ByteArrayInputStream(letter));
    }

    @Override
    public void setContext(SieveContext context) {
        // for messages to a person who debugs a script: nobody does here
    }

    @Override
    public List<Action> getActions() {
        return actions;
    }

    @Override
    public void addAction(Action action) {
        actions.add(action);
    }

    @Override
    public void executeActions() {
        // Decided, not done: the delivery does it.
    }

    @Override
    public List<String> getHeader(String name) {
        String[] values = header.getHeader(name);
        return values == null ? List.of() : Arrays.stream(values).limit(MOST_VALUES).map(LetterView::decoded).toList();
    }

    @Override
    public List<String> getMatchingHeader(String name) throws SieveMailException {
        if (System.nanoTime() - begun > LONGEST.toNanos()) {
            throw new SieveMailException("The script takes too long.");
        }
        return MailUtils.getMatchingHeader(this, name);
    }

    @Override
    public List<String> getHeaderNames() {
        LinkedHashSet<String> names = new LinkedHashSet<>();
        for (Object line : Collections.list(header.getAllHeaders())) {
            names.add(((Header) line).getName());
        }
        return List.copyOf(names);
    }

    @Override
    public int getSize() {
        return size;
    }

    @Override
    public String getContentType() {
        String[] values = header.getHeader("Content-Type");
        return values == null ? "text/plain" : values[0];
    }

    @Override
    public boolean isInBodyText(List<String> phrases) throws SieveMailException {
        throw new SieveMailException("Tests of the body are not offered.");
    }

    @Override
    public boolean isInBodyRaw(List<String> phrases) throws SieveMailException {
        throw new SieveMailException("Tests of the body are not offered.");
    }

    @Override
    public boolean isInBodyContent(List<String> types, List<String> phrases) throws SieveMailException {
        throw new SieveMailException("Tests of the body are not offered.");
    }

    @Override
    public Address[] parseAddresses(String name) throws InternetAddressException {
        List<Address> all = new ArrayList<>();
        for (String value : header.getHeader(name) == null ? new String[0] : header.getHeader(name)) {
            try {
                for (InternetAddress address : InternetAddress.parseHeader(value, false)) {
                    String text = address.getAddress() == null ? "" : address.getAddress();
                    int at = text.lastIndexOf('@');
                    if (at > 0 && all.size() < MOST_VALUES && text.length() <= LONGEST_VALUE) {
                        all.add(new Parts(text.substring(0, at), text.substring(at + 1)));
                    }
                }
            } catch (AddressException e) {
                throw new InternetAddressException(e);
            }
        }
        return all.toArray(Address[]::new);
    }

    @Override
    public List<String> getEnvelope(String name) {
        return switch (name) {
            case "From" -> from.isEmpty() ? List.of() : List.of(from);
            case "To" -> List.of(to);
            default -> List.of();
        };
    }

    @Override
    public List<String> getEnvelopeNames() {
        return List.of("From", "To");
    }

    @Override
    public List<String> getMatchingEnvelope(String name) {
        return getEnvelopeNames().stream().filter(name::equalsIgnoreCase).flatMap(found -> getEnvelope(found).stream()).toList();
    }

    private static String decoded(String raw) {
        String cut = MimeUtility.unfold(raw).strip();
        try {
            cut = MimeUtility.decodeText(cut.length() > 4 * LONGEST_VALUE ? cut.substring(0, 4 * LONGEST_VALUE) : cut);
        } catch (UnsupportedEncodingException e) {
            // stays as it came
        }
        return cut.length() > LONGEST_VALUE ? cut.substring(0, LONGEST_VALUE) : cut;
    }

    private record Parts(String getLocalPart, String getDomain) implements Address {
    }
}
