package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.Digests;
import antin.signing.signature.Document;
import antin.signing.xml.UntrustedXml;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a ZIP container once before anything is unpacked of it: bounded count, size and ratio, plain names of which none comes twice, and the
 * same entries whether it is read from its begin or by its directory at the end. Two readers would else see two documents.
 */
final class UntrustedContainer {

    private static final int MOST_ENTRIES = 2_000;
    private static final long LARGEST_UNPACKED = 1L << 30;
    private static final long SMALL = 1 << 20; // whatever the ratio
    private static final int HIGHEST_RATIO = 100;
    private static final int LONGEST_NAME = 255;
    private static final int LAST_RECORD = 22;
    private static final int BUFFER = 64 * 1024;

    private UntrustedContainer() {
    }

    static void check(Document document) {
        try {
            if (!isAsInItsDirectory(document, fromItsBegin(document))) {
                throw refusal("its entries and its directory differ", null);
            }
            if (!endsWithItsDirectory(document)) {
                throw refusal("something stands after its end", null);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw refusal("it is broken, or uses what containers of signatures must not", e);
        }
    }

    private static List<Entry> fromItsBegin(Document document) throws IOException {
        List<Entry> entries = new ArrayList<>();
        Set<String> folded = new HashSet<>();
        long most = Math.max(SMALL, Math.min(LARGEST_UNPACKED, document.size() * HIGHEST_RATIO));
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(document.file()), StandardCharsets.UTF_8)) {
            long unpacked = 0;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                if (!isPlain(name) || !folded.add(Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT))) {
                    throw refusal("an entry has a name that leads elsewhere, or that another has too", null);
                }
                if (entries.size() == MOST_ENTRIES) {
                    throw refusal("it has more than " + MOST_ENTRIES + " entries", null);
                }
                Entry read = read(name, zip, most - unpacked, isXml(name));
                entries.add(read);
                unpacked += read.size();
            }
        }
        return entries;
    }

    /** Whether the library reads it as XML. */
    static boolean isXml(String name) {
        return name.startsWith("META-INF/") && name.endsWith(".xml");
    }

    /** The same names with the same content. A directory may lead to octets that a reader from the begin skips, such as those of an extra field. */
    private static boolean isAsInItsDirectory(Document document, List<Entry> entries) throws IOException {
        try (ZipFile zip = new ZipFile(document.file().toFile(), StandardCharsets.UTF_8)) {
            List<? extends ZipEntry> named = zip.stream().toList();
            if (!named.stream().map(ZipEntry::getName).toList().equals(entries.stream().map(Entry::name).toList())) {
                return false;
            }
            for (int i = 0; i < entries.size(); i++) {
                try (InputStream in = zip.getInputStream(named.get(i))) {
                    if (!read(entries.get(i).name(), in, entries.get(i).size(), false).equals(entries.get(i))) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    /** APPNOTE 4.3.16: the last record ends the file; its comment is none, or the one of ETSI EN 319 162-1, 4.3.3.2. */
    private static boolean endsWithItsDirectory(Document document) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(document.file().toFile(), "r")) {
            byte[] last = new byte[(int) Math.min(file.length(), LAST_RECORD + LONGEST_NAME)];
            file.seek(file.length() - last.length);
            file.readFully(last);
            String text = new String(last, StandardCharsets.ISO_8859_1);
            int at = text.lastIndexOf("PK\005\006");
            String comment = at < 0 || at + LAST_RECORD > text.length() ? "?" : text.substring(at + LAST_RECORD);
            return comment.isEmpty() || comment.startsWith("mimetype=") && text.charAt(at + LAST_RECORD - 2) == comment.length();
        }
    }

    private static Entry read(String name, InputStream in, long most, boolean xml) throws IOException {
        Counted entry = new Counted(in, most);
        if (xml) {
            UntrustedXml.check(entry);
        }
        byte[] buffer = new byte[BUFFER];
        while (entry.read(buffer) >= 0) {
            continue;
        }
        return new Entry(name, entry.count, Digests.text(entry.digest));
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty() && name.length() <= LONGEST_NAME && !name.startsWith("/") && name.indexOf('\\') < 0 && name.indexOf(':') < 0
            && name.chars().noneMatch(Character::isISOControl) && !List.of(name.split("/", -1)).contains("..") && !List.of(name.split("/", -1)).contains(".");
    }

    private static Problem refusal(String why, @Nullable Throwable cause) {
        return new Problem(Kind.MALFORMED_DOCUMENT, "The container is not taken: " + why + ".", cause);
    }

    private record Entry(String name, long size, String sha256) {
    }

    /** Counts and hashes, and stops at the limit. Its end is the entry's, and a parser that closes it closes nothing. */
    private static final class Counted extends FilterInputStream {

        private final long most;
        private final MessageDigest digest = Digests.newSha256();
        private long count;

        Counted(InputStream in, long most) {
            super(in);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int octets = super.read(buffer, offset, length);
            count += Math.max(0, octets);
            digest.update(buffer, offset, Math.max(0, octets));
            if (count > most) {
                throw refusal("it unpacks to too much", null);
            }
            return octets;
        }

        @Override
        public void close() {
            // the container is read on
        }
    }
}
