package antin.directory.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import antin.directory.PersonEntry;
import antin.directory.Position;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import antin.directory.Role;
import antin.directory.UnitEntry;
import antin.directory.index.DirectoryIndex;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PeopleTest {

    private static final TestCity CITY = TestCity.shared();
    private static final People PEOPLE = CITY.administration.people();

    @Test
    void hiresSomebodyWhoIsFoundAtOnce() {
        PersonEntry hired = CITY.hire("so-tai-chinh", Role.STAFF);
        assertThat(hired.revision()).isEqualTo(1);
        assertThat(CITY.register.person(hired.number())).hasValue(hired);
        assertThat(PEOPLE.search(CITY.city(), hired.address(), Optional.empty(), false, 0, 10).page()).extracting(PersonEntry::number).containsExactly(hired.number());
        assertThat(HistoryLine.parse(hired.history().getFirst())).hasValueSatisfying(line -> {
            assertThat(line.by()).isEqualTo(CITY.city().number());
            assertThat(line.what()).isEqualTo("created");
        });
        assertThat(CITY.audited()).filteredOn(line -> line.contains(hired.number())).hasSize(2).first().asString().contains("directory.person.created", "begun");
    }

    @Test
    void givesANumberToOnePersonOnly() {
        assertThat(PEOPLE.nextNumber()).isNotEqualTo(PEOPLE.nextNumber());
        assertThat(CITY.register.person(PEOPLE.nextNumber())).isEmpty();
        PersonEntry hired = CITY.hire("so-tai-chinh");
        PersonEntry second = new PersonEntry(hired.number(), "Kẻ Thứ Hai", "Kẻ", "Hai", "other" + hired.number() + "@city.example", List.of(), "so-tai-chinh", "", "", "", Set.of(), true, "vi",
            List.of(), List.of(), 0);
        refused("number", Reason.EXISTS, () -> PEOPLE.create(CITY.city(), second));
    }

    @Test
    void anAddressIsOnePersonsAndOfTheCity() {
        PersonEntry hired = CITY.hire("so-tai-chinh");
        PersonEntry other = TestCity.somebody("so-tai-chinh");
        refused("mail", Reason.TAKEN, () -> PEOPLE.create(CITY.city(), other.withAddresses(hired.address(), List.of())));
        for (String foreign : List.of("thu@elsewhere.example", "thu@no-such-unit.city.example", "thu@a.so-tai-chinh.city.example", "thu@notcity.example")) {
            refused("mail", Reason.NOT_OURS, () -> PEOPLE.create(CITY.city(), other.withAddresses(foreign, List.of())));
            refused("further-mail", Reason.NOT_OURS, () -> PEOPLE.create(CITY.city(), other.withAddresses(other.address(), List.of(foreign))));
        }
        PersonEntry added = PEOPLE.create(CITY.city(), other.withAddresses(other.address(), List.of("thu" + other.number() + "@so-tai-chinh.city.example")));
        refused("further-mail", Reason.TAKEN, () -> PEOPLE.change(CITY.city(), hired, hired.withAddresses(hired.address(), added.further())));
    }

    @Test
    void whoMayNotIsRefusedAndAudited() {
        PersonEntry far = CITY.hire("xa-binh-minh", Role.STAFF);
        PersonEntry near = CITY.hire("phuong-tan-an", Role.STAFF);
        for (String local : List.of("phuc.duong", "lan.bui", "duong.pham", "an.nguyen", "huong.vu")) {
            Actor actor = CITY.actor(local);
            refused("title", Reason.NOT_ALLOWED, () -> PEOPLE.change(actor, far, far.withPlace(far.unit(), "Khác")));
            refused("unit", Reason.NOT_ALLOWED, () -> PEOPLE.create(actor, TestCity.somebody("xa-binh-minh")));
            refused("password", Reason.NOT_ALLOWED, () -> PEOPLE.resetPassword(actor, far.number()));
            refused("status", Reason.NOT_ALLOWED, () -> PEOPLE.change(actor, far, far.withActive(false)));
            refused("role", Reason.NOT_ALLOWED, () -> PEOPLE.change(actor, far, far.withRoles(Set.of(Role.CLERK))));
        }
        assertThat(CITY.register.person(far.number())).hasValue(far);
        assertThat(CITY.audited()).filteredOn(line -> line.contains("\"refused\"") && line.contains(far.number()) && line.contains(CITY.actor("phuc.duong").number())).hasSize(4);
        assertThat(PEOPLE.change(CITY.actor("phuc.duong"), near, near.withPlace(near.unit(), "Phó Chủ tịch")).title()).isEqualTo("Phó Chủ tịch");
    }

    /** A forged "before" does not bring a person within reach. */
    @Test
    void believesTheRegisterAndNotTheCaller() {
        PersonEntry far = CITY.hire("xa-binh-minh", Role.CITY_ADMINISTRATOR);
        PersonEntry forged = far.withPlace("phuong-tan-an", "").withRoles(Set.of());
        refused("unit", Reason.NOT_ALLOWED, () -> PEOPLE.change(CITY.actor("phuc.duong"), forged, forged.withName("Kẻ Gian", "Kẻ", "Gian").withPlace("phuong-tan-an", "").withRoles(far.roles())), "name");
        refused("password", Reason.NOT_ALLOWED, () -> PEOPLE.resetPassword(CITY.actor("phuc.duong"), far.number()));
    }

    @Test
    void whoLostARoleHasLostItAtOnce() {
        PersonEntry administrator = CITY.hire("phuong-tan-an", Role.COMMUNE_ADMINISTRATOR);
        PersonEntry staff = CITY.hire("phuong-tan-an", Role.STAFF);
        Actor session = CITY.as(administrator);
        PEOPLE.change(CITY.city(), administrator, administrator.withRoles(Set.of(Role.STAFF)));
        refused("title", Reason.NOT_ALLOWED, () -> PEOPLE.change(session, staff, staff.withPlace(staff.unit(), "Khác")));
        PersonEntry now = CITY.register.person(administrator.number()).orElseThrow();
        PEOPLE.change(CITY.city(), now, now.withActive(false));
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> PEOPLE.change(session, staff, staff.withPlace(staff.unit(), "Khác"))).satisfies(problem -> assertThat(problem.kind()).isEqualTo(Kind.NOT_ALLOWED));
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> CITY.administration.actor(administrator.number()));
    }

    @Test
    void aTransferAsksTheOldHomeAndTheNew() {
        PersonEntry hired = CITY.hire("phuong-tan-an", Role.STAFF);
        refused("unit", Reason.NOT_ALLOWED, () -> PEOPLE.change(CITY.actor("phuc.duong"), hired, hired.withPlace("phuong-phuc-loi", "")), "title");
        refused("unit", Reason.NOT_ALLOWED, () -> PEOPLE.change(CITY.actor("lan.bui"), hired, hired.withPlace("xa-long-son", hired.title())));
        PersonEntry moved = PEOPLE.change(CITY.actor("lan.bui"), hired, hired.withPlace("phuong-phuc-loi", hired.title()));
        assertThat(moved.history()).last().asString().endsWith("unit phuong-tan-an > phuong-phuc-loi");
        refused("unit", Reason.UNKNOWN_UNIT, () -> PEOPLE.change(CITY.city(), moved, moved.withPlace("no-such-unit", "")), "title");
    }

    @Test
    void rolesArePassedDownwardsOnly() {
        PersonEntry hired = CITY.hire("phuong-tan-an", Role.STAFF);
        refused("role", Reason.NOT_ALLOWED, () -> PEOPLE.change(CITY.actor("phuc.duong"), hired, hired.withRoles(Set.of(Role.DISTRICT_ADMINISTRATOR))));
        refused("role", Reason.NOT_ALLOWED, () -> PEOPLE.create(CITY.actor("lan.bui"), TestCity.somebody("quan-hoa-binh", Role.AUDITOR)));
        assertThat(PEOPLE.grantable(CITY.actor("phuc.duong"), hired)).containsExactlyInAnyOrder(Role.COMMUNE_ADMINISTRATOR, Role.LEADER, Role.CLERK, Role.STAFF);
        assertThat(PEOPLE.change(CITY.actor("phuc.duong"), hired, hired.withRoles(Set.of(Role.CLERK))).roles()).containsExactly(Role.CLERK);
    }

    @Test
    void aPositionIsGivenByWhoAdministersItsUnit() {
        PersonEntry hired = CITY.hire("phuong-tan-an", Role.STAFF);
        Position elsewhere = new Position("phuong-phuc-loi", LocalDate.of(2026, 1, 1), null, "Ủy viên");
        refused("positions", Reason.NOT_ALLOWED, () -> PEOPLE.change(CITY.actor("phuc.duong"), hired, hired.withPositions(List.of(elsewhere))));
        refused("positions", Reason.UNKNOWN_UNIT, () -> PEOPLE.change(CITY.city(), hired, hired.withPositions(List.of(new Position("nowhere", null, null, "Ủy viên")))));
        PersonEntry placed = PEOPLE.change(CITY.actor("lan.bui"), hired, hired.withPositions(List.of(elsewhere)));
        assertThat(CITY.administration.units().staff(CITY.city(), "phuong-phuc-loi")).extracting(PersonEntry::number).contains(hired.number());
        refused("positions", Reason.NOT_ALLOWED, () -> PEOPLE.change(CITY.actor("phuc.duong"), placed, placed.withPositions(List.of())));
    }

    @Test
    void aHeadWhoIsDisabledOrLeavesIsHeadNoLonger() {
        UnitEntry unit = CITY.found("to-mot-cua", "commune", "phuong-tan-an");
        PersonEntry head = CITY.hire("to-mot-cua", Role.LEADER);
        CITY.administration.units().change(CITY.city(), unit, unit.withHead(Optional.of(head.number())));
        PersonEntry moved = PEOPLE.change(CITY.city(), head, head.withPlace("phuong-tan-an", head.title()));
        UnitEntry without = CITY.register.unit("to-mot-cua").orElseThrow();
        assertThat(without.head()).isEmpty();
        assertThat(without.history()).last().asString().contains("head " + head.number() + " > -");
        PersonEntry back = PEOPLE.change(CITY.city(), moved, moved.withPlace("to-mot-cua", head.title()));
        CITY.administration.units().change(CITY.city(), without, without.withHead(Optional.of(head.number())));
        PersonEntry disabled = PEOPLE.change(CITY.city(), back, back.withActive(false));
        assertThat(CITY.register.unit("to-mot-cua").flatMap(UnitEntry::head)).isEmpty();
        assertThat(CITY.directory.person(disabled.number())).isEmpty();
        assertThat(PEOPLE.change(CITY.city(), disabled, disabled.withActive(true)).active()).isTrue();
    }

    /** The only one who could undo it must not be able to do it. */
    @Test
    void theLastAdministratorOfTheCityStays() {
        PersonEntry second = CITY.hire("so-khcn", Role.CITY_ADMINISTRATOR);
        Actor actor = CITY.as(second);
        List<PersonEntry> others = CITY.index.people(person -> person.active() && person.roles().contains(Role.CITY_ADMINISTRATOR) && !person.number().equals(second.number()));
        others.forEach(other -> {
            PersonEntry now = CITY.register.person(other.number()).orElseThrow();
            PEOPLE.change(actor, now, now.withRoles(Set.of(Role.STAFF)));
        });
        try {
            PersonEntry third = PEOPLE.create(actor, TestCity.somebody("so-khcn", Role.CITY_ADMINISTRATOR));
            PersonEntry last = CITY.register.person(second.number()).orElseThrow();
            PersonEntry watched = PEOPLE.change(actor, third, third.withRoles(Set.of(Role.CITY_ADMINISTRATOR, Role.AUDITOR)));
            PersonEntry plain = PEOPLE.change(actor, watched, watched.withRoles(Set.of(Role.CITY_ADMINISTRATOR)));
            Actor other = CITY.as(plain);
            PersonEntry disabled = PEOPLE.change(other, last, last.withActive(false));
            refused("status", Reason.NOT_ALLOWED, () -> PEOPLE.change(other, plain, plain.withActive(false)));
            PersonEntry enabled = PEOPLE.change(other, disabled, disabled.withActive(true));
            PersonEntry again = PEOPLE.change(CITY.as(enabled), plain, plain.withRoles(Set.of(Role.STAFF)));
            // Nobody else is left who could: through the register's own door, as an import by a second administrator would come.
            assertThat(CITY.index.people(person -> person.active() && person.roles().contains(Role.CITY_ADMINISTRATOR))).extracting(PersonEntry::number).containsExactly(enabled.number());
            assertThat(again.roles()).containsExactly(Role.STAFF);
        } finally {
            PersonEntry first = CITY.register.person(CITY.server.person("cuong.le").number()).orElseThrow();
            PEOPLE.change(CITY.as(CITY.register.person(second.number()).orElseThrow()), first, first.withRoles(Set.of(Role.CITY_ADMINISTRATOR)));
        }
    }

    @Test
    void twoAdministratorsWhoDisableEachOtherLeaveOne() throws Exception {
        for (int i = 0; i < 5; i++) {
            PersonEntry one = CITY.hire("so-khcn", Role.CITY_ADMINISTRATOR);
            PersonEntry two = CITY.hire("so-khcn", Role.CITY_ADMINISTRATOR);
            try (ExecutorService both = Executors.newFixedThreadPool(2)) {
                List<Future<PersonEntry>> tries = List.of(both.submit(() -> PEOPLE.change(CITY.as(one), two, two.withActive(false))), both.submit(() -> PEOPLE.change(CITY.as(two), one, one.withActive(false))));
                for (Future<PersonEntry> each : tries) {
                    try {
                        each.get();
                    } catch (ExecutionException e) {
                        assertThat(e.getCause()).isInstanceOfAny(Refusal.class, Problem.class);
                    }
                }
            }
            assertThat(CITY.index.people(person -> person.active() && person.roles().contains(Role.CITY_ADMINISTRATOR))).isNotEmpty();
        }
    }

    @Test
    void ofManyChangesAtOnceOneWinsAndOthersHearOfIt() throws Exception {
        PersonEntry hired = CITY.hire("so-tai-chinh", Role.STAFF);
        Actor city = CITY.city();
        int winners = 0;
        List<Future<PersonEntry>> all = new ArrayList<>();
        try (ExecutorService many = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < 200; i++) {
                String title = "Chức danh " + i;
                all.add(many.submit(() -> PEOPLE.change(city, hired, hired.withPlace(hired.unit(), title))));
            }
        }
        for (Future<PersonEntry> each : all) {
            try {
                each.get();
                winners++;
            } catch (ExecutionException e) {
                assertThat(e.getCause()).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.CHANGED_MEANWHILE));
            }
        }
        assertThat(winners).isEqualTo(1);
        PersonEntry now = CITY.register.person(hired.number()).orElseThrow();
        assertThat(now.revision()).isEqualTo(2);
        assertThat(now.history()).hasSize(2);
    }

    @Test
    void resetsAPasswordThatOpens() {
        PersonEntry hired = CITY.hire("phuong-tan-an", Role.COMMUNE_ADMINISTRATOR);
        String password = PEOPLE.resetPassword(CITY.actor("lan.bui"), hired.number());
        assertThat(password).hasSizeGreaterThanOrEqualTo(16).matches(".*[a-z].*").matches(".*[A-Z].*").matches(".*[0-9].*").matches(".*[^A-Za-z0-9].*");
        assertThat(CITY.directory.authenticate(hired.number(), password)).isPresent();
        assertThat(CITY.register.person(hired.number()).orElseThrow().history()).last().asString().contains(" password - > reset");
        assertThat(CITY.audited()).noneMatch(line -> line.contains(password));
    }

    @Test
    void peopleChangeTheirOwnPhonesLanguageAndPhotoAndNothingElse() {
        PersonEntry hired = CITY.hire("so-tai-chinh", Role.STAFF);
        Actor self = CITY.as(hired);
        PersonEntry changed = PEOPLE.changeOwn(self, hired, "024 3825 9999", "0912 000 111", "en");
        assertThat(changed).extracting(PersonEntry::phone, PersonEntry::mobile, PersonEntry::language).containsExactly("024 3825 9999", "0912 000 111", "en");
        refused("number", Reason.NOT_ALLOWED, () -> PEOPLE.changeOwn(CITY.actor("huong.vu"), changed, "1234", "", "vi"));
        refused("title", Reason.NOT_ALLOWED, () -> PEOPLE.changeOwn(self, changed.withPlace(changed.unit(), "Chủ tịch"), "1234", "", "vi"));
        refused("title", Reason.NOT_ALLOWED, () -> PEOPLE.change(self, changed, changed.withPlace(changed.unit(), "Chủ tịch")));
        byte[] jpeg = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16};
        PEOPLE.setOwnPhoto(self, jpeg);
        assertThat(PEOPLE.photo(CITY.actor("huong.vu"), hired.number())).hasValue(jpeg);
        refused("photo", Reason.MALFORMED, () -> PEOPLE.setOwnPhoto(self, "<svg/>".getBytes(StandardCharsets.US_ASCII)));
        refused("photo", Reason.TOO_LONG, () -> PEOPLE.setOwnPhoto(self, new byte[200_000]));
        PEOPLE.setOwnPhoto(self, new byte[0]);
        assertThat(PEOPLE.photo(self, hired.number())).isEmpty();
    }

    @Test
    void othersSeePublicDataOnly() {
        PersonEntry hired = CITY.hire("xa-long-son", Role.CLERK);
        PersonEntry whole = PEOPLE.change(CITY.city(), hired, hired.withPhones("024 1111 2222", "0988 777 666").withAddresses(hired.address(), List.of("kin" + hired.number() + "@city.example")));
        Seen<PersonEntry> seen = PEOPLE.see(CITY.actor("huong.vu"), hired.number());
        assertThat(seen.whole()).isFalse();
        assertThat(seen.entry()).extracting(PersonEntry::mobile, PersonEntry::phone).containsExactly("", "024 1111 2222");
        assertThat(seen.entry().roles()).isEmpty();
        assertThat(seen.entry().history()).isEmpty();
        assertThat(seen.entry().further()).isEmpty();
        assertThat(PEOPLE.see(CITY.actor("duong.pham"), hired.number())).isEqualTo(new Seen<>(whole, true));
        assertThat(PEOPLE.see(CITY.as(hired), hired.number()).whole()).isTrue();
        assertThat(PEOPLE.search(CITY.actor("huong.vu"), "0988777666", Optional.empty(), true, 0, 9).total()).isZero();
        assertThat(PEOPLE.search(CITY.city(), "0988777666", Optional.empty(), true, 0, 9).total()).isEqualTo(1);
        PEOPLE.change(CITY.city(), whole, whole.withActive(false));
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> PEOPLE.see(CITY.actor("huong.vu"), hired.number())).satisfies(problem -> assertThat(problem.kind()).isEqualTo(Kind.NOT_FOUND));
        assertThat(PEOPLE.search(CITY.actor("huong.vu"), hired.number(), Optional.empty(), true, 0, 9).total()).isZero();
        assertThat(PEOPLE.search(CITY.city(), hired.number(), Optional.empty(), false, 0, 9).total()).isZero();
        assertThat(PEOPLE.search(CITY.city(), hired.number(), Optional.of("huyen-an-khanh"), true, 0, 9).total()).isEqualTo(1);
        assertThat(PEOPLE.search(CITY.city(), hired.number(), Optional.of("quan-hoa-binh"), true, 0, 9).total()).isZero();
        assertThat(PEOPLE.may(CITY.actor("huong.vu"), Act.CHANGE_PERSON, whole)).isFalse();
    }

    @Test
    void theIndexFollowsWhatOthersWrite() throws Exception {
        PersonEntry hired = CITY.hire("so-tai-chinh", Role.STAFF);
        try (DirectoryIndex follower = new DirectoryIndex(CITY.register, Clock.systemUTC())) {
            follower.start();
            Awaitility.await().until(follower::isLoaded);
            PEOPLE.change(CITY.city(), hired, hired.withPlace(hired.unit(), "Người theo dõi"));
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> follower.person(hired.number()).orElseThrow().title().equals("Người theo dõi"));
        }
    }

    static void refused(String field, Reason reason, ThrowingCallable act, String... orField) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(act).satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(reason);
            assertThat(refusal.field()).isIn(orField.length == 0 ? List.of(field) : List.of(field, orField[0]));
        });
    }
}
