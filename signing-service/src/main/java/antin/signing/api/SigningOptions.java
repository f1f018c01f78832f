package antin.signing.api;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.SignatureAlgorithm;
import antin.signing.signature.Packaging;
import antin.signing.signature.Particulars;
import antin.signing.signature.Particulars.Certification;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureLevel;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The part {@code options} of a request for a seal or a signature, as sent; the accessors below it refuse what is not known.
 *
 * @param key       of a seal
 * @param certificateChain of a signature, whose key is elsewhere: base64 of DER, the signer's first
 * @param level     B where absent
 * @param packaging the usual one of the format where absent
 * @param field     PDF: the empty signature field to sign in
 * @param certify   PDF: what later changes the first signature allows
 * @param element   XML-DSig: the Id of the element to sign
 * @param digest    in place of a document
 */
record SigningOptions(@Nullable String key, @Nullable List<String> certificateChain, @Nullable String format, @Nullable String level, @Nullable String packaging, @Nullable String algorithm,
    @Nullable String reason, @Nullable String location, @Nullable LayoutOptions layout, @Nullable String field, @Nullable String certify, @Nullable String element,
    @Nullable DigestOption digest) {

    private static final int LONGEST_TEXT = 500;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_CHAIN = 6;
    private static final int LARGEST_CERTIFICATE = 10_000;
    private static final int DER_SEQUENCE = 0x30;

    static SigningOptions read(String json) {
        return SmallJson.read("part \"options\"", json, SigningOptions.class);
    }

    String keyName() {
        if (certificateChain != null) {
            throw refusal("The option \"certificateChain\" is for signatures, whose key is elsewhere; a seal has a \"key\".");
        }
        if (key == null || !key.matches("[a-z0-9-]{1,41}")) {
            throw refusal("The option \"key\" must be the name of a key.");
        }
        return key;
    }

    /** The signer's certificate first; nothing about it is checked yet. */
    List<X509Certificate> chain() {
        if (key != null || certificateChain == null || certificateChain.isEmpty() || certificateChain.size() > LONGEST_CHAIN) {
            throw refusal("The option \"certificateChain\" must be a list of 1 to " + LONGEST_CHAIN + " certificates in place of \"key\", the signer's first.");
        }
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> chain = new ArrayList<>();
            for (String one : certificateChain) {
                byte[] der = Base64.getDecoder().decode(one);
                if (der.length > LARGEST_CERTIFICATE || der.length == 0 || der[0] != DER_SEQUENCE) {
                    throw refusal("The option \"certificateChain\" has something that is no certificate in DER.");
                }
                chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            }
            return chain;
        } catch (CertificateException | IllegalArgumentException e) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The option \"certificateChain\" has something that is not base64 of a certificate in DER.", e);
        }
    }

    SignatureFormat formatOf(List<SignatureFormat> formats) {
        return formats.stream().filter(one -> one.name().equals(format)).findFirst().orElseThrow(() -> refusal("The option \"format\" must be one of "
            + String.join(", ", formats.stream().map(SignatureFormat::name).sorted().toList()) + "."));
    }

    SignatureLevel signatureLevel() {
        String word = level == null ? "B" : level;
        return Arrays.stream(SignatureLevel.values()).filter(one -> one.name().equals(word)).findFirst()
            .orElseThrow(() -> refusal("The option \"level\" must be B, T, LT or LTA."));
    }

    Packaging packagingOf(SignatureFormat wanted) {
        return packaging == null ? wanted.packagings().getFirst() : wanted.packagings().stream().filter(one -> word(one).equals(packaging)).findFirst()
            .orElseThrow(() -> refusal("The option \"packaging\" of " + wanted.name() + " must be one of "
                + String.join(", ", wanted.packagings().stream().map(SigningOptions::word).toList()) + "."));
    }

    private static String word(Packaging packaging) {
        return packaging.name().toLowerCase(Locale.ROOT);
    }

    @Nullable SignatureAlgorithm signatureAlgorithm() {
        return algorithm == null ? null : SignatureAlgorithm.named(algorithm)
            .orElseThrow(() -> refusal("The option \"algorithm\" must be RSA-PSS, RSA or ECDSA with SHA256, SHA384 or SHA512, such as RSA-PSS-SHA256."));
    }

    /** Shown by readers of PDF; refused where the format has no place for it. */
    void checkTexts(boolean shown) {
        for (String text : new String[] {reason, location}) {
            if (text != null && (!shown || text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl))) {
                throw refusal("The options \"reason\" and \"location\" are for PAdES, of at most " + LONGEST_TEXT + " characters on one line.");
            }
        }
    }

    /** @param picture the part {@code picture}; null for none */
    Particulars particulars(byte @Nullable [] picture) {
        if (picture != null && layout == null) {
            throw refusal("The part \"picture\" needs the option \"layout\", which says where it is seen.");
        }
        for (String name : new String[] {field, element}) {
            if (name != null && (name.isBlank() || name.length() > LONGEST_NAME)) {
                throw refusal("The options \"field\" and \"element\" are names of at most " + LONGEST_NAME + " characters.");
            }
        }
        return new Particulars(field, certification(), layout == null ? null : layout.layout(picture), element);
    }

    private @Nullable Certification certification() {
        return certify == null ? null : Arrays.stream(Certification.values()).filter(one -> one.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(certify)).findFirst()
            .orElseThrow(() -> refusal("The option \"certify\" must be no-changes, form-filling or annotations."));
    }

    private static Problem refusal(String detail) {
        return new Problem(Kind.MALFORMED_REQUEST, detail);
    }
}
