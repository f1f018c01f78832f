package antin.directory.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.directory.Group;
import antin.directory.PersonEntry;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import antin.directory.Register;
import antin.directory.Role;
import antin.directory.UnitEntry;
import antin.directory.opendj.TestDirectory;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writes when a server dies: two addresses of one OpenDJ stand for two servers with the same content. */
@Timeout(120)
class LdapFailoverTest {

    private static final AtomicInteger NEXT = new AtomicInteger(960_000);
    private static final TestDirectory SERVER = TestDirectory.start();

    @AfterAll
    static void stopIt() {
        SERVER.close();
    }

    @Test
    void writesGoOnWithTheSecondServerAndNoneThatWasAnsweredIsLost() throws Exception {
        try (Forwarder first = new Forwarder("127.0.0.1", SERVER.ldapsPort()); Forwarder second = new Forwarder("127.0.0.1", SERVER.ldapsPort());
             LdapDirectory directory = connect(first, second); ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Register register = directory.register();
            AtomicInteger done = new AtomicInteger();
            AtomicInteger failed = new AtomicInteger();
            List<Future<List<PersonEntry>>> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                writers.add(threads.submit(() -> write(register, done, failed)));
            }
            while (done.get() < 100) {
                Thread.sleep(1);
            }
            first.close();
            try (LdapDirectory witness = LdapDirectory.connect(SERVER.settings(), SERVER.backbone())) {
                for (Future<List<PersonEntry>> writer : writers) {
                    for (PersonEntry answered : writer.get()) {
                        assertThat(witness.register().person(answered.number())).contains(answered);
                    }
                }
            }
            // Each connection that died may have taken one write along whose outcome could not be told.
            assertThat(failed.get()).isLessThanOrEqualTo(8);
        }
    }

    @Test
    void aWriteWhoseAnswerIsLostIsDoneAndDoneOnce() throws IOException {
        try (Forwarder line = new Forwarder("127.0.0.1", SERVER.ldapsPort()); LdapDirectory directory = connect(line)) {
            Register register = directory.register();
            PersonEntry wanted = person();
            register.person(wanted.number()); // a connection is open now
            line.loseNextAnswer();
            PersonEntry added = register.add(wanted);
            line.loseNextAnswer();
            PersonEntry changed = register.change(added, added.withPhones("024 1", "").withHistory(List.of("2026-11-22T10:00:00Z x phone > 024 1")));
            assertThat(changed.revision()).isEqualTo(2);
            assertThat(register.person(wanted.number())).contains(changed);
            assertThatThrownBy(() -> register.change(added, added.withPhones("024 2", ""))).isInstanceOfSatisfying(Refusal.class,
                refusal -> assertThat(refusal.reason()).isEqualTo(Reason.CHANGED_MEANWHILE));
            assertThat(line.lost()).isEqualTo(2);
        }
    }

    @Test
    void aMoveWhoseAnswerIsLostIsDoneAndARemovalToo() throws IOException {
        try (Forwarder line = new Forwarder("127.0.0.1", SERVER.ldapsPort()); LdapDirectory directory = connect(line)) {
            Register register = directory.register();
            UnitEntry moved = register.add(unit());
            line.loseNextAnswer();
            assertThat(register.change(moved, moved.withPlace("commune", "xa-long-son")).revision()).isEqualTo(2);
            assertThat(register.unit(moved.id()).map(UnitEntry::parent)).contains("xa-long-son");
            Group group = register.add(new Group("g-" + NEXT.incrementAndGet(), "Tổ", moved.id(), new Group.Fixed(Set.of("100001")), List.of(), 0));
            line.loseNextAnswer();
            register.remove(group);
            assertThat(register.group(group.id())).isEmpty();
            assertThat(line.lost()).isEqualTo(2);
        }
    }

    @Test
    void tellsThatTheDirectoryIsAwayWhereNoServerIsLeft() throws IOException {
        Forwarder line = new Forwarder("127.0.0.1", SERVER.ldapsPort());
        try (line; LdapDirectory directory = connect(line)) {
            Register register = directory.register();
            PersonEntry added = register.add(person());
            line.close();
            assertThatThrownBy(() -> register.change(added, added.withActive(false))).isInstanceOfSatisfying(Problem.class,
                problem -> assertThat(problem.kind()).isEqualTo(Kind.PEER_UNAVAILABLE));
            assertThatThrownBy(() -> register.add(person())).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Kind.PEER_UNAVAILABLE));
            assertThatThrownBy(() -> register.setPassword(added.number(), "Mật-khẩu-mới-2026")).isInstanceOfSatisfying(Problem.class,
                problem -> assertThat(problem.kind()).isEqualTo(Kind.PEER_UNAVAILABLE));
        }
    }

    /** Adds a person and changes them fifty times, and so on; what was answered last for each. */
    private static List<PersonEntry> write(Register register, AtomicInteger done, AtomicInteger failed) {
        List<PersonEntry> answered = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            PersonEntry wanted = person();
            Optional<PersonEntry> now = attempt(failed, () -> register.add(wanted)).or(() -> register.person(wanted.number()));
            for (int j = 0; j < 50 && now.isPresent(); j++) {
                PersonEntry before = now.get();
                PersonEntry after = before.withPhones("024 " + j, "");
                now = attempt(failed, () -> register.change(before, after)).or(() -> register.person(before.number()));
                done.incrementAndGet();
            }
            now.ifPresent(answered::add);
        }
        return answered;
    }

    private static Optional<PersonEntry> attempt(AtomicInteger failed, Supplier<PersonEntry> write) {
        try {
            return Optional.of(write.get());
        } catch (Problem e) {
            failed.incrementAndGet();
            return Optional.empty();
        }
    }

    private static LdapDirectory connect(Forwarder... lines) {
        List<LdapSettings.Host> hosts = Arrays.stream(lines).map(line -> new LdapSettings.Host("127.0.0.1", line.port())).toList();
        return LdapDirectory.connect(new LdapSettings(hosts, TestDirectory.BASE, SERVER.rootFile(), TestDirectory.MAIL_DOMAIN), SERVER.backbone());
    }

    private static PersonEntry person() {
        String number = Integer.toString(NEXT.incrementAndGet());
        return new PersonEntry(number, "Lê Văn Tám", "Lê", "Tám", "tam." + number + "@city.example", List.of(), "so-noi-vu", "", "", "", Set.of(Role.STAFF), true, "vi",
            List.of(), List.of(), 0);
    }

    private static UnitEntry unit() {
        return new UnitEntry("u-" + NEXT.incrementAndGet(), "Tổ dân phố", "commune", "phuong-tan-an", "", Optional.empty(), "", "", "", "", "", Optional.empty(), true, List.of(), 0);
    }
}
