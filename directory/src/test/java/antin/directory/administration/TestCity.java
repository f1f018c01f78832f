package antin.directory.administration;

import antin.directory.Levels;
import antin.directory.PersonEntry;
import antin.directory.Register;
import antin.directory.Role;
import antin.directory.UnitEntry;
import antin.directory.index.DirectoryIndex;
import antin.directory.ldap.LdapDirectory;
import antin.directory.opendj.TestDirectory;
import antin.directory.password.PasswordPolicy;
import antin.directory.rights.Actor;
import antin.kernel.audit.AuditLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The administration of a real OpenDJ of its own with the sample city in it, and what tests want to make there. */
public final class TestCity implements AutoCloseable {

    private static final AtomicInteger LAST = new AtomicInteger(500_000);

    public final TestDirectory server;
    public final LdapDirectory directory;
    public final Register register;
    public final DirectoryIndex index;
    public final AuditLog audit;
    public final Administration administration;
    private final Path log;

    private static @Nullable TestCity shared;

    /** The one that this JVM's tests share, each with people and units of its own. */
    public static synchronized TestCity shared() {
        TestCity city = shared;
        if (city == null) {
            city = new TestCity();
            shared = city;
        }
        return city;
    }

    public TestCity() {
        try {
            server = TestDirectory.start();
            directory = LdapDirectory.connect(server.settings(), server.backbone());
            register = directory.register();
            index = new DirectoryIndex(register, Clock.systemUTC());
            index.read();
            log = Files.createTempDirectory("antin-audit-");
            audit = AuditLog.open(log, "test", Clock.systemUTC());
            administration = new Administration(register, index, Levels.THREE, PasswordPolicy.LEVEL_3, TestDirectory.MAIL_DOMAIN, audit, Clock.systemUTC());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sample person whose address starts so. */
    public Actor actor(String local) {
        return administration.actor(server.person(local).number());
    }

    /** The city's administrator of the sample. */
    public Actor city() {
        return actor("cuong.le");
    }

    /** A new person by the city's administrator. */
    public PersonEntry hire(String unit, Role... roles) {
        return administration.people().create(city(), somebody(unit, roles));
    }

    public static PersonEntry somebody(String unit, Role... roles) {
        String number = Integer.toString(LAST.incrementAndGet());
        return new PersonEntry(number, "Nguyễn Văn Thử", "Nguyễn", "Thử", "thu.nguyen" + number + "@city.example", List.of(), unit, "Chuyên viên", "", "", Set.of(roles), true, "vi", List.of(),
            List.of(), 0);
    }

    /** A new unit by the city's administrator. */
    public UnitEntry found(String id, String level, String parent) {
        return administration.units().create(city(), unit(id, level, parent));
    }

    public static UnitEntry unit(String id, String level, @Nullable String parent) {
        return new UnitEntry(id, "Đơn vị " + id, level, parent, "department", Optional.empty(), "", "", "", "", "", Optional.empty(), true, List.of(), 0);
    }

    /** The same person with a session that began before: rights are asked anew. */
    public Actor as(PersonEntry person) {
        return administration.actor(person.number());
    }

    /** What was audited, a line an event. */
    public List<String> audited() {
        try {
            return Files.readAllLines(log.resolve("test.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            directory.close();
            audit.close();
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
