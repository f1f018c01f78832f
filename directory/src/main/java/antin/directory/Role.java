package antin.directory;

/** What a person may do beyond using their own mailbox and account. Administrators act for the part below their own unit. */
public enum Role {
    CITY_ADMINISTRATOR, DISTRICT_ADMINISTRATOR, COMMUNE_ADMINISTRATOR, AUDITOR, LEADER, CLERK, STAFF
}
