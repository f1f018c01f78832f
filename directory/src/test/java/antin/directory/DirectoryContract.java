package antin.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link Directory} does. */
public interface DirectoryContract {

    /** Somebody the directory under test holds. */
    record Known(String number, String name, String address, String furtherAddress, String unit, Role role, String password) {
    }

    Directory directory();

    /** An active person with a further address. */
    Known active();

    /** A person who may not log in any more, with a password that is right. */
    Known disabled();

    /** An active person of whom nothing else is asked: the server may lock them for a while after so many wrong passwords. */
    Known guessed();

    @Test
    default void opensToTheRightPasswordByNumberAndByEachAddress() {
        for (String login : List.of(active().number(), active().address(), active().furtherAddress(), active().address().toUpperCase(Locale.ROOT))) {
            assertThat(directory().authenticate(login, active().password())).map(Person::number).contains(active().number());
        }
    }

    @Test
    default void refusesAWrongPassword() {
        String right = guessed().password();
        for (String wrong : List.of("wrong", right + ' ', ' ' + right, right.substring(1), right.toUpperCase(Locale.ROOT), right + "\0", "*", disabled().password())) {
            assertThat(directory().authenticate(guessed().number(), wrong)).isEmpty();
        }
    }

    @Test
    default void refusesAnEmptyAndAnEndlessPassword() {
        assertThat(directory().authenticate(active().number(), "")).isEmpty();
        assertThat(directory().authenticate(active().number(), "ấ".repeat(1_000_000))).isEmpty();
    }

    @Test
    default void refusesUnknownAndDisabledPeopleAlike() {
        assertThat(directory().authenticate("999999", active().password())).isEmpty();
        assertThat(directory().authenticate("nobody@city.example", active().password())).isEmpty();
        assertThat(directory().authenticate(disabled().number(), disabled().password())).isEmpty();
        assertThat(directory().authenticate(disabled().address(), disabled().password())).isEmpty();
        assertThat(directory().person(disabled().number())).isEmpty();
        assertThat(directory().resolve(disabled().address())).isEmpty();
    }

    /** RFC 4515, 3: what would be part of a filter stays a value. */
    @Test
    default void findsNobodyByAHostileName() {
        String local = active().address().substring(0, active().address().indexOf('@'));
        Stream.of("", " ", "*", active().number() + '*', "an)(description=p*", active().number() + ")(uid=*", "*)(uid=*))(|(uid=*",
                "\\2a", active().number() + "\\00", active().number() + '\0', local.charAt(0) + "*@*", "*@city.example", "@", "(", ")", "\\", "uid=" + active().number(), active().number() + ' ',
                ' ' + active().address(), active().address() + '\t', "\uff11" + active().number().substring(1), active().number() + "\u00ad",
                "x".repeat(100_000), "x".repeat(100_000) + '@' + "y".repeat(100_000))
            .forEach(login -> {
                assertThat(directory().person(login)).as(login).isEmpty();
                assertThat(directory().number(login)).as(login).isEmpty();
                assertThat(directory().authenticate(login, active().password())).as(login).isEmpty();
                assertThat(directory().resolve(login)).as(login).isEmpty();
                assertThat(directory().isLocalDomain(login)).as(login).isFalse();
                assertThat(directory().unit(login)).as(login).isEmpty();
            });
    }

    @Test
    default void tellsTheNumberBehindEachNameOfActiveAndDisabledPeople() {
        for (Known known : List.of(active(), disabled())) {
            for (String login : List.of(known.number(), known.address(), known.furtherAddress(), known.address().toUpperCase(Locale.ROOT))) {
                assertThat(directory().number(login)).as(login).contains(known.number());
            }
        }
        assertThat(directory().number("999999")).isEmpty();
        assertThat(directory().number("nobody@city.example")).isEmpty();
    }

    @Test
    default void tellsWhatAUnitIsCalled() {
        Unit unit = directory().person(active().number()).orElseThrow().unit();
        assertThat(directory().unit(unit.id())).hasValue(unit);
        assertThat(directory().unit(unit.id().toUpperCase(Locale.ROOT))).hasValue(unit);
        assertThat(directory().unit("no-such-unit")).isEmpty();
    }

    @Test
    default void listsEachUnitOnceWithItsPlace() {
        List<Unit> units = directory().units();
        assertThat(units).extracting(Unit::id).doesNotHaveDuplicates().isSorted().contains(active().unit());
        for (Unit unit : units) {
            assertThat(directory().unit(unit.id())).hasValue(unit);
            if (unit.parent() != null) {
                assertThat(directory().unit(unit.parent())).as("above " + unit.id()).isPresent();
            }
        }
        assertThat(units).as("a tree has a top").anyMatch(unit -> unit.parent() == null);
        assertThat(units).as("and more").anyMatch(unit -> unit.parent() != null);
    }

    @Test
    default void tellsWhoAPersonIs() {
        Person person = directory().person(active().number()).orElseThrow();
        assertThat(person.name()).isEqualTo(active().name());
        assertThat(person.address()).isEqualTo(active().address());
        assertThat(person.addresses()).startsWith(active().address()).contains(active().furtherAddress());
        assertThat(person.unit().id()).isEqualTo(active().unit());
        assertThat(person.unit().level()).isNotEmpty();
        assertThat(person.roles()).contains(active().role());
        assertThat(directory().person(active().furtherAddress())).contains(person);
    }

    @Test
    default void resolvesEachAddressToTheMailbox() {
        Optional<Recipient> mailbox = Optional.of(new Recipient(List.of(active().address())));
        assertThat(directory().resolve(active().address())).isEqualTo(mailbox);
        assertThat(directory().resolve(active().furtherAddress().toUpperCase(Locale.ROOT))).isEqualTo(mailbox);
        assertThat(directory().resolve("nobody@city.example")).isEmpty();
        assertThat(directory().resolve(active().number())).as("a number is no address").isEmpty();
    }

    @Test
    default void knowsItsOwnDomains() {
        for (String own : List.of("city.example", "CITY.example", active().unit() + ".city.example")) {
            assertThat(directory().isLocalDomain(own)).as(own).isTrue();
        }
        for (String other : List.of("", "example", "notcity.example", "city.example.org", ".city.example", "*.city.example",
            "no-such-unit.city.example", "x." + active().unit() + ".city.example", "units.city.example", "city.example.")) {
            assertThat(directory().isLocalDomain(other)).as(other).isFalse();
        }
    }

    @Test
    default void isAvailable() {
        assertThat(directory().isAvailable()).isTrue();
    }
}
