package antin.bridge.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.bridge.message.Refused;
import antin.bridge.token.SignatureAlgorithm.Scheme;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With SoftHSM itself; what it signs is verified by the JDK's own engines over the whole text. */
class Pkcs11TokensTest {

    private static final byte[] TEXT = "Tờ trình số 12".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;
    private SoftHsm hsm;
    private @Nullable Pkcs11Tokens tokens;

    @BeforeEach
    void makeToken() throws Exception {
        hsm = new SoftHsm(folder);
    }

    @AfterEach
    void free() {
        if (tokens != null) {
            tokens.close();
            tokens = null;
        }
    }

    @Test
    void listsTokensAndCertificatesWithoutAPin() throws Exception {
        X509Certificate signing = hsm.rsa("An ký", SoftHsm.SIGNING);
        X509Certificate login = hsm.ec("secp256r1", "An đăng nhập", SoftHsm.LOGIN, KeyPurposeId.id_kp_clientAuth);
        Token token = token();
        assertThat(token.state()).satisfies(state -> {
            assertThat(state.label()).isEqualTo(hsm.label());
            assertThat(state.pinSet()).isTrue();
            assertThat(state.locked() || state.pinPad() || state.readOnly()).isFalse();
            assertThat(state.shortestPin()).isEqualTo(4);
        });
        assertThat(token.certificates()).extracting(TokenCertificate::certificate).containsExactlyInAnyOrder(signing, login);
        assertThat(of(signing)).matches(TokenCertificate::canSign).matches(certificate -> !certificate.canAuthenticate());
        assertThat(of(login)).matches(TokenCertificate::canAuthenticate).matches(certificate -> !certificate.canSign());
    }

    @Test
    void offersPssBeforePkcs1AndSignsWithBoth() throws Exception {
        TokenCertificate certificate = of(hsm.rsa("An", SoftHsm.SIGNING));
        List<SignatureAlgorithm> algorithms = certificate.token().algorithms(certificate);
        assertThat(algorithms.getFirst().scheme()).isEqualTo(Scheme.PSS);
        assertThat(algorithms).contains(new SignatureAlgorithm(Scheme.PSS, HashFunction.SHA_256), new SignatureAlgorithm(Scheme.PKCS1, HashFunction.SHA3_512));
        try (Pin pin = Pin.of(SoftHsm.PIN.toCharArray()); Login login = certificate.token().login(pin)) {
            for (SignatureAlgorithm algorithm : algorithms) {
                byte[] value = login.sign(certificate, algorithm, algorithm.hash().digest(TEXT));
                assertThat(verifies(certificate.certificate().getPublicKey(), algorithm, value)).as(algorithm.toString()).isTrue();
            }
        }
    }

    @Test
    void signsOnCurvesWithRAndSSideBySide() throws Exception {
        for (String curve : List.of("secp256r1", "secp384r1")) {
            TokenCertificate certificate = of(hsm.ec(curve, curve, SoftHsm.SIGNING));
            int order = curve.equals("secp256r1") ? 32 : 48;
            try (Pin pin = Pin.of(SoftHsm.PIN.toCharArray()); Login login = certificate.token().login(pin)) {
                for (SignatureAlgorithm algorithm : certificate.token().algorithms(certificate)) {
                    byte[] value = login.sign(certificate, algorithm, algorithm.hash().digest(TEXT));
                    assertThat(value).hasSize(2 * order);
                    assertThat(verifies(certificate.certificate().getPublicKey(), algorithm, value)).as(curve + " " + algorithm).isTrue();
                }
            }
            free();
        }
    }

    @Test
    void refusesAWrongPinAndSaysWhatIsLeft() throws Exception {
        hsm.rsa("An", SoftHsm.SIGNING);
        Token token = only(load(hsm.card()));
        assertThatThrownBy(() -> token.login(Pin.of("11112222".toCharArray()))).isInstanceOf(WrongPin.class);
        assertThat(hsm.number("tries")).isOne();
        assertThat(token.state().fewTries()).isTrue();
        assertThatThrownBy(() -> token.login(Pin.of("11112222".toCharArray()))).isInstanceOf(WrongPin.class);
        assertThat(token.state().lastTry()).isTrue();
        assertThatThrownBy(() -> token.login(Pin.of("11112222".toCharArray()))).isInstanceOf(WrongPin.class);
        assertThat(token.state().locked()).isTrue();
        assertThatThrownBy(() -> token.login(Pin.of(SoftHsm.PIN.toCharArray()))).isInstanceOf(Refused.class).hasMessage("pin-locked");
    }

    @Test
    void letsTheReaderAskForThePin() throws Exception {
        X509Certificate mine = hsm.rsa("An", SoftHsm.SIGNING);
        Token token = only(load(hsm.card()));
        Files.writeString(folder.resolve("pad"), SoftHsm.PIN);
        assertThat(token.state().pinPad()).isTrue();
        try (Pin pin = Pin.atReader(); Login login = token.login(pin)) {
            SignatureAlgorithm algorithm = new SignatureAlgorithm(Scheme.PSS, HashFunction.SHA_256);
            assertThat(verifies(mine.getPublicKey(), algorithm, login.sign(of(mine), algorithm, HashFunction.SHA_256.digest(TEXT)))).isTrue();
        }
        assertThat(Files.readString(folder.resolve("logins")).strip()).isEqualTo("0");
    }

    @Test
    void neverMakesAnEmptyPin() {
        assertThatThrownBy(() -> Pin.of(new char[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void wipesAPin() {
        char[] characters = "123456".toCharArray();
        Pin.of(characters).close();
        assertThat(characters).containsOnly('\0');
    }

    @Test
    void changesThePin() throws Exception {
        Token token = token();
        assertThatThrownBy(() -> token.changePin(Pin.of("00000000".toCharArray()), Pin.of("87654321".toCharArray()))).isInstanceOf(WrongPin.class);
        token.changePin(Pin.of(SoftHsm.PIN.toCharArray()), Pin.of("87654321".toCharArray()));
        assertThatThrownBy(() -> token.login(Pin.of(SoftHsm.PIN.toCharArray()))).isInstanceOf(WrongPin.class);
        token.login(Pin.of("87654321".toCharArray())).close();
    }

    @Test
    void endsTheLoginWithTheAct() throws Exception {
        X509Certificate mine = hsm.rsa("An", SoftHsm.SIGNING);
        Token token = token();
        token.login(Pin.of(SoftHsm.PIN.toCharArray())).close();
        // were it still on, a wrong PIN would not be noticed
        assertThatThrownBy(() -> token.login(Pin.of("11112222".toCharArray()))).isInstanceOf(WrongPin.class);
        assertThat(of(mine).token().certificates()).hasSize(1);
    }

    @Test
    void refusesWhereTheKeyIsNotThere() throws Exception {
        TokenCertificate certificate = of(hsm.withoutKey("An"));
        try (Login login = certificate.token().login(Pin.of(SoftHsm.PIN.toCharArray()))) {
            assertThatThrownBy(() -> login.sign(certificate, new SignatureAlgorithm(Scheme.ECDSA, HashFunction.SHA_256), new byte[32])).isInstanceOf(Refused.class).hasMessage("key-not-found");
        }
    }

    @Test
    void loadsNothingThatIsNotALibrary() throws Exception {
        Path text = Files.writeString(folder.resolve("text.so"), "not a library");
        assertThatThrownBy(() -> Pkcs11Tokens.load(List.of(text, folder.resolve("absent.so")))).isInstanceOf(Refused.class).hasMessage("no-module");
        only(load(text, SoftHsm.LIBRARY));
    }

    @Test
    void showsATokenOnceThatTwoLibrariesShow() throws Exception {
        only(load(hsm.card(), SoftHsm.LIBRARY));
    }

    private Token token() {
        return only(load(SoftHsm.LIBRARY));
    }

    private Pkcs11Tokens load(Path... libraries) {
        Pkcs11Tokens loaded = Pkcs11Tokens.load(List.of(libraries));
        tokens = loaded;
        return loaded;
    }

    private static Token only(Pkcs11Tokens tokens) {
        assertThat(tokens.present()).hasSize(1);
        return tokens.present().getFirst();
    }

    private TokenCertificate of(X509Certificate certificate) {
        Pkcs11Tokens here = tokens == null ? load(SoftHsm.LIBRARY) : tokens;
        return only(here).certificates().stream().filter(candidate -> candidate.certificate().equals(certificate)).findFirst().orElseThrow();
    }

    static boolean verifies(PublicKey key, SignatureAlgorithm algorithm, byte[] value) throws Exception {
        String hash = algorithm.hash().word().startsWith("SHA3") ? algorithm.hash().word() : algorithm.hash().word().replace("-", "");
        Signature engine = switch (algorithm.scheme()) {
            case ECDSA -> Signature.getInstance(hash + "withECDSAinP1363Format");
            case PKCS1 -> Signature.getInstance(hash + "withRSA");
            case PSS -> Signature.getInstance("RSASSA-PSS");
        };
        if (algorithm.scheme() == Scheme.PSS) {
            engine.setParameter(new PSSParameterSpec(algorithm.hash().word(), "MGF1", new MGF1ParameterSpec(algorithm.hash().word()), algorithm.hash().bytes(), 1));
        }
        engine.initVerify(key);
        engine.update(TEXT);
        return engine.verify(value);
    }
}
