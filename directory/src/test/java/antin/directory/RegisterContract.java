package antin.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.directory.Refusal.Reason;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link Register} does with people and units. Numbers begin with 95, short names with {@code rc-}: whoever runs it takes them away again. */
public interface RegisterContract {

    AtomicInteger NEXT = new AtomicInteger();

    /** As backbone. */
    Register register();

    /** Another tool's person: without a revision, with the telephone number {@code 12 ext 3} and a further address {@code not an address}; in {@code so-noi-vu}. */
    void addForeign(String number);

    /** What is not fit counts as none and stays where it is; the first change gives a revision, and one of many wins. */
    @Test
    default void readsAndChangesWhatAnotherToolWrote() throws Exception {
        String number = number();
        addForeign(number);
        PersonEntry foreign = register().person(number).orElseThrow();
        assertThat(foreign.revision()).isZero();
        assertThat(foreign.phone()).isEmpty();
        assertThat(foreign.further()).isEmpty();
        assertThat(foreign.address()).isEqualTo("ngoai." + number + "@city.example");
        List<Callable<Optional<PersonEntry>>> changes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            PersonEntry wish = foreign.withPlace("so-noi-vu", "Chức danh " + i);
            changes.add(() -> wins(foreign, wish));
        }
        List<PersonEntry> winners = inParallel(changes).stream().flatMap(Optional::stream).toList();
        assertThat(winners).hasSize(1);
        assertThat(winners.getFirst().revision()).isEqualTo(1);
        assertThat(register().person(number)).contains(winners.getFirst());
    }

    @Test
    default void keepsEveryFieldOfAPerson() {
        UnitEntry unit = register().add(unit(null));
        String number = number();
        PersonEntry person = new PersonEntry(number, "Nguyễn Thị Ấn (Tín) *=,+\"\\<>;#", "Nguyễn", "Ấn", "an" + number + "@city.example", List.of("a.n" + number + "@city.example",
            "b.n" + number + "@city.example"), unit.id(), "Phó Trưởng ban; (Thường trực)", "+84 24 3825 0000", "0912 345 678", Set.of(Role.LEADER, Role.CLERK), true, "en",
            List.of(new Position("ban-to-chuc", LocalDate.of(2026, 1, 1), null, "Ủy viên"), new Position("so-noi-vu", null, LocalDate.of(2027, 12, 31), "Cố vấn (không chuyên trách)")),
            List.of("2026-11-22T10:00:00Z 100003 unit a > b", "2026-11-22T10:00:01Z 100003 title Chuyên viên > Phó Trưởng ban"), 0);
        PersonEntry added = register().add(person);
        assertThat(added).isEqualTo(person.withRevision(1));
        assertThat(register().person(number)).contains(added);

        PersonEntry bare = added.withName("Trần Tới", "Trần", "").withAddresses("toi" + number + "@city.example", List.of("an" + number + "@city.example")).withPlace(unit.id(), "")
            .withPhones("", "").withRoles(Set.of()).withActive(false).withLanguage("vi").withPositions(List.of()).withHistory(List.of("2026-11-22T10:00:02Z 100003 status active > disabled"));
        PersonEntry changed = register().change(added, bare);
        assertThat(changed).isEqualTo(bare.withRevision(2));
        assertThat(register().person(number)).contains(changed);
        assertThat(register().change(changed, added)).isEqualTo(added.withRevision(3));
        assertThat(register().person(number)).contains(added.withRevision(3));
        assertThat(register().change(added.withRevision(3), added)).as("nothing to write").isEqualTo(added.withRevision(3));
    }

    @Test
    default void keepsEveryFieldOfAUnit() {
        UnitEntry top = register().add(unit(null));
        PersonEntry head = register().add(person(top.id()));
        UnitEntry unit = register().add(unit(top.id()).withNames("Ban Tổ chức Thành ủy, \\ (P29)", "party-committee-board", Optional.of(Body.PARTY), organization())
            .withContact("Số 1, đường Hòa Bình $ \\24 \\", "+84 24 3825 0001", "ban@city.example", "https://city.example/ban?a=b").withHead(Optional.of(head.number()))
            .withHistory(List.of("2026-07-01 gộp từ ban-dan-van")));
        assertThat(register().unit(unit.id())).contains(unit);
        assertThat(register().units()).contains(top, unit);
        UnitEntry bare = unit.withNames("Ban", "", Optional.empty(), "").withContact("", "", "", "").withHead(Optional.empty()).withActive(false).withHistory(List.of());
        assertThat(register().change(unit, bare)).isEqualTo(bare.withRevision(2));
        assertThat(register().unit(unit.id())).contains(bare.withRevision(2));
    }

    @Test
    default void tellsWhatIsThereAlready() {
        UnitEntry top = register().add(unit(null));
        PersonEntry first = register().add(person(top.id()));
        PersonEntry other = register().add(person(top.id()));
        assertRefused("number", Reason.EXISTS, () -> register().add(first));
        assertRefused("number", Reason.EXISTS, () -> register().add(new PersonEntry(first.number(), "Tô", "Tô", "", "to" + number() + "@city.example", List.of(), top.id(), "", "", "",
            Set.of(), true, "vi", List.of(), List.of(), 0)));
        PersonEntry newcomer = person(top.id());
        for (String taken : List.of(first.address(), first.further().getFirst())) {
            assertRefused("mail", Reason.TAKEN, () -> register().add(newcomer.withAddresses(taken, List.of())));
            assertRefused("further-mail", Reason.TAKEN, () -> register().add(newcomer.withAddresses(newcomer.address(), List.of(taken))));
            assertRefused("mail", Reason.TAKEN, () -> register().change(other, other.withAddresses(taken, other.further())));
            assertRefused("further-mail", Reason.TAKEN, () -> register().change(other, other.withAddresses(other.address(), List.of(taken))));
            assertThat(register().ownerOf(taken)).contains("person/" + first.number());
        }
        assertThat(register().person(newcomer.number())).isEmpty();
        assertThat(register().person(other.number())).contains(other);
        assertThat(register().ownerOf(newcomer.address())).isEmpty();
        // An address that was given up is free again, and one's own may change places.
        PersonEntry swapped = register().change(first, first.withAddresses(first.further().getFirst(), List.of(first.address())));
        PersonEntry left = register().change(swapped, swapped.withAddresses(swapped.address(), List.of()));
        register().change(other, other.withAddresses(other.address(), List.of(first.address())));
        assertThat(register().person(first.number())).contains(left);

        assertRefused("id", Reason.EXISTS, () -> register().add(top));
        UnitEntry elsewhere = register().add(unit(top.id()).withNames("Ban", "", Optional.empty(), organization()));
        assertRefused("id", Reason.EXISTS, () -> register().add(new UnitEntry(top.id(), "Ban", "city", elsewhere.id(), "", Optional.empty(), "", "", "", "", "", Optional.empty(), true, List.of(), 0)));
        assertRefused("organization-id", Reason.TAKEN, () -> register().add(unit(null).withNames("Ban", "", Optional.empty(), elsewhere.organizationId())));
        assertRefused("parent", Reason.UNKNOWN_UNIT, () -> register().add(unit("rc-nowhere")));
    }

    @Test
    default void refusesAChangeOfWhatSomebodyElseChanged() {
        UnitEntry unit = register().add(unit(null));
        PersonEntry person = register().add(person(unit.id()));
        PersonEntry changed = register().change(person, person.withPhones("024 1", ""));
        assertRefused("", Reason.CHANGED_MEANWHILE, () -> register().change(person, person.withPhones("024 2", "")));
        assertThat(register().person(person.number())).contains(changed);
        UnitEntry renamed = register().change(unit, unit.withNames("Một", "", Optional.empty(), ""));
        assertRefused("", Reason.CHANGED_MEANWHILE, () -> register().change(unit, unit.withNames("Hai", "", Optional.empty(), "")));
        assertThat(register().unit(unit.id())).contains(renamed);
        PersonEntry nobody = person(unit.id()).withRevision(7);
        assertRefused("", Reason.CHANGED_MEANWHILE, () -> register().change(nobody, nobody.withPhones("024 3", "")));
    }

    /** One wins, the others hear so, and the entry is whole. */
    @Test
    default void letsOneOfAThousandChangesWin() throws Exception {
        UnitEntry unit = register().add(unit(null));
        PersonEntry person = register().add(person(unit.id()));
        List<Callable<Optional<PersonEntry>>> changes = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            PersonEntry wish = person.withPlace(unit.id(), "Chức danh " + i).withPhones("024 " + i, "090 " + i).withHistory(List.of("2026-11-22T10:00:00Z x title > " + i));
            changes.add(() -> wins(person, wish));
        }
        List<PersonEntry> winners = inParallel(changes).stream().flatMap(Optional::stream).toList();
        assertThat(winners).hasSize(1);
        assertThat(register().person(person.number())).isEqualTo(Optional.of(winners.getFirst()));
        assertThat(winners.getFirst().revision()).isEqualTo(2);
    }

    /** The address is one person's, however many ask for it at once; the others are not there by half. */
    @Test
    default void givesAnAddressToOneOfManyNewcomers() throws Exception {
        UnitEntry unit = register().add(unit(null));
        String address = "nhieu" + number() + "@city.example";
        List<Callable<Optional<PersonEntry>>> adds = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            PersonEntry wish = person(unit.id()).withAddresses(address, List.of());
            adds.add(() -> {
                try {
                    return Optional.of(register().add(wish));
                } catch (Refusal e) {
                    assertThat(e.reason()).isEqualTo(Reason.TAKEN);
                    assertThat(register().person(wish.number())).isEmpty();
                    return Optional.empty();
                }
            });
        }
        assertThat(inParallel(adds).stream().flatMap(Optional::stream)).hasSize(1);
    }

    @Test
    default void movesAUnitWithWhatIsBelow() {
        UnitEntry old = register().add(unit(null));
        UnitEntry next = register().add(unit(null));
        UnitEntry moved = register().add(unit(old.id()));
        UnitEntry below = register().add(unit(moved.id()));
        UnitEntry deep = register().add(unit(below.id()));
        UnitEntry after = register().change(moved, moved.withPlace("district", next.id()).withHistory(List.of("2026-07-01 moved")));
        assertThat(register().unit(moved.id())).contains(after).map(UnitEntry::parent).contains(next.id());
        assertThat(register().unit(below.id())).contains(below);
        assertThat(register().unit(deep.id())).contains(deep);
        assertRefused("", Reason.CHANGED_MEANWHILE, () -> register().change(moved, moved.withPlace("city", null)));
        assertThat(register().change(after, after.withPlace("city", null)).parent()).isNull();
        assertThat(register().unit(moved.id()).orElseThrow().parent()).isNull();
    }

    @Test
    default void refusesAUnitBelowItself() {
        UnitEntry top = register().add(unit(null));
        UnitEntry below = register().add(unit(top.id()));
        UnitEntry deep = register().add(unit(below.id()));
        for (String itself : List.of(top.id(), below.id(), deep.id())) {
            assertRefused("parent", Reason.BELOW_ITSELF, () -> register().change(top, top.withPlace("city", itself)));
        }
        assertRefused("parent", Reason.UNKNOWN_UNIT, () -> register().change(top, top.withPlace("city", "rc-nowhere")));
        assertThat(register().unit(top.id())).contains(top);
    }

    @Test
    default void leavesATreeWhenTwoMovesCross() throws Exception {
        for (int i = 0; i < 20; i++) {
            UnitEntry a = register().add(unit(null));
            UnitEntry b = register().add(unit(null));
            List<Optional<UnitEntry>> moved = inParallel(List.of(() -> moves(a, b.id()), () -> moves(b, a.id())));
            assertThat(moved.stream().flatMap(Optional::stream)).as("one of the two").hasSize(1);
            UnitEntry winner = moved.stream().flatMap(Optional::stream).findFirst().orElseThrow();
            UnitEntry other = winner.id().equals(a.id()) ? b : a;
            assertThat(register().unit(winner.id())).contains(winner);
            assertThat(register().unit(other.id())).contains(other);
        }
    }

    @Test
    default void findsNobodyByAHostileName() {
        PersonEntry person = register().add(person(register().add(unit(null)).id()));
        for (String hostile : List.of("", "*", "an)(description=p*", person.number() + "*", person.number() + ")(uid=*", "\\2a", person.number() + ",ou=people", "x".repeat(100_000))) {
            assertThat(register().person(hostile)).isEmpty();
            assertThat(register().unit(hostile)).isEmpty();
            assertThat(register().group(hostile)).isEmpty();
            assertThat(register().mailbox(hostile)).isEmpty();
            assertThat(register().ownerOf(hostile)).isEmpty();
            assertThat(register().photo(hostile)).isEmpty();
            assertThat(register().certificates(hostile)).isEmpty();
            assertThat(register().passwordChanged(hostile)).isEmpty();
            assertThatThrownBy(() -> register().setPassword(hostile, "Mật-khẩu-mới-2026")).isInstanceOf(Refusal.class);
        }
    }

    @Test
    default void tellsWhetherAPasswordIsTemporaryAndRefusesPoorAndUsedOnes() {
        String number = register().add(person(register().add(unit(null)).id())).number();
        register().setTemporaryPassword(number, "Khoai-mon-2026-1");
        assertThat(register().passwordState(number).temporary()).isTrue();
        assertThat(register().passwordState(number).changed()).isEqualTo(register().passwordChanged(number)).isPresent();
        register().setPassword(number, "Khoai-mon-2026-2");
        assertThat(register().passwordState(number).temporary()).isFalse();
        register().setTemporaryPassword(number, "Khoai-mon-2026-3");
        assertThatThrownBy(() -> register().setPassword(number, "Khoai-mon-2026-2")).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.USED_BEFORE));
        assertThatThrownBy(() -> register().setPassword(number, "khoai")).isInstanceOf(Refusal.class);
        assertThat(register().passwordState(number).temporary()).as("nothing was changed").isTrue();
        assertThat(register().passwordState("999999")).isEqualTo(new PasswordState(Optional.empty(), false));
    }

    @Test
    default void tellsWhoChangedLately() {
        PersonEntry early = register().add(person(register().add(unit(null)).id()));
        List<PersonEntry> all = new ArrayList<>();
        register().people(all::add);
        assertThat(all).contains(early);
        // OpenDJ reads its clock five times a second: what it writes may carry the second before ours.
        Instant since = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(1);
        PersonEntry added = register().add(person(early.unit()));
        PersonEntry changed = register().change(early, early.withActive(false));
        List<PersonEntry> lately = new ArrayList<>();
        register().peopleChangedSince(since, lately::add);
        assertThat(lately).contains(added, changed);
        List<PersonEntry> later = new ArrayList<>();
        register().peopleChangedSince(since.plusSeconds(3_600), later::add);
        assertThat(later).isEmpty();
    }

    private Optional<PersonEntry> wins(PersonEntry before, PersonEntry wish) {
        try {
            return Optional.of(register().change(before, wish));
        } catch (Refusal e) {
            assertThat(e.reason()).isEqualTo(Reason.CHANGED_MEANWHILE);
            return Optional.empty();
        }
    }

    private Optional<UnitEntry> moves(UnitEntry unit, String above) {
        try {
            return Optional.of(register().change(unit, unit.withPlace("city", above)));
        } catch (Refusal e) {
            assertThat(e.reason()).isIn(Reason.BELOW_ITSELF, Reason.CHANGED_MEANWHILE);
            return Optional.empty();
        }
    }

    private static <T> List<T> inParallel(List<Callable<T>> tasks) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        }
    }

    static void assertRefused(String field, Reason reason, ThrowingCallable act) {
        assertThatThrownBy(act).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(reason);
            assertThat(refusal.field()).isEqualTo(field);
        });
    }

    static String number() {
        return Integer.toString(950_000 + NEXT.incrementAndGet());
    }

    private static String organization() {
        return "%03d.%02d.95.H29".formatted(NEXT.incrementAndGet() / 100, NEXT.get() % 100);
    }

    static UnitEntry unit(@Nullable String parent) {
        return new UnitEntry("rc-" + NEXT.incrementAndGet(), "Sở Nội vụ", "city", parent, "", Optional.empty(), "", "", "", "", "", Optional.empty(), true, List.of(), 0);
    }

    static PersonEntry person(String unit) {
        String number = number();
        return new PersonEntry(number, "Lê Văn Tám", "Lê", "Tám", "tam." + number + "@city.example", List.of("le." + number + "@city.example"), unit, "Chuyên viên", "", "",
            Set.of(Role.STAFF), true, "vi", List.of(), List.of(), 0);
    }
}
