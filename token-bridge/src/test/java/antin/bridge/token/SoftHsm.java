package antin.bridge.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.PKCS11Module;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Slot;

/** SoftHSM with tokens of a test's own, made and filled by its own program; and, before it, a card that counts and locks. */
public final class SoftHsm {

    public static final Path LIBRARY = List.of(Path.of("/usr/lib/softhsm/libsofthsm2.so"), Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
        Path.of("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so")).stream().filter(Files::exists).findFirst().orElse(Path.of("/usr/lib/softhsm/libsofthsm2.so"));
    public static final String PIN = "27182818";
    public static final int SIGNING = KeyUsage.nonRepudiation;
    public static final int LOGIN = KeyUsage.digitalSignature;

    private static final AtomicInteger MADE = new AtomicInteger();

    public final Path folder;
    private final String label = "An " + ProcessHandle.current().pid() + "-" + MADE.incrementAndGet();
    private final Path configuration;
    private int keys;

    /** A folder without other tokens. The library reads the variable's file each time it starts, and so does its program. */
    public SoftHsm(Path folder) throws Exception {
        if (!Files.exists(LIBRARY)) {
            System.err.println("SKIPPED: SoftHSM is not here, and so tokens are NOT TESTED. Run: apt-get install softhsm2");
        }
        assumeTrue(Files.exists(LIBRARY), "softhsm2 is not installed");
        this.folder = folder;
        this.configuration = Path.of(System.getenv("SOFTHSM2_CONF"));
        Path tokens = Files.createDirectories(folder.resolve("tokens"));
        Files.createDirectories(configuration.toAbsolutePath().getParent());
        Files.writeString(configuration, "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        run("softhsm2-util", "--init-token", "--free", "--label", label, "--so-pin", "31415926", "--pin", PIN);
    }

    public String label() {
        return label;
    }

    public X509Certificate rsa(String name, int use, KeyPurposeId... purposes) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return put(generator.generateKeyPair(), "SHA256withRSA", name, use, purposes);
    }

    public X509Certificate ec(String curve, String name, int use, KeyPurposeId... purposes) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return put(generator.generateKeyPair(), "SHA256withECDSA", name, use, purposes);
    }

    /** A certificate for a request, as an authority would issue it. */
    public X509Certificate issue(PKCS10CertificationRequest request) throws Exception {
        KeyPair authority = curveKey();
        return certificate(new KeyPair(new JcaPKCS10CertificationRequest(request).getPublicKey(), authority.getPrivate()), "SHA256withECDSA", "An", SIGNING);
    }

    /** A certificate whose key is on no token. */
    public X509Certificate stranger() throws Exception {
        return certificate(curveKey(), "SHA256withECDSA", "An", SIGNING);
    }

    /** Puts a certificate there whose key is elsewhere. */
    public X509Certificate withoutKey(String name) throws Exception {
        X509Certificate certificate = certificate(curveKey(), "SHA256withECDSA", name, SIGNING);
        write(certificate, (byte) 99);
        return certificate;
    }

    private static KeyPair curveKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    /** Compiles the card that stands before SoftHSM; its files lie in {@link #folder}. */
    public Path card() throws Exception {
        boolean compiler = System.getenv("PATH") != null && List.of(System.getenv("PATH").split(":")).stream().anyMatch(folder -> Files.exists(Path.of(folder, "gcc")));
        if (!compiler) {
            System.err.println("SKIPPED: no C compiler is here, and so locked and removed tokens are NOT TESTED. Run: apt-get install gcc libc6-dev");
        }
        assumeTrue(compiler, "gcc is not installed");
        Path card = folder.resolve("card.so");
        run("gcc", "-shared", "-fPIC", "-o", card.toString(), "-DSTATE=\"" + folder + "\"", "-DBACKEND=\"" + LIBRARY + "\"", "src/test/c/card.c", "-ldl");
        return card;
    }

    /** The card's file; 0 where it has not written it. */
    public int number(String file) throws IOException {
        return Files.exists(folder.resolve(file)) ? Integer.parseInt(Files.readString(folder.resolve(file)).strip()) : 0;
    }

    private X509Certificate put(KeyPair pair, String algorithm, String name, int use, KeyPurposeId... purposes) throws Exception {
        X509Certificate certificate = certificate(pair, algorithm, name, use, purposes);
        Path key = Files.writeString(folder.resolve("key.pem"),
            "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair.getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----\n");
        byte id = (byte) ++keys;
        run("softhsm2-util", "--import", key.toString(), "--token", label, "--label", name, "--id", String.format("%02x", id), "--pin", PIN);
        Files.delete(key);
        write(certificate, id);
        return certificate;
    }

    private static X509Certificate certificate(KeyPair pair, String algorithm, String name, int use, KeyPurposeId... purposes) throws Exception {
        X500Name subject = new X500Name("CN=" + name + ",O=Sở Nội vụ,C=VN");
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(new X500Name("CN=CA thử nghiệm"), BigInteger.valueOf(System.nanoTime()), Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(Duration.ofDays(365))), subject, pair.getPublic());
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(use));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        if (purposes.length > 0) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
        }
        return new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(pair.getPrivate())));
    }

    private void write(X509Certificate certificate, byte id) throws Exception {
        PKCS11Module module = PKCS11Module.getInstance(LIBRARY.toString());
        module.initialize();
        try {
            Session session = slot(module).getToken().openSession(true);
            session.login(PKCS11Constants.CKU_USER, PIN.toCharArray());
            session.createObject(AttributeVector.newX509Certificate().token(true).private_(false).id(new byte[] {id}).subject(certificate.getSubjectX500Principal().getEncoded())
                .value(certificate.getEncoded()));
            session.closeSession();
        } finally {
            module.finalize(null);
        }
    }

    private Slot slot(PKCS11Module module) throws PKCS11Exception {
        for (Slot slot : module.getSlotList(true)) {
            if (slot.getToken().getTokenInfo().getLabel().strip().equals(label)) {
                return slot;
            }
        }
        throw new IllegalStateException("The token " + label + " is not there");
    }

    private void run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SOFTHSM2_CONF", configuration.toString());
        Process process = builder.start();
        String words = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(words).isZero();
    }
}
