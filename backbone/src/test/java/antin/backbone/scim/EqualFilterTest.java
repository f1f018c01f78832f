package antin.backbone.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.text.Normalizer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EqualFilterTest {

    private static final String NAME = "Sở Nội vụ";

    @ParameterizedTest
    @ValueSource(strings = {"displayName eq \"Sở Nội vụ\"", "DISPLAYNAME Eq \"sở nội VỤ\"", "  displayName  eq  \"Sở Nội vụ\"  ",
        "urn:ietf:params:scim:schemas:core:2.0:Group:displayName eq \"Sở Nội vụ\"", "displayName eq \"S\\u1edf N\\u1ed9i v\\u1ee5\""})
    void findsAUnitByItsName(String filter) {
        assertThat(parse(filter).accepts(NAME)).isTrue();
    }

    @Test
    void doesNotMindHowTheLettersAreComposed() {
        String filter = Normalizer.normalize("displayName eq \"Sở Nội vụ\"", Normalizer.Form.NFD);
        assertThat(parse(filter).accepts(NAME)).isTrue();
        assertThat(parse("displayName eq \"Sở Nội vụ\"").accepts(Normalizer.normalize(NAME, Normalizer.Form.NFD))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"displayName eq \"So Noi vu\"", "displayName eq \"Sở Nội vụ \"", "displayName eq \"\"", "displayName eq \"*\""})
    void findsNoOtherUnit(String filter) {
        assertThat(parse(filter).accepts(NAME)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "displayName", "displayName eq", "displayName eq Sở", "displayName eq \"Sở", "displayName eq 'Sở'", "displayName ne \"Sở\"",
        "displayName co \"Sở\"", "displayName pr", "id eq \"so-noi-vu\"", "displayName eq \"a\" or displayName eq \"b\"", "(displayName eq \"a\")",
        "not (displayName eq \"a\")", "displayName eq \"a\\\"", "displayName eq \"a\" \"b\"", "displayName eq true", "displayNameeq\"a\"",
        "members.displayName eq \"a\"", "displayName eq \"a\\x\""})
    void refusesEveryOtherForm(String filter) {
        assertThatExceptionOfType(ScimRefusal.class).isThrownBy(() -> parse(filter))
            .satisfies(refusal -> assertThat(refusal.body()).containsEntry("scimType", "invalidFilter").containsEntry("status", "400"));
    }

    @Test
    void refusesAnEndlessFilter() {
        assertThatExceptionOfType(ScimRefusal.class).isThrownBy(() -> parse("displayName eq \"" + "a".repeat(100_000) + "\""));
    }

    @Test
    void readsEveryAttributeThatIsOffered() {
        assertThat(EqualFilter.parse("urn:x:User:EMAILS.value eq \"a@b\"", "urn:x:User", List.of("userName", "emails.value"))).isEqualTo(new EqualFilter("emails.value", "a@b"));
    }

    private static EqualFilter parse(String filter) {
        return EqualFilter.parse(filter, "urn:ietf:params:scim:schemas:core:2.0:Group", List.of("displayName"));
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
