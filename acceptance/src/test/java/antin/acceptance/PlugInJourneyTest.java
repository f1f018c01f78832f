package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sample module does what its page promises, by the very command that the page names. */
@Tag("journey")
@ExtendWith(UnderTest.class)
class PlugInJourneyTest {

    private static final Pattern COMMAND = Pattern.compile("(?m)^(mvn [^\\n]*docs/plug-in/sample[^\\n]*)$");

    @Test
    void getsATokenSealsValidatesAndSends(Antin antin) throws Exception {
        Path sources = Path.of(System.getProperty("antin.command", "../antin")).toRealPath().resolveSibling("");
        Matcher command = COMMAND.matcher(Files.readString(sources.resolve("docs/plug-in/README.md")));
        assertThat(command.find()).as("the page names the command").isTrue();
        Assumptions.assumeTrue(Tool.run("sh", "-c", "command -v mvn").exit() == 0, "Maven is not installed");

        Tool.Result result = Tool.run(Map.of("ANTIN_HOME", antin.home().toString(), "ANTIN_PORT_OFFSET", Integer.toString(antin.offset()), "ANTIN_BUILD", "off"),
            "", "sh", "-c", "cd '" + sources + "' && " + command.group(1));

        assertThat(result.succeeds().output()).contains("valid").doesNotContain("Exception");
    }
}
