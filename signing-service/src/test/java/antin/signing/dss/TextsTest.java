package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;

import antin.signing.pdf.PdfFinding;
import antin.signing.signature.ChainFault;
import antin.signing.signature.Objection;
import eu.europa.esig.dss.enumerations.SubIndication;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TextsTest {

    @Test
    void areThereInBothLanguages() throws IOException {
        assertThat(new TreeSet<>(texts("messages_en").stringPropertyNames())).isEqualTo(new TreeSet<>(texts("messages").stringPropertyNames()));
    }

    @Test
    void areThereForEveryReasonAndConclusionAndNoOther() throws IOException {
        Set<String> wanted = new TreeSet<>(List.of("conclusion.valid", "conclusion.invalid", "conclusion.indeterminate", "conclusion.none", "reason.other"));
        for (SubIndication reason : SubIndication.values()) {
            wanted.add("reason." + reason.name());
        }
        for (PdfFinding reason : PdfFinding.values()) {
            wanted.add("reason." + reason.name());
        }
        for (Objection objection : Objection.values()) {
            wanted.add("reason." + objection.name());
        }
        for (ChainFault fault : ChainFault.values()) {
            wanted.add("reason." + fault.name());
        }
        assertThat(new TreeSet<>(texts("messages").stringPropertyNames())).isEqualTo(wanted);
    }

    @Test
    void quoteNoApostropheThatTheFormatWouldSwallow() throws IOException {
        for (String bundle : List.of("messages", "messages_en")) {
            assertThat(texts(bundle).values()).noneMatch(text -> text.toString().contains("'"));
        }
    }

    private static Properties texts(String bundle) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src/main/resources/antin/signing/" + bundle + ".properties"))) {
            properties.load(reader);
        }
        return properties;
    }
}
