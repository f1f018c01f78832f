package antin.ca.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule has a certificate that breaks it, and a good one breaks none. */
class CertificateLintTest {

    private static final ASN1Encodable EMPTY = new DERSequence();
    private static final Map<String, Consumer<Specimen>> BREAKERS = new LinkedHashMap<>();

    static {
        fields();
        names();
        keys();
        usage();
        extensions();
        status();
    }

    private static void fields() {
        breaks("encoded-in-der", it -> it.encoded = withLongLength(it));
        breaks("version-3", it -> it.version = new DERTaggedObject(true, 0, new ASN1Integer(1)));
        breaks("serial-positive", it -> it.serial = it.serial.negate());
        breaks("serial-at-most-20-octets", it -> it.serial = BigInteger.ONE.shiftLeft(160));
        breaks("serial-at-least-64-bits", it -> it.serial = BigInteger.valueOf(4711));
        breaks("signature-algorithms-agree", it -> it.outerSignature = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256));
        breaks("signature-algorithm-strong", it -> algorithm(it, new AlgorithmIdentifier(PKCSObjectIdentifiers.sha1WithRSAEncryption, DERNull.INSTANCE)));
        breaks("ecdsa-without-parameters", it -> algorithm(it, new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384, DERNull.INSTANCE)));
        breaks("rsa-with-null-parameters", it -> algorithm(it, new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption)));
        breaks("validity-in-order", it -> it.notAfter = new DERUTCTime("250101000000Z"));
        breaks("validity-by-utc-time-until-2049", it -> it.notAfter = new DERGeneralizedTime("20280101000000Z"));
        breaks("validity-to-the-second-in-utc", it -> it.notAfter = new DERUTCTime("280101000000+0700"));
        breaks("ends-with-its-issuer", it -> it.notAfter = new DERUTCTime("400101000000Z"));
        breaks("no-unique-identifiers", it -> it.unique.add(new DERTaggedObject(false, 2, new DERBitString(new byte[] {1}))));
    }

    private static void names() {
        breaks("issuer-named", it -> it.issuer = new X500Name(new RDN[0]));
        breaks("issuer-named-as-it-names-itself", it -> it.issuer = new X500Name("CN=issuing,O=Thành phố mẫu,C=VN"));
        breaks("subject-named", it -> it.subject = new X500Name(new RDN[0]));
        breaks("subject-in-utf8-or-printable-strings", it -> it.subject = name(BCStyle.CN, new DERBMPString("An")));
        breaks("country-by-two-letters", it -> it.subject = name(BCStyle.C, new DERPrintableString("Việt Nam".substring(0, 2) + "N")));
        breaks("serial-number-printable", it -> it.subject = name(BCStyle.SERIALNUMBER, new DERUTF8String("1")));
        breaks("attributes-within-upper-bounds", it -> it.subject = name(BCStyle.CN, new DERUTF8String("a".repeat(65))));
        breaks("attributes-not-empty", it -> it.subject = name(BCStyle.CN, new DERUTF8String(" ")));
        breaks("attributes-without-control-characters", it -> it.subject = name(BCStyle.CN, new DERUTF8String("An\u202Enguyen")));
        breaks("country-once", it -> it.subject = new X500Name("C=VN,C=LA"));
        breaks("no-mail-address-in-the-subject", it -> it.subject = new X500Name("CN=An,E=an@city.example"));
        breaks("other-names-not-empty", it -> it.put(Extension.subjectAlternativeName, false, EMPTY));
        breaks("other-names-critical-without-a-subject", it -> {
            it.subject = new X500Name(new RDN[0]);
            it.put(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.rfc822Name, "an@city.example")));
        });
        breaks("mail-addresses-are-mailboxes", it -> other(it, new GeneralName(GeneralName.rfc822Name, "An <an@city.example>")));
        breaks("hosts-in-preferred-syntax", it -> other(it, new GeneralName(GeneralName.dNSName, "mail_server.city.example")));
        breaks("uris-absolute", it -> other(it, new GeneralName(GeneralName.uniformResourceIdentifier, "/ca")));
        breaks("addresses-of-4-or-16-octets", it -> other(it, new GeneralName(GeneralName.iPAddress, new DEROctetString(new byte[5]))));
    }

    private static void keys() {
        breaks("key-of-a-known-kind", it -> it.key = new SubjectPublicKeyInfo(new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.840.10040.4.1")), new byte[] {1}));
        breaks("rsa-key-with-null-parameters", it -> it.key = new SubjectPublicKeyInfo(new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption), Specimen.RSA_KEY.getPublicKeyData().getBytes()));
        breaks("rsa-key-of-3072-bits", it -> it.key = Specimen.key("RSA", 2048));
        breaks("rsa-modulus-odd-without-small-factors", it -> it.key = rsa(rsaModulus().multiply(BigInteger.valueOf(3)), BigInteger.valueOf(65_537)));
        breaks("rsa-exponent-odd-and-not-small", it -> it.key = rsa(rsaModulus(), BigInteger.valueOf(3)));
        breaks("ec-key-on-a-named-curve", it -> it.key = new SubjectPublicKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, EMPTY), ecPoint()));
        breaks("ec-curve-strong", it -> it.key = new SubjectPublicKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256k1), ecPoint()));
        breaks("ec-point-uncompressed", it -> it.key = ec(compressed()));
        breaks("ec-point-on-its-curve", it -> it.key = ec(offCurve()));
    }

    private static void usage() {
        breaks("basic-constraints-readable", it -> it.remove(Extension.basicConstraints));
        breaks("authority-marked-critical", it -> it.authority().put(Extension.basicConstraints, false, new BasicConstraints(0)));
        breaks("path-length-of-authorities-only", it -> it.put(Extension.basicConstraints, true, new DERSequence(new ASN1Integer(0))));
        breaks("path-length-not-negative", it -> it.authority().put(Extension.basicConstraints, true, new DERSequence(new ASN1Encodable[] {org.bouncycastle.asn1.ASN1Boolean.TRUE, new ASN1Integer(-1)})));
        breaks("authority-signs-certificates", it -> it.authority().put(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign)));
        breaks("only-authorities-sign-certificates", it -> it.put(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign)));
        breaks("only-authorities-sign-crls-here", it -> it.put(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign)));
        breaks("key-usage-there", it -> it.remove(Extension.keyUsage));
        breaks("key-usage-critical", it -> it.put(Extension.keyUsage, false, new KeyUsage(KeyUsage.digitalSignature)));
        breaks("key-usage-not-empty", it -> it.put(Extension.keyUsage, true, new DERBitString(new byte[] {0}, 7)));
        breaks("ec-key-enciphers-nothing", it -> it.put(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyEncipherment)));
        breaks("authority-enciphers-nothing", it -> it.authority().put(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.keyAgreement)));
        breaks("purposes-not-empty", it -> it.put(Extension.extendedKeyUsage, false, EMPTY));
        breaks("purposes-once-each", it -> it.purposes(false, KeyPurposeId.id_kp_emailProtection, KeyPurposeId.id_kp_emailProtection));
        breaks("purposes-of-leaves-named", it -> it.remove(Extension.extendedKeyUsage));
        breaks("not-for-any-purpose", it -> it.purposes(false, KeyPurposeId.anyExtendedKeyUsage));
        breaks("time-stamps-alone-and-critical", it -> it.purposes(false, KeyPurposeId.id_kp_timeStamping));
        breaks("time-stamps-by-signatures-only", it -> it.purposes(true, KeyPurposeId.id_kp_timeStamping).put(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyAgreement)));
        breaks("ocsp-signer-signs", it -> it.purposes(false, KeyPurposeId.id_kp_OCSPSigning).put(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyAgreement)));
        breaks("ocsp-signer-not-asked-about", it -> it.purposes(false, KeyPurposeId.id_kp_OCSPSigning));
        breaks("tls-server-named", it -> it.purposes(false, KeyPurposeId.id_kp_serverAuth));
        breaks("signing-apart-from-tls", it -> it.purposes(false, KeyPurposeId.id_kp_clientAuth));
    }

    private static void extensions() {
        breaks("extensions-once-each", it -> it.add(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(new byte[] {1})));
        breaks("no-critical-extension-that-others-do-not-know", it -> it.put(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), true, DERNull.INSTANCE));
        breaks("authority-key-identified", it -> it.remove(Extension.authorityKeyIdentifier));
        breaks("authority-key-identifier-not-critical", it -> it.put(Extension.authorityKeyIdentifier, true, new AuthorityKeyIdentifier(new byte[20])));
        breaks("authority-key-identifier-fits-the-issuer", it -> it.put(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(new byte[] {9})));
        breaks("authority-key-identifier-by-key-alone", it -> it.put(Extension.authorityKeyIdentifier, false,
            new DERSequence(new ASN1Encodable[] {new DERTaggedObject(false, 0, new DEROctetString(new byte[20])), new DERTaggedObject(false, 2, new ASN1Integer(1))})));
        breaks("subject-key-identified", it -> it.remove(Extension.subjectKeyIdentifier));
        breaks("subject-key-identifier-not-critical", it -> it.put(Extension.subjectKeyIdentifier, true, new SubjectKeyIdentifier(new byte[] {1})));
        ASN1Encodable policy = new DERSequence(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.2"));
        breaks("policies-once-each", it -> it.put(Extension.certificatePolicies, false, new DERSequence(new ASN1Encodable[] {policy, policy})));
        breaks("policies-not-empty", it -> it.put(Extension.certificatePolicies, false, EMPTY));
        breaks("name-constraints-of-authorities-and-critical", it -> it.put(Extension.nameConstraints, true, EMPTY));
        breaks("policy-constraints-critical", it -> it.put(Extension.policyConstraints, false, EMPTY));
        breaks("inhibit-any-policy-critical", it -> it.put(Extension.inhibitAnyPolicy, false, new ASN1Integer(0)));
        breaks("private-key-usage-period-left-out", it -> it.put(Extension.privateKeyUsagePeriod, false, EMPTY));
        breaks("issuer-alternative-name-not-critical", it -> it.put(Extension.issuerAlternativeName, true, new GeneralNames(new GeneralName(GeneralName.rfc822Name, "ca@city.example"))));
    }

    private static void status() {
        breaks("crl-points-not-critical", it -> it.put(Extension.cRLDistributionPoints, true, crl("http://city.example/a.crl")));
        breaks("crl-points-not-by-reasons-alone", it -> it.put(Extension.cRLDistributionPoints, false,
            new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(null, new ReasonFlags(ReasonFlags.keyCompromise), null)})));
        breaks("crl-points-by-http-or-ldap", it -> it.put(Extension.cRLDistributionPoints, false, crl("file:///a.crl")));
        breaks("freshest-crl-not-critical", it -> it.put(Extension.freshestCRL, true, crl("http://city.example/d.crl")));
        breaks("authority-information-not-critical", it -> it.put(Extension.authorityInfoAccess, true, ocsp("http://city.example/ocsp")));
        breaks("authority-information-not-empty", it -> it.put(Extension.authorityInfoAccess, false, EMPTY));
        breaks("authority-information-by-http-or-ldap", it -> it.put(Extension.authorityInfoAccess, false, ocsp("javascript:alert(1)")));
        breaks("no-check-not-critical", it -> it.purposes(false, KeyPurposeId.id_kp_OCSPSigning).put(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, true, DERNull.INSTANCE));
        breaks("no-check-of-ocsp-signers-only", it -> it.put(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE));
    }

    private static void breaks(String rule, Consumer<Specimen> breaker) {
        BREAKERS.put(rule, breaker);
    }

    static Stream<String> rules() {
        return CertificateLint.RULES.stream().map(Rule::name);
    }

    @Test
    void aGoodCertificateBreaksNoRule() throws Exception {
        assertThat(CertificateLint.broken(new Specimen().candidate())).isEmpty();
        assertThat(CertificateLint.broken(new Specimen().authority().candidate())).isEmpty();
        Specimen rsa = new Specimen();
        rsa.key = Specimen.RSA_KEY;
        rsa.notBefore = new DERGeneralizedTime("20500101000000Z");
        rsa.notAfter = new DERGeneralizedTime("20520101000000Z");
        assertThat(CertificateLint.broken(rsa.candidate())).extracting(Rule::name).containsExactly("ends-with-its-issuer");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void eachRuleIsBrokenByOne(String name) throws Exception {
        Specimen specimen = new Specimen();
        Objects.requireNonNull(BREAKERS.get(name), "nothing breaks it").accept(specimen);
        assertThat(CertificateLint.broken(specimen.candidate())).extracting(Rule::name).contains(name);
    }

    @Test
    void eachRuleSaysWhereItIsWritten() {
        assertThat(CertificateLint.RULES).hasSizeGreaterThanOrEqualTo(80).allMatch(rule -> rule.section().matches("(RFC|ETSI|CA/Browser Forum|NIST|FIPS) .*\\d.*"));
        assertThat(rules()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(BREAKERS.keySet());
    }

    @Test
    void whatIsNoCertificateIsToldApart() {
        for (byte[] bytes : List.of(new byte[0], new byte[] {0x30, 0}, new byte[] {0x30, (byte) 0x82, 1}, "hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII))) {
            assertThatThrownBy(() -> Candidate.of(bytes, Optional.empty())).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void algorithm(Specimen specimen, AlgorithmIdentifier algorithm) {
        specimen.signature = algorithm;
        specimen.outerSignature = algorithm;
    }

    private static X500Name name(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return new X500Name(new RDN[] {new RDN(new AttributeTypeAndValue(type, value))});
    }

    private static void other(Specimen specimen, GeneralName name) {
        specimen.put(Extension.subjectAlternativeName, false, new GeneralNames(name));
    }

    private static CRLDistPoint crl(String address) {
        return new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(new DistributionPointName(new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, address))), null, null)});
    }

    private static AuthorityInformationAccess ocsp(String address) {
        return new AuthorityInformationAccess(AccessDescription.id_ad_ocsp, new GeneralName(GeneralName.uniformResourceIdentifier, address));
    }

    private static BigInteger rsaModulus() {
        return RSAPublicKey.getInstance(Specimen.RSA_KEY.getPublicKeyData().getBytes()).getModulus();
    }

    private static SubjectPublicKeyInfo rsa(BigInteger modulus, BigInteger exponent) {
        try {
            return new SubjectPublicKeyInfo(new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE), new RSAPublicKey(modulus, exponent));
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SubjectPublicKeyInfo ec(byte[] point) {
        return new SubjectPublicKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1), point);
    }

    private static byte[] ecPoint() {
        return Specimen.EC_KEY.getPublicKeyData().getBytes();
    }

    private static byte[] compressed() {
        byte[] point = Arrays.copyOf(ecPoint(), 33);
        point[0] = (byte) (2 + (ecPoint()[64] & 1));
        return point;
    }

    private static byte[] offCurve() {
        byte[] point = ecPoint().clone();
        point[64] ^= 1;
        return point;
    }

    /** The outermost length in one octet more than it needs: BER, and not DER. */
    private static byte[] withLongLength(Specimen specimen) {
        try {
            byte[] der = specimen.der();
            byte[] ber = new byte[der.length + 1];
            ber[0] = der[0];
            ber[1] = (byte) 0x83;
            ber[2] = 0;
            System.arraycopy(der, 2, ber, 3, der.length - 2);
            return ber;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
