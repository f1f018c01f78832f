package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import antin.acceptance.Antin.Person;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("journey")
@ExtendWith(UnderTest.class)
class CodeIsUsedOnceTest {

    private static final int CONNECTIONS = 50;

    @Test
    void aCodeUsedByFiftyConnectionsAtOnceIsAcceptedExactlyOnce(Antin antin, @TempDir Path folder) throws Exception {
        List<Person> people = antin.people();
        Person person = people.getLast();
        List<Browser> browsers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) { // so many passwords of a person are tried at once from a network that is not known yet
            List<Callable<Browser>> logins = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                Path own = Files.createDirectory(folder.resolve("browser-" + i));
                logins.add(() -> {
                    Browser browser = new Browser(antin, own);
                    browser.enterPassword(person);
                    return browser;
                });
            }
            for (Future<Browser> login : threads.invokeAll(logins)) {
                browsers.add(login.get());
            }
        }
        String code = antin.code(person);
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<Boolean>> entries = threads.invokeAll(browsers.stream().<Callable<Boolean>>map(browser -> () -> browser.enterCode(code)).toList());
            long accepted = 0;
            for (Future<Boolean> entry : entries) {
                accepted += entry.get() ? 1 : 0;
            }
            assertThat(accepted).isEqualTo(1);
        }
    }
}
