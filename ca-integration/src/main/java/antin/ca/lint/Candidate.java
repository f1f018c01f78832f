package antin.ca.lint;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;

/** A certificate taken apart without judging it (RFC 5280, 4.1): a parser that refuses would hide which rule is broken. */
public final class Candidate {

    private static final int VERSION_TAG = 0;
    private static final int EXTENSIONS_TAG = 3;
    private static final int FIELDS = 6;

    private final byte[] der;
    private final ASN1Sequence outer;
    private final List<ASN1Encodable> fields = new ArrayList<>();
    private final List<ASN1TaggedObject> tagged = new ArrayList<>();
    private final Optional<X509Certificate> issuer;
    // Read once, when the first rule asks, since each of many rules asks; a value that cannot be read fails each time
    private @Nullable List<Extension> extensions;
    private @Nullable SubjectPublicKeyInfo key;
    private @Nullable X500Name subject;

    private Candidate(byte[] der, ASN1Sequence outer, Optional<X509Certificate> issuer) {
        this.der = der;
        this.outer = outer;
        this.issuer = issuer;
        for (ASN1Encodable part : ASN1Sequence.getInstance(outer.getObjectAt(0))) {
            if (part instanceof ASN1TaggedObject optional) {
                tagged.add(optional);
            } else {
                fields.add(part);
            }
        }
        if (fields.size() != FIELDS) {
            throw new IllegalArgumentException("Not a certificate");
        }
    }

    /** @param issuer whose key signs it; empty where it signs itself. Throws IllegalArgumentException where it is no certificate at all. */
    public static Candidate of(byte[] certificate, Optional<X509Certificate> issuer) {
        try {
            return new Candidate(certificate.clone(), ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(certificate)), issuer);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("Not a certificate", e);
        }
    }

    boolean isDer() {
        try {
            return Arrays.equals(outer.getEncoded(ASN1Encoding.DER), der);
        } catch (IOException e) {
            return false;
        }
    }

    Optional<X509Certificate> issuer() {
        return issuer;
    }

    boolean isSelfSigned() {
        return issuer.isEmpty();
    }

    /** As encoded: 2 is version 3. */
    int version() {
        return tagged(VERSION_TAG).map(version -> ASN1Integer.getInstance(version, true).intValueExact()).orElse(0);
    }

    ASN1Integer serial() {
        return (ASN1Integer) fields.get(0);
    }

    AlgorithmIdentifier signature() {
        return AlgorithmIdentifier.getInstance(fields.get(1));
    }

    AlgorithmIdentifier outerSignature() {
        return AlgorithmIdentifier.getInstance(outer.getObjectAt(1));
    }

    X500Name issuerName() {
        return X500Name.getInstance(fields.get(2));
    }

    /** Both times, as encoded. */
    ASN1Sequence validity() {
        return ASN1Sequence.getInstance(fields.get(3));
    }

    X500Name subject() {
        X500Name known = subject;
        if (known == null) {
            known = X500Name.getInstance(fields.get(4));
            subject = known;
        }
        return known;
    }

    Stream<AttributeTypeAndValue> attributes() {
        return Stream.of(subject().getRDNs()).flatMap(part -> Stream.of(part.getTypesAndValues()));
    }

    SubjectPublicKeyInfo key() {
        SubjectPublicKeyInfo known = key;
        if (known == null) {
            known = SubjectPublicKeyInfo.getInstance(fields.get(5));
            key = known;
        }
        return known;
    }

    boolean hasUniqueIdentifier() {
        return tagged.stream().anyMatch(one -> one.getTagNo() == 1 || one.getTagNo() == 2);
    }

    /** In their order, twice where they are there twice. */
    List<Extension> extensions() {
        List<Extension> known = extensions;
        if (known == null) {
            List<Extension> all = new ArrayList<>();
            tagged(EXTENSIONS_TAG).ifPresent(list -> ASN1Sequence.getInstance(list, true).forEach(one -> all.add(Extension.getInstance(one))));
            known = List.copyOf(all);
            extensions = known;
        }
        return known;
    }

    Optional<Extension> extension(ASN1ObjectIdentifier type) {
        return extensions().stream().filter(one -> one.getExtnId().equals(type)).findFirst();
    }

    <T> Optional<T> value(ASN1ObjectIdentifier type, Function<Object, T> reader) {
        return extension(type).map(one -> reader.apply(one.getParsedValue()));
    }

    boolean isAuthority() {
        return value(Extension.basicConstraints, BasicConstraints::getInstance).filter(BasicConstraints::isCA).isPresent();
    }

    /** Bits of {@link KeyUsage}; empty where the extension is missing. */
    Optional<KeyUsage> keyUsage() {
        return value(Extension.keyUsage, KeyUsage::getInstance);
    }

    boolean mayUse(int bit) {
        return keyUsage().filter(usage -> usage.hasUsages(bit)).isPresent();
    }

    List<KeyPurposeId> purposes() {
        return value(Extension.extendedKeyUsage, ExtendedKeyUsage::getInstance).map(usage -> List.of(usage.getUsages())).orElse(List.of());
    }

    /** The subject's alternative names of one kind ({@link GeneralName}'s tags), as text. */
    List<String> names(int kind) {
        return value(Extension.subjectAlternativeName, GeneralNames::getInstance).map(names -> Stream.of(names.getNames())
            .filter(name -> name.getTagNo() == kind).map(name -> name.getName().toString()).toList()).orElse(List.of());
    }

    private Optional<ASN1TaggedObject> tagged(int tag) {
        return tagged.stream().filter(one -> one.getTagNo() == tag).findFirst();
    }
}
