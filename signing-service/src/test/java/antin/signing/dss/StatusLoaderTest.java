package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.signing.TestPki;
import eu.europa.esig.dss.spi.exception.DSSExternalResourceException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusLoaderTest {

    private static final TestPki PKI = new TestPki();
    private final StatusLoader loader = new StatusLoader(List.of(PKI.url() + "/"));

    @AfterAll
    static void stop() {
        PKI.close();
    }

    @Test
    void fetchesWhatIsBelowItsAddress() {
        assertThat(loader.get(PKI.url() + "/ca/root.cer")).isNotEmpty();
        assertThat(loader.failures()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.org/a.crl", "file:///etc/passwd", "ldap://localhost/", "PKI.evil.example/", "PKI/../x", "http://localhost@evil.example/", "not an address", ""})
    void asksNobodyElse(String address) {
        assertThatThrownBy(() -> loader.get(address.replace("PKI", PKI.url()))).isInstanceOf(DSSExternalResourceException.class);
        assertThat(loader.failures()).as("refused, not failed").isZero();
    }

    @Test
    void countsWhoDoesNotAnswer() {
        assertThatThrownBy(() -> loader.get(PKI.url() + "/nothing")).isInstanceOf(DSSExternalResourceException.class);
        assertThat(loader.failures()).isOne();
    }
}
