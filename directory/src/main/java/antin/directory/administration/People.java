package antin.directory.administration;

import antin.directory.PersonEntry;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import antin.directory.Role;
import antin.directory.index.Matches;
import antin.directory.password.PasswordPolicy;
import antin.directory.password.TemporaryPassword;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import antin.directory.rights.Rights;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** People, for those who administer them and for themselves. */
public final class People {

    private static final int LARGEST_PHOTO = 100 * 1024;
    private static final long FIRST_NUMBER = 100_001;
    private static final int TRIES = 5;

    private final Desk desk;
    private final PasswordPolicy policy;
    private final ChangePerson changes;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong lastNumber = new AtomicLong();

    People(Desk desk, PasswordPolicy policy) {
        this.desk = desk;
        this.policy = policy;
        this.changes = new ChangePerson(desk);
    }

    /** As the register has it now; without mobile, roles, history and further addresses for those who may see public data only, to whom disabled people do not exist. */
    public Seen<PersonEntry> see(Actor actor, String number) {
        PersonEntry person = desk.register().person(number).orElseThrow(Desk::notFound);
        boolean whole = may(actor, Act.SEE_PERSON, person);
        if (!whole && !person.active()) {
            throw Desk.notFound();
        }
        return new Seen<>(whole ? person : publicPart(person), whole);
    }

    public boolean may(Actor actor, Act act, PersonEntry person) {
        return Rights.may(actor, act, desk.place(person));
    }

    /** Which roles {@code actor} may give this person or take away. */
    public Set<Role> grantable(Actor actor, PersonEntry person) {
        return Arrays.stream(Role.values()).filter(role -> Rights.mayGrant(actor, role, desk.place(person))).collect(Collectors.toUnmodifiableSet());
    }

    /** From the index. Private phones and disabled people are found by those who may see them. */
    public Found<PersonEntry> search(Actor actor, String query, Optional<String> below, boolean withDisabled, int from, int size) {
        Predicate<PersonEntry> whole = wholeFor(actor);
        Matches matches = desk.index().search(query, below.map(desk.index().tree()::within), withDisabled, whole, from, size);
        return new Found<>(matches.page().stream().map(person -> whole.test(person) ? person : publicPart(person)).toList(), matches.total());
    }

    /** A number that nobody has and that was not given out before by this process. */
    public String nextNumber() {
        long highest = desk.index().highestNumber().orElse(FIRST_NUMBER - 1);
        return Long.toString(lastNumber.updateAndGet(last -> Math.max(last, highest) + 1));
    }

    /** Without a password: they cannot log in until {@link #resetPassword}. */
    public PersonEntry create(Actor actor, PersonEntry wanted) {
        return desk.besideOthers(() -> changes.create(desk.fresh(actor), wanted));
    }

    /**
     * Changes what differs. What differs decides what the actor must be allowed to do; a transfer asks for the old home and the new. Head posts in units that the person no
     * longer works in end with it, and all with their account.
     *
     * @param before what the actor saw, with its revision
     */
    public PersonEntry change(Actor actor, PersonEntry before, PersonEntry after) {
        return changes.change(desk.fresh(actor), before, after);
    }

    /** Sets a random password and returns it, to be told to the person once, who must choose another at the next login. */
    public String resetPassword(Actor actor, String number) {
        Actor now = desk.fresh(actor);
        PersonEntry person = desk.register().person(number).orElseThrow(Desk::notFound);
        Map<String, String> what = Map.of("person", number, "unit", person.unit());
        desk.trail().checked("directory.person.password", now.number(), what, () -> {
            desk.require(now, Act.RESET_PASSWORD, desk.place(person), "password");
            return person;
        });
        return desk.trail().kept("directory.person.password", now.number(), what, () -> {
            String password = temporary(person);
            desk.register().setTemporaryPassword(number, password);
            writeDown(number, new HistoryLine(desk.clock().instant(), now.number(), "password", "", "reset"));
            return password;
        });
    }

    /** Phones and language of the actor themselves. */
    public PersonEntry changeOwn(Actor actor, PersonEntry before, String phone, String mobile, String language) {
        return changes.changeOwn(desk.fresh(actor), before, before.withPhones(phone, mobile).withLanguage(language));
    }

    /** Sets the actor's own photo; no bytes remove it. The caller has encoded it anew, so that nothing but a picture is in it. */
    public void setOwnPhoto(Actor actor, byte[] jpeg) {
        Actor now = desk.fresh(actor);
        PersonEntry self = desk.register().person(now.number()).orElseThrow(Desk::notFound);
        Map<String, String> what = Map.of("person", now.number(), "unit", self.unit());
        desk.trail().checked("directory.person.photo", now.number(), what, () -> {
            desk.require(now, Act.CHANGE_OWN_PHOTO, desk.place(self), "photo");
            return self;
        });
        Desk.refuseUnless(jpeg.length <= LARGEST_PHOTO, "photo", Reason.TOO_LONG);
        Desk.refuseUnless(jpeg.length == 0 || isJpeg(jpeg), "photo", Reason.MALFORMED);
        desk.trail().kept("directory.person.photo", now.number(), what, () -> {
            desk.register().setPhoto(now.number(), jpeg);
            return self;
        });
    }

    /** Of whom the actor may see; disabled people's only with the whole entry. */
    public Optional<byte[]> photo(Actor actor, String number) {
        return desk.index().person(number).filter(person -> person.active() || may(actor, Act.SEE_PERSON, person)).flatMap(person -> desk.register().photo(number));
    }

    /** Answers for thousands: rights are asked once a unit. */
    private Predicate<PersonEntry> wholeFor(Actor actor) {
        Map<String, Boolean> units = new HashMap<>();
        return person -> person.number().equals(actor.number()) || units.computeIfAbsent(person.unit(), unit -> Rights.may(actor, Act.SEE_PERSON, desk.place(unit)));
    }

    static PersonEntry publicPart(PersonEntry person) {
        return person.withAddresses(person.address(), List.of()).withPhones(person.phone(), "").withRoles(Set.of()).withHistory(List.of());
    }

    /** One in millions has a word of its owner in it. */
    private String temporary(PersonEntry person) {
        for (int i = 1;; i++) {
            String password = TemporaryPassword.generate(policy, random);
            try {
                policy.check(person.roles(), password, person);
                return password;
            } catch (Refusal e) {
                if (i == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** The password is set: a line of history is tried a few times beside others' changes, and the audit log has it in any case. */
    private void writeDown(String number, HistoryLine line) {
        for (int i = 0; i < TRIES; i++) {
            PersonEntry person = desk.register().person(number).orElseThrow(Desk::notFound);
            try {
                desk.index().took(desk.register().change(person, person.withHistory(HistoryLine.appended(person.history(), List.of(line)))));
                return;
            } catch (Refusal e) {
                if (e.reason() != Reason.CHANGED_MEANWHILE) {
                    throw e;
                }
            }
        }
    }

    private static boolean isJpeg(byte[] bytes) {
        return bytes.length > 4 && bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xd8 && bytes[2] == (byte) 0xff; // ITU-T T.81, B.1.1.3: SOI, then a marker
    }
}
