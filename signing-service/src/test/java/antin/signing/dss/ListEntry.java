package antin.signing.dss;

import antin.signing.TestPki;
import antin.signing.trust.TrustedListSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A trusted list, fetched from a file. */
public final class ListEntry {

    private static final String CA_QC = "http://uri.etsi.org/TrstSvc/Svctype/CA/QC";
    private static final Duration VALID = Duration.ofDays(30);

    private final TestPki pki;
    private final TestTrustedList lists;
    private final Path folder;
    private final Path file;

    public ListEntry(TestPki pki) {
        this.pki = pki;
        this.lists = new TestTrustedList(pki);
        try {
            this.folder = Files.createTempDirectory("antin-fuzz-list-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.file = folder.resolve("list.xml");
    }

    public List<byte[]> seeds() {
        byte[] list = lists.of(pki.issuing.certificate(), TestTrustedList.GRANTED, 1, VALID);
        return List.of(lists.signed(list), lists.signed(lists.of(pki.issuing.certificate(), TestTrustedList.WITHDRAWN, 1, VALID)), list);
    }

    /** Whom the list makes us believe. */
    public List<X509Certificate> believed(byte[] untrusted) {
        try {
            Files.write(file, untrusted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TrustedList list = new TrustedList(new TrustedListSettings("fuzz", Optional.empty(), Optional.of(file), List.of(lists.operator), Set.of(CA_QC), List.of()), folder.resolve("kept"), Clock.systemUTC());
        list.refresh();
        return list.reading().stream().flatMap(reading -> reading.source().getCertificates().stream()).map(token -> token.getCertificate()).toList();
    }
}
