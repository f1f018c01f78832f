package antin.backbone.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import antin.directory.Unit;
import java.text.Normalizer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupFilterTest {

    private static final Unit UNIT = new Unit("so-noi-vu", "Sở Nội vụ", "city");

    @ParameterizedTest
    @ValueSource(strings = {"displayName eq \"Sở Nội vụ\"", "DISPLAYNAME Eq \"sở nội VỤ\"", "  displayName  eq  \"Sở Nội vụ\"  ",
        "urn:ietf:params:scim:schemas:core:2.0:Group:displayName eq \"Sở Nội vụ\"", "displayName eq \"S\\u1edf N\\u1ed9i v\\u1ee5\""})
    void findsAUnitByItsName(String filter) {
        assertThat(GroupFilter.parse(filter).accepts(UNIT)).isTrue();
    }

    @Test
    void doesNotMindHowTheLettersAreComposed() {
        String filter = Normalizer.normalize("displayName eq \"Sở Nội vụ\"", Normalizer.Form.NFD);
        assertThat(GroupFilter.parse(filter).accepts(UNIT)).isTrue();
        assertThat(GroupFilter.parse("displayName eq \"Sở Nội vụ\"").accepts(new Unit("x", Normalizer.normalize(UNIT.name(), Normalizer.Form.NFD), "city"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"displayName eq \"So Noi vu\"", "displayName eq \"Sở Nội vụ \"", "displayName eq \"\"", "displayName eq \"*\""})
    void findsNoOtherUnit(String filter) {
        assertThat(GroupFilter.parse(filter).accepts(UNIT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "displayName", "displayName eq", "displayName eq Sở", "displayName eq \"Sở", "displayName eq 'Sở'", "displayName ne \"Sở\"",
        "displayName co \"Sở\"", "displayName pr", "id eq \"so-noi-vu\"", "displayName eq \"a\" or displayName eq \"b\"", "(displayName eq \"a\")",
        "not (displayName eq \"a\")", "displayName eq \"a\\\"", "displayName eq \"a\" \"b\"", "displayName eq true", "displayNameeq\"a\"",
        "members.displayName eq \"a\"", "displayName eq \"a\\x\""})
    void refusesEveryOtherForm(String filter) {
        assertThatExceptionOfType(ScimRefusal.class).isThrownBy(() -> GroupFilter.parse(filter))
            .satisfies(refusal -> assertThat(refusal.body()).containsEntry("scimType", "invalidFilter").containsEntry("status", "400"));
    }

    @Test
    void refusesAnEndlessFilter() {
        assertThatExceptionOfType(ScimRefusal.class).isThrownBy(() -> GroupFilter.parse("displayName eq \"" + "a".repeat(100_000) + "\""));
    }

    @Test
    void countsPagesFromOne() {
        List<Integer> all = List.of(1, 2, 3, 4, 5);
        assertThat(Paging.parse(null, null).of(all)).isEqualTo(all);
        assertThat(Paging.parse("2", "2").of(all)).containsExactly(2, 3);
        assertThat(Paging.parse("5", "10").of(all)).containsExactly(5);
        assertThat(Paging.parse("6", "10").of(all)).isEmpty();
        assertThat(Paging.parse("0", "1").of(all)).containsExactly(1);
        assertThat(Paging.parse("-3", "1").of(all)).containsExactly(1);
        assertThat(Paging.parse("1", "0").of(all)).isEmpty();
        assertThat(Paging.parse("1", "-1").of(all)).isEmpty();
        assertThat(Paging.parse("2147483647", "2147483647").of(all)).isEmpty();
        assertThat(Paging.parse("1", "2147483647").count()).isEqualTo(Paging.MOST);
        for (String text : List.of("", "one", "1.5", "2147483648", "1,2")) {
            assertThatExceptionOfType(ScimRefusal.class).isThrownBy(() -> Paging.parse(text, null));
        }
    }
}
