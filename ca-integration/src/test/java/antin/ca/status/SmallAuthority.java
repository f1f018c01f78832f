package antin.ca.status;

import antin.ca.CertificateStatus;
import antin.ca.CertificateStatus.Revocation;
import antin.ca.RevocationReason;
import antin.kernel.SecretFile;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PemFile;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A root and an issuing authority in memory, with their delegated keys and what they issued: for the engines alone. */
final class SmallAuthority implements CertificateStatuses {

    /** A key with its chain. */
    record Holder(KeyPair keys, List<X509Certificate> chain) {

        X509Certificate certificate() {
            return chain.getFirst();
        }

        DelegatedKey delegated() {
            return new DelegatedKey(keys.getPrivate(), chain);
        }
    }

    final Holder root;
    final Holder issuing;
    final Holder ocspRoot;
    final Holder ocspIssuing;
    final Holder tsa;
    private final Map<BigInteger, CertificateStatus> statuses = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    Instant known = Instant.now();

    SmallAuthority() throws Exception {
        KeyPair rootKeys = newKeys();
        X509Certificate rootCertificate = sign(rootKeys, new X500Name("CN=Test Root"), rootKeys, "CN=Test Root", null, true);
        this.root = new Holder(rootKeys, List.of(rootCertificate));
        this.issuing = issue(root, "CN=Test Issuing", null, true);
        this.ocspRoot = issue(root, "CN=OCSP of the root", KeyPurposeId.id_kp_OCSPSigning, false);
        this.ocspIssuing = issue(issuing, "CN=OCSP of issuing", KeyPurposeId.id_kp_OCSPSigning, false);
        this.tsa = issue(issuing, "CN=Test TSA", KeyPurposeId.id_kp_timeStamping, false);
    }

    /** An authority where {@code purpose} is null and {@code authority} holds, a plain certificate where neither is. */
    Holder issue(Holder issuer, String subject, @Nullable KeyPurposeId purpose, boolean authority) throws Exception {
        KeyPair keys = newKeys();
        X509Certificate certificate = sign(issuer.keys, X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded()), keys, subject,
            purpose, authority);
        List<X509Certificate> chain = new java.util.ArrayList<>(List.of(certificate));
        chain.addAll(issuer.chain);
        statuses.put(certificate.getSerialNumber(), new CertificateStatus(statuses.size() + 1L, issuer.chain.size() == 1 ? "root" : "issuing",
            certificate.getSerialNumber(), certificate.getNotAfter().toInstant(), Optional.empty()));
        return new Holder(keys, chain);
    }

    void revoke(X509Certificate certificate, RevocationReason reason, Instant time) {
        statuses.computeIfPresent(certificate.getSerialNumber(), (serial, status) -> new CertificateStatus(status.change() + 1000, status.issuer(), serial,
            status.notAfter(), Optional.of(new Revocation(time, reason))));
    }

    @Override
    public Optional<CertificateStatus> find(String issuer, BigInteger serial) {
        return Optional.ofNullable(statuses.get(serial)).filter(status -> status.issuer().equals(issuer));
    }

    @Override
    public Instant knownAt() {
        return known;
    }

    /** The files of a process, as if the root were the internal authority. */
    InternalIdentity identity(Path folder, String name) throws Exception {
        KeyPair keys = newKeys();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(new X500Name("CN=Test Root"), BigInteger.TWO, Date.from(Instant.now().minusSeconds(300)),
            Date.from(Instant.now().plusSeconds(86_400)), new X500Name("CN=" + name), keys.getPublic());
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, "antin:" + name)));
        X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(builder.build(
            new JcaContentSignerBuilder("SHA256withECDSA").build(root.keys.getPrivate())));
        SecretFile.write(folder.resolve(name + ".key"), PemFile.encode(keys.getPrivate()));
        pem(folder.resolve(name + ".pem"), certificate);
        pem(folder.resolve("ca.pem"), root.certificate());
        return InternalIdentity.read(folder, name);
    }

    static Path pem(Path file, X509Certificate... certificates) throws Exception {
        return java.nio.file.Files.writeString(file, PemFile.encode(List.of(certificates)));
    }

    static void pkcs12(Path file, String alias, Path passwordFile, Holder holder) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] password = SecretFile.text(passwordFile).toCharArray();
        store.setKeyEntry(alias, holder.keys.getPrivate(), password, holder.chain.toArray(Certificate[]::new));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, password);
        SecretFile.write(file, bytes.toByteArray());
    }

    private X509Certificate sign(KeyPair issuer, X500Name issuerName, KeyPair keys, String subject, @Nullable KeyPurposeId purpose, boolean authority) throws Exception {
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(issuerName, new BigInteger(120, random).setBit(120), Date.from(now.minusSeconds(300)),
            Date.from(now.plusSeconds(86_400)), new X500Name(subject), keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature));
        builder.addExtension(Extension.subjectKeyIdentifier, false, new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
        builder.addExtension(Extension.authorityKeyIdentifier, false, new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer.getPublic()));
        if (purpose != null) {
            builder.addExtension(Extension.extendedKeyUsage, purpose.equals(KeyPurposeId.id_kp_timeStamping), new ExtendedKeyUsage(purpose));
        }
        return new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
    }

    private static KeyPair newKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }
}
