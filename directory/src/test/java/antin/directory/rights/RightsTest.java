package antin.directory.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import antin.directory.Person;
import antin.directory.Role;
import antin.directory.Unit;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every role against every act, everywhere in the tree. */
class RightsTest {

    private static final Map<String, Unit> UNITS = Stream.of(new Unit("tp", "Thành phố", "city"), new Unit("quan-1", "Quận 1", "district", "tp"),
            new Unit("phuong-1", "Phường 1", "commune", "quan-1"), new Unit("phong-1", "Phòng", "district", "quan-1"), new Unit("so", "Sở", "city", "tp"), new Unit("quan-2", "Quận 2", "district", "tp"), new Unit("dang-uy", "Đảng ủy", "city"),
            new Unit("vong-1", "Vòng", "commune", "vong-2"), new Unit("vong-2", "Vòng", "commune", "vong-1"))
        .collect(Collectors.toMap(Unit::id, Function.identity()));

    /** Seen from an actor for quan-1; the letters of {@link #TABLE} stand in this order. */
    private enum Where {
        SELF("quan-1"), OWN_UNIT("quan-1"), BELOW("phuong-1"), ABOVE("tp"), BESIDE("quan-2"), OTHER_TREE("dang-uy");

        private final Place place;

        Where(String unit) {
            Place at = Place.of(unit, UNITS).orElseThrow();
            place = name().equals("SELF") ? at.ofPerson("1", Set.of()) : at.ofPerson("2", Set.of(Role.STAFF));
        }
    }

    /** {@code +} yes, {@code -} no: self, own unit, below, above, beside, another tree; for the city's administrators, other administrators, auditors and everybody else. */
    private static final String TABLE = """
        SEE_PUBLIC_DATA      ++++++ ++++++ ++++++ ++++++
        SEE_PERSON           ++++++ +++--- ++++++ +-----
        CHANGE_PERSON        -+++++ -++--- ------ ------
        CHANGE_OWN_PHONE     +----- +----- +----- +-----
        CHANGE_OWN_PHOTO     +----- +----- +----- +-----
        CHANGE_OWN_LANGUAGE  +----- +----- +----- +-----
        CREATE_PERSON        -+++++ -++--- ------ ------
        DISABLE_PERSON       -+++++ -++--- ------ ------
        ENABLE_PERSON        -+++++ -++--- ------ ------
        RESET_PASSWORD       -+++++ -++--- ------ ------
        SEE_ACCESS           ++++++ +++--- ++++++ ------
        RESET_FACTORS        -+++++ -++--- ------ ------
        END_LOGINS           -+++++ -++--- ------ ------
        CHANGE_ROLES         -+++++ -++--- ------ ------
        CHANGE_POSITIONS     -+++++ -++--- ------ ------
        SEE_UNIT             ++++++ +++--- ++++++ ------
        CHANGE_UNIT          -+++++ -++--- ------ ------
        CREATE_UNIT          -+++++ -++--- ------ ------
        MOVE_UNIT            --++++ --+--- ------ ------
        CLOSE_UNIT           --++++ --+--- ------ ------
        MANAGE_GROUPS        -+++++ -++--- ------ ------
        MANAGE_MAILBOXES     -+++++ -++--- ------ ------
        IMPORT               -+++++ -++--- ------ ------
        EXPORT               ++++++ +++--- ++++++ ------
        READ_AUDIT           ++++++ +++--- ++++++ ------
        CREATE_TOP_UNIT      ++++++ ------ ------ ------
        CHANGE_SETTINGS      ++++++ ------ ------ ------
        MANAGE_CLIENTS       ++++++ ------ ------ ------
        """;

    static List<Arguments> everyRoleAgainstEveryAct() {
        Map<Act, String[]> rows = new EnumMap<>(Act.class);
        TABLE.lines().map(line -> line.split("\\s+")).forEach(row -> rows.put(Act.valueOf(row[0]), row));
        List<Arguments> cases = new ArrayList<>();
        for (Role role : Role.values()) {
            int column = switch (role) {
                case CITY_ADMINISTRATOR -> 1;
                case DISTRICT_ADMINISTRATOR, COMMUNE_ADMINISTRATOR -> 2;
                case AUDITOR -> 3;
                case LEADER, CLERK, STAFF -> 4;
            };
            for (Act act : Act.values()) {
                for (Where where : Where.values()) {
                    boolean expected = Objects.requireNonNull(rows.get(act), act.name())[column].charAt(where.ordinal()) == '+';
                    cases.add(Arguments.of(role, act, where, expected));
                }
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource
    void everyRoleAgainstEveryAct(Role role, Act act, Where where, boolean expected) {
        Actor actor = new Actor("1", Set.of(role), Optional.of("quan-1"));
        assertThat(Rights.may(actor, act, where.place)).isEqualTo(expected);
        if (!expected) {
            assertThatExceptionOfType(Problem.class).isThrownBy(() -> Rights.require(actor, act, where.place))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Kind.NOT_ALLOWED));
        }
    }

    @Test
    void anAuditorWhoIsAlsoAnAdministratorChangesNothing() {
        Actor both = new Actor("1", Set.of(Role.AUDITOR, Role.CITY_ADMINISTRATOR), Optional.of("tp"));
        for (Act act : Act.values()) {
            assertThat(Rights.may(both, act, Where.BELOW.place)).as(act.name()).isEqualTo(act.isReading());
        }
        assertThat(Rights.mayGrant(both, Role.STAFF, Where.BELOW.place)).isFalse();
    }

    @Test
    void somebodyWithoutARoleSeesPublicDataOnly() {
        Actor nothing = new Actor("1", Set.of(), Optional.of("tp"));
        for (Act act : Act.values()) {
            assertThat(Rights.may(nothing, act, Where.BELOW.place)).as(act.name()).isEqualTo(act == Act.SEE_PUBLIC_DATA);
        }
    }

    @Test
    void rolesAreGivenDownwardsOnly() {
        Map<Role, Set<Role>> mayGive = Map.of(Role.CITY_ADMINISTRATOR, Set.of(Role.values()),
            Role.DISTRICT_ADMINISTRATOR, Set.of(Role.DISTRICT_ADMINISTRATOR, Role.COMMUNE_ADMINISTRATOR, Role.LEADER, Role.CLERK, Role.STAFF),
            Role.COMMUNE_ADMINISTRATOR, Set.of(Role.COMMUNE_ADMINISTRATOR, Role.LEADER, Role.CLERK, Role.STAFF));
        for (Role role : Role.values()) {
            Actor actor = new Actor("1", Set.of(role), Optional.of("quan-1"));
            for (Role given : Role.values()) {
                assertThat(Rights.mayGrant(actor, given, Where.BELOW.place)).as(role + " gives " + given)
                    .isEqualTo(mayGive.getOrDefault(role, Set.of()).contains(given));
                assertThat(Rights.mayGrant(actor, given, Where.SELF.place)).as("to oneself").isFalse();
                assertThat(Rights.mayGrant(actor, given, Where.BESIDE.place)).as("beside").isEqualTo(role == Role.CITY_ADMINISTRATOR);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"CITY_ADMINISTRATOR,so,tp", "CITY_ADMINISTRATOR,tp,tp", "CITY_ADMINISTRATOR,dang-uy,dang-uy", "DISTRICT_ADMINISTRATOR,quan-1,quan-1", "DISTRICT_ADMINISTRATOR,phong-1,quan-1",
        "DISTRICT_ADMINISTRATOR,phuong-1,quan-1", "DISTRICT_ADMINISTRATOR,so,so", "DISTRICT_ADMINISTRATOR,tp,", "COMMUNE_ADMINISTRATOR,phuong-1,phuong-1", "COMMUNE_ADMINISTRATOR,tp,",
        "CITY_ADMINISTRATOR,nowhere,", "CITY_ADMINISTRATOR,vong-1,", "LEADER,tp,", "AUDITOR,tp,"})
    void administratorsActForAUnitOfTheirLevel(Role role, String home, @Nullable String scope) {
        Unit unit = UNITS.getOrDefault(home, new Unit(home, home, ""));
        Person person = new Person("1", "Nguyễn Văn An", "an.nguyen@city.example", List.of(), unit, Set.of(role), "vi");
        assertThat(Actor.of(person, UNITS).scope()).isEqualTo(Optional.ofNullable(scope));
    }

    /** Whoever resets the password of somebody with more rights has these rights. */
    @ParameterizedTest
    @EnumSource
    void nobodyChangesAPersonWithMoreRights(Role target) {
        Set<Role> above = Set.of(Role.CITY_ADMINISTRATOR, Role.AUDITOR);
        Place place = Where.BELOW.place.ofPerson("2", Set.of(target));
        for (Act act : List.of(Act.CHANGE_PERSON, Act.DISABLE_PERSON, Act.ENABLE_PERSON, Act.RESET_PASSWORD, Act.CHANGE_ROLES, Act.CHANGE_POSITIONS)) {
            assertThat(Rights.may(actor(Role.CITY_ADMINISTRATOR), act, place)).isTrue();
            assertThat(Rights.may(actor(Role.DISTRICT_ADMINISTRATOR), act, place)).isEqualTo(!above.contains(target));
            assertThat(Rights.may(actor(Role.COMMUNE_ADMINISTRATOR), act, place)).isEqualTo(!above.contains(target) && target != Role.DISTRICT_ADMINISTRATOR);
        }
        assertThat(Rights.may(actor(Role.COMMUNE_ADMINISTRATOR), Act.SEE_PERSON, place)).isTrue();
    }

    private static Actor actor(Role role) {
        return new Actor("1", Set.of(role), Optional.of("quan-1"));
    }

    @Test
    void anAdministratorOfTheCityWithoutAHomeInTheTreeActsNowhere() {
        Actor lost = new Actor("1", Set.of(Role.CITY_ADMINISTRATOR), Optional.empty());
        for (Act act : List.of(Act.CHANGE_PERSON, Act.CREATE_UNIT, Act.MOVE_UNIT, Act.CLOSE_UNIT, Act.EXPORT)) {
            assertThat(Rights.may(lost, act, Where.BELOW.place)).as(act.name()).isFalse();
        }
    }

    @Test
    void aUnitThatIsUnknownOrLiesBelowItselfHasNoPlace() {
        assertThat(Place.of("nowhere", UNITS)).isEmpty();
        assertThat(Place.of("vong-1", UNITS)).isEmpty();
        assertThat(Place.of("phuong-1", UNITS).orElseThrow().path()).containsExactly("phuong-1", "quan-1", "tp");
    }
}
