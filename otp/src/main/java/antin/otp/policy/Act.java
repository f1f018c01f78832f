package antin.otp.policy;

/** What a person does, as far as the age of their login matters. */
public enum Act {
    /** Anything that is not named below. */
    LOGIN,
    /** Adding or removing a factor, or a certificate. */
    ENROLMENT,
    /** Making an app password. */
    APP_PASSWORDS,
    /** A token that signs in the person's name. */
    SIGNING,
    /** The pages of administrators, and approvals. */
    ADMINISTRATION
}
