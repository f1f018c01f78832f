package antin.directory.administration;

import static antin.directory.administration.PeopleTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.FunctionalMailbox;
import antin.directory.FunctionalMailbox.AGroup;
import antin.directory.FunctionalMailbox.OnePerson;
import antin.directory.Group;
import antin.directory.Group.BelowUnit;
import antin.directory.Group.Fixed;
import antin.directory.Group.HeadsBelow;
import antin.directory.Group.OfUnit;
import antin.directory.PersonEntry;
import antin.directory.Refusal.Reason;
import antin.directory.Role;
import antin.directory.UnitEntry;
import antin.directory.rights.Actor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnitsTest {

    private static final TestCity CITY = TestCity.shared();
    private static final Units UNITS = CITY.administration.units();
    private static final Groups GROUPS = CITY.administration.groups();
    private static final Mailboxes MAILBOXES = CITY.administration.mailboxes();

    @Test
    void growsATree() {
        UnitEntry office = CITY.found("phong-cay-1", "district", "quan-hoa-binh");
        CITY.found("phong-cay-2", "district", "phong-cay-1");
        assertThat(UNITS.path("phong-cay-2")).extracting(UnitEntry::id).containsExactly("ubnd-tp", "quan-hoa-binh", "phong-cay-1", "phong-cay-2");
        assertThat(UNITS.below("quan-hoa-binh")).extracting(UnitEntry::id).contains("phong-cay-1").doesNotContain("phong-cay-2");
        assertThat(UNITS.see(CITY.city(), "phong-cay-1")).isEqualTo(new Seen<>(office, true));
        assertThat(UNITS.see(CITY.actor("huong.vu"), "phong-cay-1").entry().history()).isEmpty();
        CITY.hire("phong-cay-2", Role.STAFF);
        assertThat(UNITS.people("phong-cay-1", false)).isZero();
        assertThat(UNITS.people("phong-cay-1", true)).isEqualTo(1);
        refused("id", Reason.EXISTS, () -> CITY.found("phong-cay-1", "district", "quan-hoa-binh"));
    }

    @Test
    void whoMayNotIsRefused() {
        UnitEntry unit = CITY.found("phong-quyen", "commune", "phuong-tan-an");
        for (String local : List.of("ngan.ngo", "son.dinh", "duong.pham", "an.nguyen", "quynh.ly")) {
            Actor actor = CITY.actor(local);
            refused("name", Reason.NOT_ALLOWED, () -> UNITS.change(actor, unit, unit.withNames("Khác", unit.kind(), unit.body(), "")));
            refused("parent", Reason.NOT_ALLOWED, () -> UNITS.change(actor, unit, unit.withPlace(unit.level(), "phuong-phuc-loi")));
            refused("parent", Reason.NOT_ALLOWED, () -> UNITS.create(actor, TestCity.unit("phong-khac", "commune", "phuong-tan-an")));
            refused("parent", Reason.NOT_ALLOWED, () -> UNITS.create(actor, TestCity.unit("cay-khac", "city", null)));
            refused("status", Reason.NOT_ALLOWED, () -> UNITS.close(actor, unit.id()));
        }
        UnitEntry own = CITY.register.unit("phuong-tan-an").orElseThrow();
        refused("status", Reason.NOT_ALLOWED, () -> UNITS.close(CITY.actor("phuc.duong"), own.id()));
        refused("parent", Reason.NOT_ALLOWED, () -> UNITS.change(CITY.actor("phuc.duong"), own, own.withPlace(own.level(), "xa-long-son")));
        refused("parent", Reason.NOT_ALLOWED, () -> UNITS.change(CITY.actor("phuc.duong"), unit, unit.withPlace(unit.level(), "phuong-phuc-loi")));
        assertThat(UNITS.change(CITY.actor("phuc.duong"), unit, unit.withNames("Phòng mới", unit.kind(), unit.body(), "")).name()).isEqualTo("Phòng mới");
        assertThat(UNITS.create(CITY.city(), TestCity.unit("dang-bo", "city", null)).parent()).isNull();
        assertThat(UNITS.create(CITY.city(), TestCity.unit("van-phong-dang", "city", "dang-bo")).parent()).isEqualTo("dang-bo");
    }

    @Test
    void keepsLevelsInOrder() {
        refused("level", Reason.WRONG_LEVEL, () -> CITY.found("cap-sai", "city", "quan-hoa-binh"));
        refused("level", Reason.UNKNOWN_WORD, () -> CITY.found("cap-la", "province", "quan-hoa-binh"));
        refused("parent", Reason.UNKNOWN_UNIT, () -> CITY.found("cap-nua", "district", "no-such-unit"));
        UnitEntry above = CITY.found("cap-tren", "district", "quan-hoa-binh");
        CITY.found("cap-duoi", "district", "cap-tren");
        refused("level", Reason.WRONG_LEVEL, () -> UNITS.change(CITY.city(), above, above.withPlace("commune", "quan-hoa-binh")));
    }

    @Test
    void aUnitNeverStandsBelowItself() {
        UnitEntry one = CITY.found("vong-1", "district", "quan-hoa-binh");
        CITY.found("vong-2", "district", "vong-1");
        UnitEntry three = CITY.found("vong-3", "district", "vong-2");
        refused("parent", Reason.BELOW_ITSELF, () -> UNITS.change(CITY.city(), one, one.withPlace("district", "vong-3")));
        refused("parent", Reason.BELOW_ITSELF, () -> UNITS.change(CITY.city(), one, one.withPlace("district", "vong-1")));
        UnitEntry moved = UNITS.change(CITY.city(), three, three.withPlace("district", "huyen-an-khanh"));
        assertThat(UNITS.path("vong-3")).extracting(UnitEntry::id).containsExactly("ubnd-tp", "huyen-an-khanh", "vong-3");
        UnitEntry freshOne = CITY.register.unit("vong-1").orElseThrow();
        UNITS.change(CITY.city(), freshOne, freshOne.withPlace("district", "vong-3"));
        assertThat(UNITS.path("vong-2")).extracting(UnitEntry::id).containsExactly("ubnd-tp", "huyen-an-khanh", "vong-3", "vong-1", "vong-2");
        assertThat(moved.history()).last().asString().endsWith("parent vong-2 > huyen-an-khanh");
        assertThat(CITY.register.unit("vong-2").orElseThrow().parent()).isEqualTo("vong-1");
    }

    @Test
    void hasOneHeadWhoWorksInIt() {
        UnitEntry unit = CITY.found("phong-truong", "district", "quan-hoa-binh");
        PersonEntry head = CITY.hire("phong-truong", Role.LEADER);
        PersonEntry other = CITY.hire("phong-truong", Role.LEADER);
        PersonEntry stranger = CITY.hire("so-tai-chinh", Role.LEADER);
        refused("head", Reason.NOT_A_MEMBER, () -> UNITS.change(CITY.city(), unit, unit.withHead(Optional.of(stranger.number()))));
        refused("head", Reason.UNKNOWN_PERSON, () -> UNITS.change(CITY.city(), unit, unit.withHead(Optional.of("999999999"))));
        UnitEntry led = UNITS.change(CITY.city(), unit, unit.withHead(Optional.of(head.number())));
        refused("head", Reason.TWO_HEADS, () -> UNITS.change(CITY.city(), led, led.withHead(Optional.of(other.number()))));
        assertThat(UNITS.staff(CITY.city(), "phong-truong")).first().extracting(PersonEntry::number).isEqualTo(head.number());
        UnitEntry free = UNITS.change(CITY.city(), led, led.withHead(Optional.empty()));
        assertThat(UNITS.change(CITY.city(), free, free.withHead(Optional.of(other.number()))).head()).hasValue(other.number());
        refused("", Reason.CHANGED_MEANWHILE, () -> UNITS.change(CITY.city(), free, free.withHead(Optional.of(head.number()))));
    }

    @Test
    void closesOnlyWhatNobodyNeeds() {
        CITY.found("dong-cua", "district", "quan-hoa-binh");
        UnitEntry below = CITY.found("dong-cua-duoi", "district", "dong-cua");
        refused("status", Reason.NOT_EMPTY, () -> UNITS.close(CITY.city(), "dong-cua"));
        UNITS.close(CITY.city(), below.id());
        PersonEntry hired = CITY.hire("dong-cua", Role.STAFF);
        refused("status", Reason.NOT_EMPTY, () -> UNITS.close(CITY.city(), "dong-cua"));
        PersonEntry gone = CITY.administration.people().change(CITY.city(), hired, hired.withActive(false));
        Group rule = GROUPS.create(CITY.city(), new Group("nhom-dong", "Nhóm", "quan-hoa-binh", new BelowUnit("dong-cua"), List.of(), 0));
        refused("status", Reason.STILL_USED, () -> UNITS.close(CITY.city(), "dong-cua"));
        GROUPS.remove(CITY.city(), rule);
        FunctionalMailbox mailbox = MAILBOXES.create(CITY.city(), mailbox("hop-dong", "dong-cua"));
        refused("status", Reason.STILL_USED, () -> UNITS.close(CITY.city(), "dong-cua"));
        MAILBOXES.change(CITY.city(), mailbox, mailbox.with(mailbox.name(), mailbox.address(), List.of(), false));
        UnitEntry closed = UNITS.close(CITY.city(), "dong-cua");
        assertThat(closed.active()).isFalse();
        refused("unit", Reason.CLOSED, () -> CITY.hire("dong-cua"));
        refused("unit", Reason.CLOSED, () -> CITY.administration.people().change(CITY.city(), gone, gone.withActive(true)));
        refused("parent", Reason.CLOSED, () -> CITY.found("dong-cua-nua", "district", "dong-cua"));
        refused("parent", Reason.CLOSED, () -> {
            UnitEntry fresh = CITY.register.unit(below.id()).orElseThrow();
            UNITS.change(CITY.city(), fresh, fresh.withActive(true));
        });
        assertThat(UNITS.change(CITY.city(), closed, closed.withActive(true)).active()).isTrue();
    }

    @Test
    void groupsHaveTheMembersOfTheirRule() {
        CITY.found("nhom-quan", "district", "ubnd-tp");
        UnitEntry commune = CITY.found("nhom-phuong", "commune", "nhom-quan");
        PersonEntry here = CITY.hire("nhom-quan", Role.STAFF);
        PersonEntry head = CITY.hire("nhom-phuong", Role.LEADER);
        UNITS.change(CITY.city(), commune, commune.withHead(Optional.of(head.number())));
        assertThat(members("nhom-1", new Fixed(Set.of(here.number())))).containsExactly(here.number());
        assertThat(members("nhom-2", new OfUnit("nhom-quan"))).containsExactly(here.number());
        assertThat(members("nhom-3", new BelowUnit("nhom-quan"))).containsExactlyInAnyOrder(here.number(), head.number());
        assertThat(members("nhom-4", new HeadsBelow("nhom-quan", "commune"))).containsExactly(head.number());
        CITY.administration.people().change(CITY.city(), here, here.withActive(false));
        assertThat(GROUPS.members(CITY.city(), "nhom-1", 10)).isEmpty();
        refused("rule", Reason.UNKNOWN_UNIT, () -> members("nhom-5", new OfUnit("no-such-unit")));
        refused("rule", Reason.UNKNOWN_WORD, () -> members("nhom-5", new HeadsBelow("nhom-quan", "province")));
        refused("members", Reason.UNKNOWN_PERSON, () -> members("nhom-5", new Fixed(Set.of("999999999"))));
        refused("unit", Reason.NOT_ALLOWED, () -> GROUPS.create(CITY.actor("phuc.duong"), new Group("nhom-6", "Nhóm", "nhom-quan", new OfUnit("nhom-quan"), List.of(), 0)));
        Group group = GROUPS.see(CITY.city(), "nhom-2").entry();
        refused("", Reason.NOT_ALLOWED, () -> GROUPS.change(CITY.actor("phuc.duong"), group, group.with("Khác", group.members())));
        refused("", Reason.NOT_ALLOWED, () -> GROUPS.remove(CITY.actor("phuc.duong"), group));
        assertThat(GROUPS.list(CITY.actor("huong.vu"), Optional.empty())).isEmpty();
        assertThat(GROUPS.list(CITY.city(), Optional.of("nhom-quan"))).extracting(Group::id).contains("nhom-1", "nhom-4");
    }

    @Test
    void aMailboxIsOpenedToPeopleAndGroupsThatExist() {
        PersonEntry clerk = CITY.hire("phuong-tan-an", Role.CLERK);
        Group group = GROUPS.create(CITY.actor("phuc.duong"), new Group("nhom-van-thu", "Văn thư", "phuong-tan-an", new OfUnit("phuong-tan-an"), List.of(), 0));
        FunctionalMailbox wanted = mailbox("van-thu-tan-an", "phuong-tan-an").withGrants(Set.of(new OnePerson(clerk.number()), new AGroup("nhom-van-thu")), Set.of(new OnePerson(clerk.number())));
        refused("unit", Reason.NOT_ALLOWED, () -> MAILBOXES.create(CITY.actor("son.dinh"), wanted));
        refused("grantee", Reason.UNKNOWN_GROUP, () -> MAILBOXES.create(CITY.city(), wanted.withGrants(Set.of(new AGroup("no-such-group")), Set.of())));
        refused("grantee", Reason.UNKNOWN_PERSON, () -> MAILBOXES.create(CITY.city(), wanted.withGrants(Set.of(), Set.of(new OnePerson("999999999")))));
        refused("mail", Reason.NOT_OURS, () -> MAILBOXES.create(CITY.city(), wanted.with(wanted.name(), "vt@elsewhere.example", List.of(), true)));
        refused("mail", Reason.TAKEN, () -> MAILBOXES.create(CITY.city(), wanted.with(wanted.name(), clerk.address(), List.of(), true)));
        FunctionalMailbox made = MAILBOXES.create(CITY.actor("phuc.duong"), wanted);
        assertThat(MAILBOXES.see(CITY.city(), made.id()).entry()).isEqualTo(made);
        refused("", Reason.STILL_USED, () -> GROUPS.remove(CITY.city(), group));
        refused("status", Reason.STILL_USED, () -> MAILBOXES.remove(CITY.city(), made));
        FunctionalMailbox silent = MAILBOXES.change(CITY.city(), made, made.with(made.name(), made.address(), made.further(), false));
        MAILBOXES.remove(CITY.city(), silent);
        GROUPS.remove(CITY.city(), group);
        assertThat(CITY.register.mailbox(made.id())).isEmpty();
        assertThat(CITY.register.group(group.id())).isEmpty();
        assertThat(CITY.audited()).anyMatch(line -> line.contains("directory.group.removed") && line.contains("done") && line.contains("nhom-van-thu"));
    }

    private static FunctionalMailbox mailbox(String id, String unit) {
        return new FunctionalMailbox(id, "Hộp thư " + id, id + "@city.example", List.of(), unit, true, Set.of(), Set.of(), List.of(), 0);
    }

    private static List<String> members(String id, Group.Members members) {
        GROUPS.create(CITY.city(), new Group(id, "Nhóm " + id, "nhom-quan", members, List.of(), 0));
        return GROUPS.members(CITY.city(), id, 100).stream().map(PersonEntry::number).toList();
    }
}
