package antin.ca;

import static antin.ca.CertificateAuthorityContract.assertRefused;

import antin.kernel.Problem.Kind;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that only an attacker would write. */
class RequestRulesTest {

    @TempDir
    private static Path home;
    private static TestAuthority test;

    @BeforeAll
    static void start() throws Exception {
        test = TestAuthority.start(TestPostgres.source(TestPostgres.newDatabase()), home, Clock.systemUTC());
    }

    @AfterAll
    static void stop() throws Exception {
        test.close();
    }

    @Test
    void refusesAPointThatIsNotOnTheCurve() throws Exception {
        byte[] point = point(TestRequests.ec("secp256r1"));
        point[40] ^= 1;
        refuse(key(SECObjectIdentifiers.secp256r1, point));
    }

    @Test
    void refusesThePointAtInfinity() throws Exception {
        refuse(key(SECObjectIdentifiers.secp256r1, new byte[] {0}));
    }

    @Test
    void refusesACurveSpelledOut() throws Exception {
        refuse(key(SECNamedCurves.getByOID(SECObjectIdentifiers.secp256r1), point(TestRequests.ec("secp256r1"))));
    }

    @Test
    void refusesAKeyOfAnotherCurveThanItSays() throws Exception {
        refuse(key(SECObjectIdentifiers.secp384r1, point(TestRequests.ec("secp256r1"))));
    }

    @Test
    void refusesEveryPrefixOfAGoodRequest() throws Exception {
        CertificateRequest good = TestRequests.any();
        for (int length = 0; length < good.pkcs10().length; length += 3) {
            byte[] prefix = Arrays.copyOf(good.pkcs10(), length);
            assertRefused(Kind.MALFORMED_REQUEST, () -> test.authority().issue(TestRequests.withKey(good, prefix)));
        }
    }

    @Test
    void refusesEveryByteChangedInAGoodRequest() throws Exception {
        CertificateRequest good = TestRequests.any();
        for (int at = 0; at < good.pkcs10().length; at++) {
            byte[] changed = good.pkcs10().clone();
            changed[at] ^= 0x15;
            assertRefused(Kind.MALFORMED_REQUEST, () -> test.authority().issue(TestRequests.withKey(good, changed)));
        }
    }

    private static void refuse(SubjectPublicKeyInfo key) throws Exception {
        CertificationRequestInfo info = new CertificationRequestInfo(new X500Name("CN=x"), key, null);
        byte[] pkcs10 = new CertificationRequest(info, new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256), new DERBitString(new byte[70])).getEncoded();
        CertificateRequest request = TestRequests.any();
        assertRefused(Kind.MALFORMED_REQUEST, () -> test.authority().issue(TestRequests.withKey(request, pkcs10)));
    }

    private static SubjectPublicKeyInfo key(ASN1Encodable curve, byte[] point) {
        return SubjectPublicKeyInfo.getInstance(new DERSequence(new ASN1Encodable[] {
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), new DERBitString(point)}));
    }

    private static byte[] point(KeyPair key) {
        return SubjectPublicKeyInfo.getInstance(((ECPublicKey) key.getPublic()).getEncoded()).getPublicKeyData().getBytes();
    }
}
