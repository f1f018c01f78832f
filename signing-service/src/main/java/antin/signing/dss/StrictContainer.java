package antin.signing.dss;

import antin.signing.signature.Document;
import antin.signing.signature.Objection;
import antin.signing.signature.ValidationReport;
import antin.signing.xml.ComputedContent;
import antin.signing.xml.StrictXml;
import eu.europa.esig.dss.diagnostic.DiagnosticData;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.diagnostic.jaxb.XmlDigestMatcher;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Holds a container (ETSI EN 319 162-1) to its signatures: no file beside those that they name, and of the kind that it says. */
final class StrictContainer {

    private static final Pattern OWN = Pattern.compile("mimetype|META-INF/(manifest|container|metadata)\\.xml|META-INF/[^/]*signatures[^/]*\\.xml|META-INF/ASiC[^/]*Manifest[^/]*\\.xml"
        + "|META-INF/[^/]*(signature|timestamp)[^/]*\\.(p7s|tst)|META-INF/[^/]*evidencerecord[^/]*\\.(ers|xml)");
    private static final Pattern XML_SIGNATURES = Pattern.compile("META-INF/[^/]*signatures[^/]*\\.xml");
    private static final Pattern SIMPLE = Pattern.compile("META-INF/(signatures\\.xml|signature\\.p7s|timestamp\\.tst)"); // 4.3.3
    private static final String MIMETYPE = "mimetype";
    private static final int LONGEST_MIMETYPE = 200;

    private final ZipFile zip;
    private final List<String> names;

    private StrictContainer(ZipFile zip) {
        this.zip = zip;
        this.names = zip.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
    }

    /** By the Id of each XML signature; what is said of the container under {@link Strictness#ALL}. */
    static Map<String, Set<Objection>> objections(Document document, DiagnosticData data) {
        try (ZipFile zip = new ZipFile(document.file().toFile(), StandardCharsets.UTF_8)) {
            return new StrictContainer(zip).find(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is told of its signatures before the library reads them; empty where it may. */
    static Optional<ValidationReport> refused(Document checked) {
        ComputedContent content = new ComputedContent();
        try (ZipFile zip = new ZipFile(checked.file().toFile(), StandardCharsets.UTF_8)) {
            for (ZipEntry entry : zip.stream().filter(entry -> UntrustedContainer.isXml(entry.getName())).toList()) {
                try (InputStream in = zip.getInputStream(entry)) {
                    content.read(in);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content.report();
    }

    private Map<String, Set<Objection>> find(DiagnosticData data) throws IOException {
        Map<String, Set<Objection>> found = new LinkedHashMap<>();
        for (String name : names) {
            if (XML_SIGNATURES.matcher(name).matches()) {
                try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
                    StrictXml.objections(in).forEach((id, own) -> found.computeIfAbsent(id, any -> EnumSet.noneOf(Objection.class)).addAll(own));
                }
            }
        }
        Set<Objection> ofAll = EnumSet.noneOf(Objection.class);
        if (!isOfItsKind()) {
            ofAll.add(Objection.WRONG_MIMETYPE);
        }
        if (hasUnsigned(data) || hasLooseManifest(data)) {
            ofAll.add(Objection.UNSIGNED_FILE);
        }
        found.put(Strictness.ALL, ofAll);
        return found;
    }

    /** 4.3.3 and A.1: the file mimetype may lack; where it is there it is the first, and says the truth. */
    private boolean isOfItsKind() throws IOException {
        if (!names.contains(MIMETYPE)) {
            return true;
        }
        try (InputStream in = zip.getInputStream(zip.getEntry(MIMETYPE))) {
            String type = new String(in.readNBytes(LONGEST_MIMETYPE), StandardCharsets.UTF_8).strip();
            boolean simple = names.stream().anyMatch(name -> SIMPLE.matcher(name).matches()) && names.stream().filter(name -> !OWN.matcher(name).matches()).count() == 1;
            return names.getFirst().equals(MIMETYPE) && switch (type) {
                case "application/vnd.etsi.asic-e+zip" -> true;
                case "application/vnd.etsi.asic-s+zip" -> simple;
                default -> type.startsWith("application/vnd.oasis.opendocument.");
            };
        }
    }

    /** A file that some signature is over is named by it; of CAdES in ASiC-S, which names none, there is one file alone. */
    private boolean hasUnsigned(DiagnosticData data) {
        Set<String> signed = new HashSet<>();
        boolean nameless = false;
        for (SignatureWrapper signature : data.getSignatures()) {
            Set<String> own = named(signature);
            nameless |= own.isEmpty() && !signature.isCounterSignature();
            signed.addAll(own);
        }
        List<String> files = names.stream().filter(name -> !OWN.matcher(name).matches()).toList();
        return nameless && signed.isEmpty() ? files.size() > 1 : !signed.containsAll(files);
    }

    /** 4.4.4: each manifest names the signature or time stamp that is over it, and no two the same. */
    private boolean hasLooseManifest(DiagnosticData data) {
        List<String> over = data.getContainerInfo() == null ? List.of()
            : data.getContainerInfo().getManifestFiles().stream().map(manifest -> String.valueOf(manifest.getSignatureFilename())).toList();
        return new HashSet<>(over).size() != over.size() || !names.containsAll(over);
    }

    private static Set<String> named(SignatureWrapper signature) {
        Set<String> names = new HashSet<>();
        for (XmlDigestMatcher matcher : signature.getDigestMatchers()) {
            String name = matcher.getUri() != null ? matcher.getUri() : matcher.getDocumentName();
            if (name != null && !name.isEmpty() && !name.startsWith("#")) {
                names.add(decoded(name));
            }
        }
        return names;
    }

    /** The name of a file as a reference gives it (RFC 3986, 2.1). */
    static String decoded(String uri) {
        try {
            String path = URI.create(uri).getPath();
            return path == null || path.isEmpty() ? uri : path.startsWith("./") ? path.substring(2) : path;
        } catch (IllegalArgumentException e) {
            return uri; // a name as it is
        }
    }
}
