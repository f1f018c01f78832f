package antin.directory.opendj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SetupArgumentsTest {

    private static final String ALL = "--state /s --ldap-port 10389 --ldaps-port 10636 --admin-port 10444 --base dc=city,dc=example "
        + "--mail-domain city.example --manager-password-file /s/m --keystore /s/k --keystore-password-file /s/kp --client-trust /s/t";

    @Test
    void readsPairs() {
        SetupArguments arguments = parse(ALL + " --sample /s/sample");
        assertThat(arguments).isEqualTo(new SetupArguments(Path.of("/s"), Path.of("/bundled.zip"), 10389, 10636, 10444, "dc=city,dc=example",
            "city.example", Path.of("/s/m"), Path.of("/s/k"), Path.of("/s/kp"), Path.of("/s/t"), List.of("127.0.0.1"),
            Optional.of(Path.of("/s/sample"))));
    }

    @Test
    void takesAnotherArchiveAndNoSample() {
        SetupArguments arguments = parse(ALL + " --opendj /other.zip --sample none");
        assertThat(arguments.opendj()).isEqualTo(Path.of("/other.zip"));
        assertThat(arguments.sample()).isEmpty();
    }

    @Test
    void listensWhereItIsTold() {
        assertThat(parse(ALL + " --listen 127.0.0.1,10.1.2.3").listen()).containsExactly("127.0.0.1", "10.1.2.3");
        assertRefused(ALL + " --listen 10.1.2.3,", "--listen");
        assertRefused(ALL + " --listen ldap.city.example\nds-cfg-enabled:", "--listen");
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        assertRefused(ALL + " --unknown x", "--unknown");
        assertRefused(ALL + " --sample", "--sample");
        assertRefused(ALL.replace("--base dc=city,dc=example", ""), "--base");
        assertRefused(ALL.replace("dc=city,dc=example", "o=x\n"), "--base");
        assertRefused(ALL.replace("10389", "0"), "--ldap-port");
        assertRefused(ALL.replace("city.example", "city"), "--mail-domain");
    }

    private static void assertRefused(String text, String named) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(Problem.class).hasMessageContaining(named);
    }

    private static SetupArguments parse(String text) {
        return SetupArguments.parse(text.split(" +"), Path.of("/bundled.zip"));
    }
}
