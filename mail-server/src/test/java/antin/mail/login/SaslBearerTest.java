package antin.mail.login;

import static org.assertj.core.api.Assertions.assertThat;

import antin.mail.login.Credentials.BearerToken;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaslBearerTest {

    private static final String A = "\u0001";

    @Test
    void readsTheExampleOfRfc7628() {
        assertThat(SaslBearer.oauthbearer("n,a=user@example.com,^host=server.example.com^port=143^auth=Bearer aa.bb.cc^^".replace("^", A)))
            .contains(new BearerToken(Optional.of("user@example.com"), "aa.bb.cc"));
    }

    @Test
    void readsWhatTheRfcLeavesOpen() {
        assertThat(SaslBearer.oauthbearer("n,,^auth=bearer  aa.bb.cc^^".replace("^", A))).contains(new BearerToken(Optional.empty(), "aa.bb.cc"));
        assertThat(SaslBearer.oauthbearer("y,a=x=2Cy=3Dz,^auth=Bearer aa.bb.cc^path=/^qs=^^".replace("^", A))).contains(new BearerToken(Optional.of("x,y=z"), "aa.bb.cc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "^", "^^", "n,a=u,", "n,a=u,^", "n,a=u,^^", "n,a=u,^^^", "n,a=u,^auth=Bearer aa.bb.cc", "n,a=u,^auth=Bearer aa.bb.cc^", "^auth=Bearer aa.bb.cc^^",
        "n,a=,^auth=Bearer aa.bb.cc^^", "a=u,^auth=Bearer aa.bb.cc^^", "p=tls-unique,a=u,^auth=Bearer aa.bb.cc^^", "n,a=u=,^auth=Bearer aa.bb.cc^^", "n,a=u,x,^auth=Bearer aa.bb.cc^^",
        "n,a=u,^auth=Bearer aa.bb.cc^auth=Bearer dd.ee.ff^^", "n,a=u,^auth=Basic aa.bb.cc^^", "n,a=u,^auth=aa.bb.cc^^", "n,a=u,^auth=Bearer aa.bb^^", "n,a=u,^auth=Bearer aa.bb.^^",
        "n,a=u,^auth=Bearer aa.bb.cc.dd.ee^^", "n,a=u,^auth=Bearer aa.bb.cc ^^", "n,a=u,^auth=Bearer aa.b\r\nb.cc^^", "n,a=u,^auth=Bearer ^^", "n,a=u,^Auth=Bearer aa.bb.cc^^",
        "n,a=u,^h st=x^auth=Bearer aa.bb.cc^^", "n,a=u,^=x^auth=Bearer aa.bb.cc^^", "n,a=u\n,^auth=Bearer aa.bb.cc^^", "user=u^auth=Bearer aa.bb.cc^^"})
    void refusesWhatIsNoOauthbearerMessage(String message) {
        assertThat(SaslBearer.oauthbearer(message.replace("^", A))).isEmpty();
    }

    @Test
    void readsXoauth2() {
        assertThat(SaslBearer.xoauth2("user=u@example.com^auth=Bearer aa.bb.cc^^".replace("^", A))).contains(new BearerToken(Optional.of("u@example.com"), "aa.bb.cc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "^^", "user=u^^", "user=^auth=Bearer aa.bb.cc^^", "user=u^auth=Bearer aa.bb.cc^", "user=u^auth=Bearer aa.bb.cc^^^", "auth=Bearer aa.bb.cc^user=u^^",
        "user=u^auth=Bearer aa.bb.cc^x=y^^", "user=u^auth=aa.bb.cc^^", "USER=u^auth=Bearer aa.bb.cc^^", "user=u\0v^auth=Bearer aa.bb.cc^^", "n,a=u,^auth=Bearer aa.bb.cc^^"})
    void refusesWhatIsNoXoauth2Message(String message) {
        assertThat(SaslBearer.xoauth2(message.replace("^", A))).isEmpty();
    }

    @Test
    void refusesEndlessTokensAndNames() {
        assertThat(SaslBearer.oauthbearer(("n,a=u,^auth=Bearer aa." + "b".repeat(8_193) + ".cc^^").replace("^", A))).isEmpty();
        assertThat(SaslBearer.oauthbearer(("n,a=" + "u".repeat(513) + ",^auth=Bearer aa.bb.cc^^").replace("^", A))).isEmpty();
        assertThat(SaslBearer.xoauth2(("user=" + "u".repeat(513) + "^auth=Bearer aa.bb.cc^^").replace("^", A))).isEmpty();
    }

    @Test
    void neverShowsTheToken() {
        assertThat(new BearerToken(Optional.of("an"), "aa.bb.cc").toString()).doesNotContain("bb");
    }
}
