package antin.ca.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.ca.RevocationReason;
import antin.ca.status.OcspAnswer.Status;
import antin.ca.status.SmallAuthority.Holder;
import antin.kernel.Problem;
import antin.kernel.SecretFile;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OcspResponderTest {

    private static final AlgorithmIdentifier SHA_256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);

    @TempDir
    private Path folder;

    private SmallAuthority authority;
    private OcspResponder responder;
    private Holder leaf;

    @BeforeEach
    void issue() throws Exception {
        authority = new SmallAuthority();
        leaf = authority.issue(authority.issuing, "CN=Someone", null, false);
        responder = new OcspResponder(Map.of("root", authority.ocspRoot::delegated, "issuing", authority.ocspIssuing::delegated), authority, Clock.systemUTC());
    }

    @Test
    void saysGoodOfWhatWasIssuedAndUnknownOfWhatWasNot() throws Exception {
        BasicOCSPResp answer = successful(request(id(authority.issuing, leaf.certificate().getSerialNumber()), id(authority.issuing, BigInteger.TEN)));
        assertThat(answer.getResponses()[0].getCertStatus()).isSameAs(CertificateStatus.GOOD);
        assertThat(answer.getResponses()[1].getCertStatus()).isInstanceOf(UnknownStatus.class);
    }

    @Test
    void saysSinceWhenAndWhyACertificateIsRevoked() throws Exception {
        Instant time = Instant.now().minusSeconds(100).truncatedTo(ChronoUnit.SECONDS);
        authority.revoke(leaf.certificate(), RevocationReason.KEY_COMPROMISE, time);
        RevokedStatus revoked = (RevokedStatus) one(leaf).getCertStatus();
        assertThat(revoked.getRevocationTime().toInstant()).isEqualTo(time);
        assertThat(revoked.getRevocationReason()).isEqualTo(1);
        authority.revoke(leaf.certificate(), RevocationReason.UNSPECIFIED, time);
        assertThat(((RevokedStatus) one(leaf).getCertStatus()).hasRevocationReason()).isFalse();
    }

    @Test
    void knowsIssuersBySha1AndBySha256() throws Exception {
        for (AlgorithmIdentifier digest : List.of(CertificateID.HASH_SHA1, SHA_256)) {
            CertificateID id = new CertificateID(new BcDigestCalculatorProvider().get(digest), DelegatedKey.holder(authority.issuing.certificate()),
                leaf.certificate().getSerialNumber());
            SingleResp single = successful(request(id)).getResponses()[0];
            assertThat(single.getCertStatus()).isSameAs(CertificateStatus.GOOD);
            assertThat(single.getCertID()).as("as it was asked").isEqualTo(id);
        }
    }

    @Test
    void signsWithTheKeyThatTheCertificatesOwnIssuerDelegated() throws Exception {
        assertSigner(successful(request(id(authority.issuing, leaf.certificate().getSerialNumber()))), authority.ocspIssuing.certificate());
        assertSigner(successful(request(id(authority.root, authority.issuing.certificate().getSerialNumber()))), authority.ocspRoot.certificate());
    }

    @Test
    void signsWithARenewedKeyFromThenOn() throws Exception {
        AtomicReference<Holder> current = new AtomicReference<>(authority.ocspIssuing);
        responder = new OcspResponder(Map.of("issuing", () -> current.get().delegated()), authority, Clock.systemUTC());
        Holder renewed = authority.issue(authority.issuing, "CN=Renewed OCSP of issuing", KeyPurposeId.id_kp_OCSPSigning, false);
        CertificateID id = id(authority.issuing, leaf.certificate().getSerialNumber());
        assertSigner(successful(request(id)), authority.ocspIssuing.certificate());
        current.set(renewed);
        assertSigner(successful(request(id)), renewed.certificate());
    }

    @Test
    void saysUnknownOfAnotherAuthoritysCertificateInTheSameRequest() throws Exception {
        BasicOCSPResp answer = successful(request(id(authority.issuing, leaf.certificate().getSerialNumber()),
            id(authority.root, authority.issuing.certificate().getSerialNumber())));
        assertThat(answer.getResponses()[0].getCertStatus()).isSameAs(CertificateStatus.GOOD);
        assertThat(answer.getResponses()[1].getCertStatus()).isInstanceOf(UnknownStatus.class);
    }

    @Test
    void isNotAuthorizedForAStrangersCertificates() throws Exception {
        SmallAuthority stranger = new SmallAuthority();
        OcspAnswer answer = responder.answer(request(id(stranger.issuing, leaf.certificate().getSerialNumber())));
        assertThat(answer.status()).isEqualTo(Status.UNAUTHORIZED);
        assertThat(new OCSPResp(answer.der()).getStatus()).isEqualTo(OCSPResp.UNAUTHORIZED);
    }

    /** RFC 8954, 2.1. */
    @Test
    void echoesANonceOfOneToThirtyTwoOctetsAndRefusesOthers() throws Exception {
        for (int octets : new int[] {1, 16, 32}) {
            byte[] nonce = new byte[octets];
            new SecureRandom().nextBytes(nonce);
            OcspAnswer answer = responder.answer(withNonce(nonce));
            assertThat(answer.reusable()).isFalse();
            Extension echoed = ((BasicOCSPResp) new OCSPResp(answer.der()).getResponseObject()).getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
            assertThat(echoed.getParsedValue()).isEqualTo(new DEROctetString(nonce));
        }
        assertThat(responder.answer(withNonce(new byte[0])).status()).isEqualTo(Status.MALFORMED_REQUEST);
        assertThat(responder.answer(withNonce(new byte[33])).status()).isEqualTo(Status.MALFORMED_REQUEST);
        assertThat(responder.answer(request(id(authority.issuing, BigInteger.TEN))).reusable()).isTrue();
    }

    @Test
    void saysHowOldItsKnowledgeIsAndHowLongItsAnswerMayBeUsed() throws Exception {
        authority.known = Instant.now().minusSeconds(500).truncatedTo(ChronoUnit.SECONDS);
        SingleResp single = one(leaf);
        assertThat(single.getThisUpdate().toInstant()).isEqualTo(authority.known);
        assertThat(single.getNextUpdate().toInstant()).isBetween(Instant.now().plusSeconds(590), Instant.now().plusSeconds(601));
        assertThat(single.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_archive_cutoff)).isNotNull();
        authority.known = Instant.now().plusSeconds(500);
        assertThat(one(leaf).getThisUpdate()).as("never in the future").isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void refusesMoreCertificatesThanAnybodyNeeds() throws Exception {
        List<CertificateID> ids = new ArrayList<>();
        for (int i = 0; i < OcspQuestion.MOST_CERTIFICATES; i++) {
            ids.add(id(authority.issuing, BigInteger.valueOf(i + 1)));
        }
        assertThat(responder.answer(request(ids.toArray(CertificateID[]::new))).status()).isEqualTo(Status.SUCCESSFUL);
        ids.add(id(authority.issuing, BigInteger.TWO));
        assertThat(responder.answer(request(ids.toArray(CertificateID[]::new))).status()).isEqualTo(Status.MALFORMED_REQUEST);
    }

    @Test
    void answersWhateverComesIn() throws Exception {
        byte[] good = request(id(authority.issuing, leaf.certificate().getSerialNumber()));
        HostileOctets.all(good).forEach((what, octets) -> {
            OcspAnswer answer = responder.answer(octets);
            assertThat(answer.status()).as(what).isEqualTo(Status.MALFORMED_REQUEST);
            assertThat(answer.der()).as(what).containsExactly(0x30, 3, 0x0a, 1, 1);
        });
        for (int i = 0; i < good.length; i++) {
            byte[] changed = good.clone();
            changed[i] ^= 0x41;
            assertThat(responder.answer(changed).der()).isNotEmpty();
        }
        assertThat(responder.answer(good).status()).isEqualTo(Status.SUCCESSFUL);
    }

    @Test
    void readsOnlyAKeyThatIsForThisUse() throws Exception {
        Path password = folder.resolve("status-keys.password");
        SecretFile.createRandom(password, 32, new SecureRandom());
        SmallAuthority.pkcs12(folder.resolve("ocsp-issuing.p12"), "ocsp-issuing", password, authority.ocspIssuing);
        SmallAuthority.pkcs12(folder.resolve("tsa.p12"), "tsa", password, authority.tsa);
        DelegatedKey key = DelegatedKey.read(folder, "ocsp-issuing", password, DelegatedKey.OCSP_SIGNING);
        assertThat(key.chain()).containsExactly(authority.ocspIssuing.certificate(), authority.issuing.certificate(), authority.root.certificate());
        assertThatThrownBy(() -> DelegatedKey.read(folder, "tsa", password, DelegatedKey.OCSP_SIGNING)).isInstanceOf(Problem.class).hasMessageContaining("tsa.p12");
        assertThatThrownBy(() -> DelegatedKey.read(folder, "none", password, DelegatedKey.OCSP_SIGNING)).isInstanceOf(Problem.class).hasMessageContaining("missing");
    }

    @Test
    void satisfiesOpenssl() throws Exception {
        Openssl openssl = Openssl.in(folder);
        SmallAuthority.pem(folder.resolve("root.pem"), authority.root.certificate());
        SmallAuthority.pem(folder.resolve("issuing.pem"), authority.issuing.certificate());
        SmallAuthority.pem(folder.resolve("leaf.pem"), leaf.certificate());
        for (String digest : List.of("-sha1", "-sha256")) {
            openssl.says("ocsp", digest, "-issuer", "issuing.pem", "-cert", "leaf.pem", "-serial", "0x77", "-no_nonce", "-reqout", "request.der");
            Files.write(folder.resolve("answer.der"), responder.answer(Files.readAllBytes(folder.resolve("request.der"))).der());
            String said = openssl.says("ocsp", digest, "-respin", "answer.der", "-issuer", "issuing.pem", "-cert", "leaf.pem", "-serial", "0x77", "-no_nonce", "-CAfile", "root.pem",
                "-verify_other", "issuing.pem");
            assertThat(said).contains("Response verify OK", "leaf.pem: good", "0x77: unknown").doesNotContain("rror", "WARNING");
        }
    }

    private void assertSigner(BasicOCSPResp answer, X509Certificate signer) throws Exception {
        assertThat(answer.getCerts()).containsExactly(DelegatedKey.holder(signer));
        assertThat(answer.isSignatureValid(new JcaContentVerifierProviderBuilder().build(signer))).isTrue();
        assertThat(answer.getResponderId().toASN1Primitive().getKeyHash()).as("by key").isNotNull();
    }

    private SingleResp one(Holder holder) throws Exception {
        return successful(request(id(authority.issuing, holder.certificate().getSerialNumber()))).getResponses()[0];
    }

    private BasicOCSPResp successful(byte[] request) throws Exception {
        OcspAnswer answer = responder.answer(request);
        assertThat(answer.status()).isEqualTo(Status.SUCCESSFUL);
        return (BasicOCSPResp) new OCSPResp(answer.der()).getResponseObject();
    }

    private static CertificateID id(Holder issuer, BigInteger serial) throws Exception {
        return new CertificateID(new BcDigestCalculatorProvider().get(CertificateID.HASH_SHA1), DelegatedKey.holder(issuer.certificate()), serial);
    }

    private static byte[] request(CertificateID... ids) throws Exception {
        OCSPReqBuilder builder = new OCSPReqBuilder();
        for (CertificateID id : ids) {
            builder.addRequest(id);
        }
        return builder.build().getEncoded();
    }

    private byte[] withNonce(byte[] nonce) throws Exception {
        ASN1ObjectIdentifier oid = OCSPObjectIdentifiers.id_pkix_ocsp_nonce;
        return new OCSPReqBuilder().addRequest(id(authority.issuing, BigInteger.TEN))
            .setRequestExtensions(new Extensions(new Extension(oid, false, new DEROctetString(nonce).getEncoded()))).build().getEncoded();
    }
}
