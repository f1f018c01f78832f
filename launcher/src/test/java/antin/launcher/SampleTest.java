package antin.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.SecretFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleTest {

    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"; // RFC 6238, appendix B, in Base32

    private Sample sample;

    @BeforeEach
    void city(@TempDir Path home) throws Exception {
        SecretFile.write(home.resolve("sample/people.tsv"), "an.nguyen@city.example\tNguyễn Thị Ấn\tỦy ban\tSTAFF\tpass\t100001\n");
        SecretFile.write(home.resolve("sample/otp.tsv"), "an.nguyen@city.example\t" + SECRET + "\n");
        SecretFile.write(home.resolve("sample/app-passwords.tsv"), "an.nguyen@city.example\timap,pop,smtp,sieve\tabcd-efgh\n");
        sample = new Sample(new Installation(home, home, Path.of("java")));
    }

    @Test
    void printsFiveFieldsAPerson() {
        assertThat(sample.people()).containsExactly("an.nguyen@city.example\tNguyễn Thị Ấn\tỦy ban\tSTAFF\tpass");
    }

    @Test
    void knowsAPersonByAddressNameOrNumber() {
        assertThat(sample.appPassword("an.nguyen", "smtp")).isEqualTo("abcd-efgh");
        assertThat(sample.appPassword("100001", "imap")).isEqualTo("abcd-efgh");
        assertThatThrownBy(() -> sample.appPassword("an", "imap")).hasMessageContaining("Nobody in the sample city is called an");
        assertThatThrownBy(() -> sample.appPassword("100001", "address-book")).hasMessageContaining("address-book");
    }

    /** An independent reader: oathtool must print the same code. */
    @Test
    void printsTheCodeThatOathtoolPrints() throws Exception {
        String ours;
        String theirs;
        do { // both within one step
            ours = sample.code("an.nguyen");
            theirs = oathtool();
        } while (!ours.equals(sample.code("an.nguyen")));
        assertThat(ours).isEqualTo(theirs);
    }

    private static String oathtool() throws Exception {
        Process process;
        try {
            process = new ProcessBuilder("oathtool", "--totp", "--base32", SECRET).start();
        } catch (java.io.IOException e) {
            return Assumptions.abort("oathtool is not installed");
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    }
}
