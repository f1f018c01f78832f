package antin.signing.xml;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.signature.CertificateCheck;
import antin.signing.signature.Document;
import antin.signing.signature.EtsiReport;
import antin.signing.signature.Objection;
import antin.signing.signature.PersonNumber;
import antin.signing.signature.SignedContent;
import antin.signing.signature.Validation;
import antin.signing.signature.ValidationReport;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.signature.ValidationReport.SignatureReport;
import antin.signing.signature.ValidationReport.Signer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * XML whose signatures have nothing of XAdES: is the value right, is the certificate good today? Nothing in such a signature proves when it was
 * made, so a certificate that is over or revoked leaves it indeterminate. Every other document goes to who knows it.
 */
public final class XmlDsigValidation implements Validation {

    private static final String XADES = "http://uri.etsi.org/01903/";
    private static final int LOOKED_AT = 64;
    private static final int MOST_SIGNATURES = 50;

    private final Validation others;
    private final CertificateCheck certificates;
    private final Function<ValidationReport, String> inXml;

    /** @param inXml a report by ETSI TS 119 102-2 from nothing but ours */
    public XmlDsigValidation(Validation others, CertificateCheck certificates, Function<ValidationReport, String> inXml) {
        this.others = others;
        this.certificates = certificates;
        this.inXml = inXml;
    }

    @Override
    public ValidationReport validate(Document untrusted, List<Document> originals) {
        return ours(untrusted, originals).orElseGet(() -> others.validate(untrusted, originals));
    }

    @Override
    public EtsiReport validateForPrograms(Document untrusted, List<Document> originals) {
        return ours(untrusted, originals).map(report -> new EtsiReport(report, inXml.apply(report))).orElseGet(() -> others.validateForPrograms(untrusted, originals));
    }

    /** Empty where the others know better. */
    private Optional<ValidationReport> ours(Document untrusted, List<Document> originals) {
        if (untrusted.isDigestOnly() || !originals.isEmpty() || !looksLikeXml(untrusted)) {
            return Optional.empty();
        }
        org.w3c.dom.Document tree = XmlTree.read(untrusted);
        List<Element> signatures = pure(tree);
        if (signatures.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Set<Objection>> objections = StrictXml.objections(tree);
        return Optional.of(new ValidationReport(signatures.stream().map(one -> report(one).but(objections.getOrDefault(one.getAttribute("Id"), Set.of()))).toList()));
    }

    /** Empty where there is none, or one of XAdES among them. */
    private static List<Element> pure(org.w3c.dom.Document tree) {
        List<Element> signatures = XmlTree.signatures(tree);
        if (signatures.size() > MOST_SIGNATURES) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The document has more than " + MOST_SIGNATURES + " signatures.");
        }
        boolean advanced = signatures.stream().anyMatch(signature -> {
            var properties = signature.getElementsByTagNameNS("*", "QualifyingProperties");
            return properties.getLength() > 0 && String.valueOf(properties.item(0).getNamespaceURI()).startsWith(XADES);
        });
        return advanced ? List.of() : signatures;
    }

    private SignatureReport report(Element signature) {
        ReadSignature read = ReadSignature.of(signature);
        String why = read.failure();
        Conclusion conclusion = Conclusion.VALID;
        if (why != null) {
            conclusion = why.startsWith("NO_") || why.startsWith("CRYPTO") ? Conclusion.INDETERMINATE : Conclusion.INVALID;
        } else {
            why = certificate(read.chain());
            conclusion = why == null ? Conclusion.VALID : Conclusion.INDETERMINATE;
        }
        String indication = switch (conclusion) {
            case VALID -> "TOTAL_PASSED";
            case INVALID -> "TOTAL_FAILED";
            case INDETERMINATE -> "INDETERMINATE";
        };
        return new SignatureReport(id(signature), conclusion, indication, why, "XMLDSig", read.chain().isEmpty() ? null : signer(read.chain().getFirst(), person(read.chain(), conclusion)), null, null, null, read.covers(),
            read.over().stream().map(SignedContent::ofReference).toList(), why == null ? List.of() : List.of(why));
    }

    private @Nullable String certificate(List<X509Certificate> chain) {
        try {
            certificates.check(chain);
            return null;
        } catch (Problem e) {
            if (e.kind() == Kind.PEER_UNAVAILABLE) {
                return "TRY_LATER";
            }
            if (e.kind() == Kind.CERTIFICATE_UNUSABLE) {
                return "CERTIFICATE_CHAIN_GENERAL_FAILURE";
            }
            throw e;
        }
    }

    static String id(Element signature) {
        return signature.getAttribute("Id").isEmpty() ? "signature" : signature.getAttribute("Id");
    }

    private @Nullable String person(List<X509Certificate> chain, Conclusion conclusion) {
        return conclusion == Conclusion.VALID && certificates.isOfCity(chain) ? PersonNumber.of(chain.getFirst().getSubjectX500Principal().getName()).orElse(null) : null;
    }

    static Signer signer(X509Certificate certificate, @Nullable String person) {
        String subject = certificate.getSubjectX500Principal().getName();
        String unit = part(subject, "OU");
        return new Signer(part(subject, "CN"), unit == null ? part(subject, "O") : unit, null, certificate.getSerialNumber(), certificate.getIssuerX500Principal().getName(), person);
    }

    private static @Nullable String part(String subject, String type) {
        try {
            return new LdapName(subject).getRdns().stream().filter(rdn -> rdn.getType().equalsIgnoreCase(type)).map(Rdn::getValue).filter(String.class::isInstance)
                .map(String.class::cast).findFirst().orElse(null);
        } catch (InvalidNameException e) {
            return null;
        }
    }

    /** After marks of an encoding and blanks; what is none is refused by the others in their words. */
    private static boolean looksLikeXml(Document document) {
        try (InputStream in = Files.newInputStream(document.file())) {
            String text = new String(in.readNBytes(LOOKED_AT), StandardCharsets.ISO_8859_1);
            return text.chars().filter(c -> c > ' ' && c < 0x80).findFirst().orElse(' ') == '<';
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
