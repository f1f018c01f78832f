package antin.signing.dss;

import antin.signing.signature.Document;
import antin.signing.signature.ValidationReport;
import antin.signing.xml.ComputedContent;
import antin.signing.xml.UntrustedXml;
import eu.europa.esig.dss.asic.cades.validation.ASiCContainerWithCAdESValidator;
import eu.europa.esig.dss.asic.xades.validation.ASiCContainerWithXAdESAnalyzerFactory;
import eu.europa.esig.dss.asic.xades.validation.ASiCContainerWithXAdESValidator;
import eu.europa.esig.dss.cades.validation.CMSDocumentValidator;
import eu.europa.esig.dss.jades.validation.JWSCompactDocumentValidator;
import eu.europa.esig.dss.jades.validation.JWSSerializationDocumentValidator;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.pades.validation.PDFDocumentValidator;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import eu.europa.esig.dss.xades.validation.XMLDocumentValidator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;

/** What a document is by its first octets, what it is held to before a library reads it, and who then says whether its signatures hold. */
enum DocumentKind {

    PDF {
        @Override
        boolean begins(String text) {
            return text.startsWith("%PDF-");
        }

        @Override
        void check(Document document) {
            UntrustedPdf.check(document);
        }

        @Override
        SignedDocumentValidator validator(DSSDocument document) {
            return new PDFDocumentValidator(document);
        }
    },

    XML {
        @Override
        boolean begins(String text) {
            return afterBlanks(text).startsWith("<");
        }

        @Override
        void check(Document document) {
            UntrustedXml.check(document);
        }

        @Override
        Optional<ValidationReport> refused(Document document) {
            ComputedContent content = new ComputedContent();
            try (InputStream in = Files.newInputStream(document.file())) {
                content.read(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return content.report();
        }

        @Override
        SignedDocumentValidator validator(DSSDocument document) {
            return new XMLDocumentValidator(document);
        }
    },

    /** ZIP (ETSI EN 319 162-1). */
    CONTAINER {
        @Override
        boolean begins(String text) {
            return text.startsWith("PK\003\004");
        }

        @Override
        void check(Document document) {
            UntrustedContainer.check(document);
        }

        @Override
        Optional<ValidationReport> refused(Document document) {
            return StrictContainer.refused(document);
        }

        @Override
        SignedDocumentValidator validator(DSSDocument document) {
            return new ASiCContainerWithXAdESAnalyzerFactory().isSupported(document) ? new ASiCContainerWithXAdESValidator(document)
                : new ASiCContainerWithCAdESValidator(document);
        }
    },

    /** DER or BER (RFC 5652); PEM is not taken. */
    CMS {
        @Override
        boolean begins(String text) {
            return text.length() > 1 && text.charAt(0) == 0x30 && text.charAt(1) >= 0x80;
        }

        @Override
        void check(Document document) {
            UntrustedCms.check(document);
        }

        @Override
        SignedDocumentValidator validator(DSSDocument document) {
            return new CMSDocumentValidator(document);
        }
    },

    /** RFC 7515, either serialisation. */
    JWS {
        @Override
        boolean begins(String text) {
            return afterBlanks(text).startsWith("{") || text.startsWith(COMPACT);
        }

        @Override
        void check(Document document) {
            UntrustedJson.check(document);
        }

        @Override
        SignedDocumentValidator validator(DSSDocument document) {
            try (InputStream in = document.openStream()) {
                boolean compact = new String(in.readNBytes(COMPACT.length()), StandardCharsets.US_ASCII).equals(COMPACT);
                return compact ? new JWSCompactDocumentValidator(document) : new JWSSerializationDocumentValidator(document);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    /** How a header begins that is a JSON object, in base64url. */
    static final String COMPACT = "ey";
    private static final int LOOKED_AT = 64;

    static Optional<DocumentKind> of(Document document) {
        if (document.isDigestOnly()) {
            return Optional.empty();
        }
        String text = beginning(document);
        return Arrays.stream(values()).filter(kind -> kind.begins(text)).findFirst();
    }

    boolean is(Document document) {
        return !document.isDigestOnly() && begins(beginning(document));
    }

    /** For a document that is signed as it is, whatever it is: where it is of this kind, the library will read it. */
    void checkWhereItIs(Document document) {
        if (is(document)) {
            check(document);
        }
    }

    /** @param text octet by octet */
    abstract boolean begins(String text);

    /** @throws antin.kernel.Problem {@code MALFORMED_DOCUMENT} */
    abstract void check(Document document);

    /** What is told of a checked document without the library; empty where the library may read it. */
    Optional<ValidationReport> refused(Document checked) {
        return Optional.empty();
    }

    abstract SignedDocumentValidator validator(DSSDocument document);

    private static String beginning(Document document) {
        try (InputStream in = Files.newInputStream(document.file())) {
            return new String(in.readNBytes(LOOKED_AT), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without a mark of UTF-8 or UTF-16, blanks, and the zeros of UTF-16. */
    private static String afterBlanks(String text) {
        int at = 0;
        while (at < text.length() && (text.charAt(at) >= 0x80 || text.charAt(at) <= ' ')) {
            at++;
        }
        return text.substring(at);
    }
}
