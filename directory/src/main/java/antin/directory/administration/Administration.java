package antin.directory.administration;

import antin.directory.Levels;
import antin.directory.Register;
import antin.directory.index.DirectoryIndex;
import antin.directory.password.PasswordPolicy;
import antin.directory.rights.Actor;
import antin.kernel.audit.AuditLog;
import java.time.Clock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * What is done to the directory, for pages, import and SCIM alike: who may ({@link antin.directory.rights.Rights}), whether it makes sense in the tree, history and audit.
 * One per process. Each write asks the register anew who its actor is. Safe for use by many threads.
 *
 * <p>What is refused is a {@link antin.directory.Refusal} that names the field; what cannot be looked at, or is not there, a {@link antin.kernel.Problem}.
 */
public final class Administration {

    private final Register register;
    private final DirectoryIndex index;
    private final Levels levels;
    private final PasswordPolicy policy;
    private final String mailDomain;
    private final AuditLog audit;
    private final Clock clock;
    private final ReadWriteLock lock;
    private final People people;
    private final Units units;
    private final Groups groups;
    private final Mailboxes mailboxes;

    public Administration(Register register, DirectoryIndex index, Levels levels, PasswordPolicy policy, String mailDomain, AuditLog audit, Clock clock) {
        this(register, index, levels, policy, mailDomain, audit, clock, new ReentrantReadWriteLock(), audit, number -> Desk.read(register, index, number));
    }

    private Administration(Register register, DirectoryIndex index, Levels levels, PasswordPolicy policy, String mailDomain, AuditLog audit, Clock clock, ReadWriteLock lock,
        @Nullable AuditLog eachAct, Desk.ActorSource actors) {
        this.register = register;
        this.index = index;
        this.levels = levels;
        this.policy = policy;
        this.mailDomain = mailDomain;
        this.audit = audit;
        this.clock = clock;
        this.lock = lock;
        Desk desk = new Desk(register, index, levels, mailDomain, new Trail(eachAct), clock, lock, actors);
        people = new People(desk, policy);
        units = new Units(desk);
        groups = new Groups(desk);
        mailboxes = new Mailboxes(desk);
    }

    /**
     * The same rules for many changes at once: no audit line for each, since the caller keeps one for all (an import, with the hash of its file), and who acts is asked
     * every second only.
     */
    public Administration inBulk() {
        return new Administration(register, index, levels, policy, mailDomain, audit, clock, lock, null, new RecentActor(number -> Desk.read(register, index, number), clock));
    }

    /** The same rules for another register, such as one in memory where a change is tried first. */
    public Administration on(Register other, DirectoryIndex itsIndex) {
        return new Administration(other, itsIndex, levels, policy, mailDomain, audit, clock);
    }

    /** Who somebody is now. Throws {@link antin.kernel.Problem} NOT_ALLOWED for a number that is unknown or disabled. */
    public Actor actor(String number) {
        return Desk.read(register, index, number);
    }

    public People people() {
        return people;
    }

    public Units units() {
        return units;
    }

    public Groups groups() {
        return groups;
    }

    public Mailboxes mailboxes() {
        return mailboxes;
    }

    public DirectoryIndex index() {
        return index;
    }

    public Register register() {
        return register;
    }

    public Levels levels() {
        return levels;
    }

    public AuditLog audit() {
        return audit;
    }
}
