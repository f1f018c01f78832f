package antin.ca.status;

import static org.assertj.core.api.Assertions.assertThat;

import antin.ca.RevocationReason;
import antin.ca.status.SmallAuthority.Holder;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignedAheadTest {

    private static final Instant START = Instant.now();

    private SmallAuthority authority;
    private Holder leaf;

    @BeforeEach
    void issue() throws Exception {
        authority = new SmallAuthority();
        leaf = authority.issue(authority.issuing, "CN=Someone", null, false);
    }

    @Test
    void givesWhoAsksTheSameTheSameAnswer() throws Exception {
        SignedAhead ahead = at(START, 10);
        assertThat(ahead.answer(request(leaf)).der()).isSameAs(ahead.answer(request(leaf)).der());
        assertThat(ahead.size()).isEqualTo(1);
    }

    @Test
    void givesNoAnswerThatARevocationMadeWrong() throws Exception {
        SignedAhead ahead = at(START, 10);
        assertThat(status(ahead.answer(request(leaf)))).isNull();
        authority.revoke(leaf.certificate(), RevocationReason.KEY_COMPROMISE, START);
        assertThat(status(ahead.answer(request(leaf)))).isInstanceOf(RevokedStatus.class);
    }

    @Test
    void remembersNothingOfSerialsThatWereNeverIssued() throws Exception {
        SignedAhead ahead = at(START, 10);
        for (int serial = 1; serial < 100; serial++) {
            assertThat(ahead.answer(request(BigInteger.valueOf(serial))).status()).isEqualTo(OcspAnswer.Status.SUCCESSFUL);
        }
        assertThat(ahead.size()).isZero();
    }

    @Test
    void holdsNoMoreThanItsBound() throws Exception {
        SignedAhead ahead = at(START, 3);
        for (int i = 0; i < 6; i++) {
            ahead.answer(request(authority.issue(authority.issuing, "CN=One", null, false)));
        }
        assertThat(ahead.size()).isEqualTo(3);
    }

    @Test
    void renewsInTimeWhatIsAskedForAndForgetsTheRest() throws Exception {
        Instant[] now = {START};
        Clock clock = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        };
        SignedAhead ahead = new SignedAhead(responder(clock), authority, clock, 10);
        byte[] first = ahead.answer(request(leaf)).der();
        now[0] = START.plus(SignedAhead.RENEWED_AFTER).plusSeconds(1);
        assertThat(ahead.answer(request(leaf)).der()).as("nobody waits").isSameAs(first);
        ahead.renew();
        byte[] second = ahead.answer(request(leaf)).der();
        assertThat(second).isNotEqualTo(first);
        now[0] = now[0].plus(SignedAhead.OLDEST).plusSeconds(1);
        assertThat(ahead.answer(request(leaf)).der()).as("too old where nobody renewed").isNotEqualTo(second);
        now[0] = now[0].plus(Duration.ofHours(1));
        ahead.renew();
        assertThat(ahead.size()).isZero();
    }

    private SignedAhead at(Instant now, int most) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        return new SignedAhead(responder(clock), authority, clock, most);
    }

    private OcspResponder responder(Clock clock) {
        return new OcspResponder(Map.of("issuing", authority.ocspIssuing::delegated), authority, clock);
    }

    private static Object status(OcspAnswer answer) throws Exception {
        return ((BasicOCSPResp) new OCSPResp(answer.der()).getResponseObject()).getResponses()[0].getCertStatus();
    }

    private byte[] request(Holder holder) throws Exception {
        return request(holder.certificate().getSerialNumber());
    }

    private byte[] request(BigInteger serial) throws Exception {
        return new OCSPReqBuilder().addRequest(new CertificateID(new BcDigestCalculatorProvider().get(CertificateID.HASH_SHA1),
            DelegatedKey.holder(authority.issuing.certificate()), serial)).build().getEncoded();
    }
}
