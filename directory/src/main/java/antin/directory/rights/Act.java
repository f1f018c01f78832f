package antin.directory.rights;

/**
 * What somebody wants to do to a target. Its place in the tree is the unit it belongs to: a person's home unit, a unit itself,
 * the unit that owns a group or a functional mailbox, the unit that an audit record speaks of.
 */
public enum Act {
    /** Name, unit, position, office phone and address: what the address book shows. */
    SEE_PUBLIC_DATA(Reach.EVERYBODY),
    /** The whole entry of a person: private phone, status, roles, history. */
    SEE_PERSON(Reach.OWN_PERSON),
    /** Name, position, addresses, home unit within reach. */
    CHANGE_PERSON(Reach.SUBTREE),
    CHANGE_OWN_PHONE(Reach.OWN_PERSON),
    CHANGE_OWN_PHOTO(Reach.OWN_PERSON),
    CHANGE_OWN_LANGUAGE(Reach.OWN_PERSON),
    CREATE_PERSON(Reach.SUBTREE),
    DISABLE_PERSON(Reach.SUBTREE),
    ENABLE_PERSON(Reach.SUBTREE),
    RESET_PASSWORD(Reach.SUBTREE),
    /** Which second factors, app passwords and sessions a person has; never a secret. */
    SEE_ACCESS(Reach.SUBTREE),
    /** Taking all of a person's second factors away, which a second administrator must allow. */
    RESET_FACTORS(Reach.SUBTREE),
    /** Ending a person's sessions and app passwords. */
    END_LOGINS(Reach.SUBTREE),
    /** Rights are given downwards only; which roles, {@link Rights#mayGrant} tells. */
    CHANGE_ROLES(Reach.SUBTREE),
    /** A position in a unit, besides the home unit; asked on the unit of the position. */
    CHANGE_POSITIONS(Reach.SUBTREE),
    /** History of a unit, its disabled people, its groups and functional mailboxes. */
    SEE_UNIT(Reach.SUBTREE),
    CHANGE_UNIT(Reach.SUBTREE),
    /** Below the target unit. */
    CREATE_UNIT(Reach.SUBTREE),
    /** One that stands at the top. */
    CREATE_TOP_UNIT(Reach.CITY),
    /** Changes what stands above the target; asked a second time on the new place, as {@link #CREATE_UNIT}. */
    MOVE_UNIT(Reach.BELOW_OWN_UNIT),
    CLOSE_UNIT(Reach.BELOW_OWN_UNIT),
    MANAGE_GROUPS(Reach.SUBTREE),
    MANAGE_MAILBOXES(Reach.SUBTREE),
    IMPORT(Reach.SUBTREE),
    EXPORT(Reach.SUBTREE),
    READ_AUDIT(Reach.SUBTREE),
    /** Levels, password policy, replication: the city's own business. */
    CHANGE_SETTINGS(Reach.CITY),
    /** Programs that log people in by us, or act for themselves. */
    MANAGE_CLIENTS(Reach.CITY);

    /** How far an act goes for those who are neither auditor nor anything special. */
    enum Reach {
        /** Whoever is logged in. */
        EVERYBODY,
        /** The person for themselves; administrators for their subtree where {@link Act#forSelfOnly} does not forbid. */
        OWN_PERSON,
        /** Administrators, for the unit they act for and all below it; of the city, for every tree in it. */
        SUBTREE,
        /** Administrators, for all below the unit they act for but not for that unit: nobody saws off the branch they sit on. */
        BELOW_OWN_UNIT,
        /** Administrators of the city. */
        CITY
    }

    private final Reach reach;

    Act(Reach reach) {
        this.reach = reach;
    }

    Reach reach() {
        return reach;
    }

    /** Whether it only looks: an auditor may. */
    public boolean isReading() {
        return this == SEE_PUBLIC_DATA || this == SEE_PERSON || this == SEE_UNIT || this == EXPORT || this == READ_AUDIT || this == SEE_ACCESS;
    }

    /** An administrator has {@link #CHANGE_PERSON} for others; these three stay a person's own. */
    boolean forSelfOnly() {
        return this == CHANGE_OWN_PHONE || this == CHANGE_OWN_PHOTO || this == CHANGE_OWN_LANGUAGE;
    }
}
