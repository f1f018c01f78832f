package antin.directory.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.Refusal.Reason;
import antin.directory.transfer.Entry.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LdifSourceTest {

    private static final String UNIT = "dn: ou=so-x,ou=tp,ou=units,dc=city,dc=example\nobjectClass: organizationalUnit\nobjectClass: antinAgency\nou: so-x\ndisplayName: So X\nantinLevel: city\n";
    private static final String PERSON = "dn: uid=7,ou=people,dc=city,dc=example\nobjectClass: inetOrgPerson\nobjectClass: antinStaff\nuid: 7\ncn: An\nsn: An\nmail: an@city.example\nantinUnit: so-x\nantinStatus: active\n";

    @TempDir
    private Path folder;

    @Test
    void readsUnitsPeopleAndHeads() throws Exception {
        List<Entry> entries = read("version: 1\n\n# a comment\n" + UNIT + "antinHead: uid=7,ou=people,dc=city,dc=example\n\n" + PERSON + "\ndn: ou=so-x,ou=tp,ou=units,dc=city,dc=example\nchangetype: modify\nreplace: antinHead\n"
            + "antinHead: uid=8,ou=people,dc=city,dc=example\n-\n");
        assertThat(entries).extracting(Entry::kind).containsExactly(Kind.UNIT, Kind.HEAD, Kind.PERSON, Kind.HEAD);
        assertThat(entries).allMatch(entry -> entry.problems().isEmpty());
        assertThat(entries.getFirst().text("parent")).hasValue("tp");
        assertThat(entries.get(1).text("head")).hasValue("7");
        assertThat(entries.get(3).text("head")).hasValue("8");
        assertThat(entries).extracting(Entry::line).containsExactly(4, 4, 12, 22);
    }

    @Test
    void readsFoldedLinesAndBase64() throws Exception {
        String name = Base64.getEncoder().encodeToString("Nguyễn Thị Ấn".getBytes(StandardCharsets.UTF_8));
        Entry entry = read(PERSON.replace("cn: An", "cn:: " + name.substring(0, 8) + "\r\n " + name.substring(8)) + "antinMailAlternateAddress: a@city.example\nantinMailAlternateAddress: b@city.example\n").getFirst();
        assertThat(entry.problems()).isEmpty();
        assertThat(entry.text("name")).hasValue("Nguyễn Thị Ấn");
        assertThat(entry.list("further-mail").orElseThrow()).containsExactly("a@city.example", "b@city.example");
    }

    @Test
    void aUnitAtTheTopHasNoParent() throws Exception {
        assertThat(read(UNIT.replace("ou=tp,", "")).getFirst().text("parent")).hasValue("");
    }

    @ParameterizedTest
    @CsvSource({"userPassword: secret,UNKNOWN_WORD", "cn: Hai,MALFORMED", "jpegPhoto:< file:///etc/passwd,MALFORMED", "title:: %%%,MALFORMED", "nothing,MALFORMED", "uid: 8,MALFORMED", "changetype: delete,UNKNOWN_WORD"})
    void refusesWhatItDoesNotTake(String line, Reason reason) throws Exception {
        Entry entry = read(PERSON + line + '\n').getFirst();
        assertThat(entry.problems()).extracting(LineProblem::reason).contains(reason);
        assertThat(entry.problems()).extracting(LineProblem::line).contains(10);
    }

    @ParameterizedTest
    @CsvSource({"dn: cn=admin\\,dc=x", "'dn: uid=7,ou=services,dc=city,dc=example'", "x: y"})
    void refusesOtherEntries(String name) throws Exception {
        assertThat(read(PERSON.replace("dn: uid=7,ou=people,dc=city,dc=example", name) + '\n' + PERSON)).extracting(entry -> entry.problems().isEmpty()).containsExactly(false, true);
    }

    private List<Entry> read(String text) throws Exception {
        List<Entry> entries = new ArrayList<>();
        new LdifSource(Files.writeString(folder.resolve("x.ldif"), text)).read(entries::add);
        return entries;
    }
}
