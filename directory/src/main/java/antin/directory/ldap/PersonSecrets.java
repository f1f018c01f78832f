package antin.directory.ldap;

import antin.directory.PasswordState;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.experimental.DraftBeheraLDAPPasswordPolicy10ErrorType;
import com.unboundid.ldap.sdk.experimental.DraftBeheraLDAPPasswordPolicy10RequestControl;
import com.unboundid.ldap.sdk.experimental.DraftBeheraLDAPPasswordPolicy10ResponseControl;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Passwords of people: they are set and tried, and never read. */
final class PersonSecrets {

    private static final int MOST_BYTES = 512;
    private static final String CHANGED = "pwdChangedTime";
    private static final String TEMPORARY = "antinPasswordTemporary";

    private final Places places;
    private final LdapReads reads;
    private final LDAPConnectionPool connections;

    PersonSecrets(Places places, LdapReads reads, LDAPConnectionPool connections) {
        this.places = places;
        this.reads = reads;
        this.connections = connections;
    }

    /** Empty would "succeed" as nobody (RFC 4513, 5.1.2); zero bytes at the end change nothing in HMAC, and so in PBKDF2. */
    static boolean isPassword(String password) {
        return !password.isEmpty() && password.indexOf('\0') < 0 && password.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
    }

    /** Not asked again where the answer is lost: the second would be refused as used before. */
    void set(String number, String password, boolean temporary) {
        if (!Places.isNumber(number)) {
            throw new Refusal("number", Reason.UNKNOWN_PERSON);
        }
        if (!isPassword(password)) {
            throw new Refusal("password", password.isEmpty() ? Reason.MISSING : password.indexOf('\0') >= 0 ? Reason.CONTROL_CHARACTER : Reason.TOO_LONG);
        }
        // One request, so that no temporary password passes for a chosen one, whatever happens between.
        ModifyRequest request = new ModifyRequest(places.person(number), new Modification(ModificationType.REPLACE, "userPassword", password),
            temporary ? new Modification(ModificationType.REPLACE, TEMPORARY, "TRUE") : new Modification(ModificationType.REPLACE, TEMPORARY));
        request.addControl(new DraftBeheraLDAPPasswordPolicy10RequestControl());
        try {
            connections.modify(request);
        } catch (LDAPException e) {
            throw refusal(e);
        }
    }

    /** By the server's clock (draft-behera-ldap-password-policy, 5.3.2). */
    PasswordState state(String number) {
        Optional<SearchResultEntry> entry = Places.isNumber(number) ? reads.entry(places.person(number), CHANGED, TEMPORARY) : Optional.empty();
        return new PasswordState(entry.flatMap(found -> Optional.ofNullable(found.getAttributeValueAsDate(CHANGED))).map(Date::toInstant),
            entry.filter(found -> Boolean.TRUE.equals(found.getAttributeValueAsBoolean(TEMPORARY))).isPresent());
    }

    /** The policy's control says which rule it was (draft-behera-ldap-password-policy, 6.2); the text of the answer is for people. */
    private static RuntimeException refusal(LDAPException no) {
        if (no.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
            return new Refusal("number", Reason.UNKNOWN_PERSON);
        }
        DraftBeheraLDAPPasswordPolicy10ErrorType error = error(no.toLDAPResult());
        if (error == DraftBeheraLDAPPasswordPolicy10ErrorType.PASSWORD_IN_HISTORY) {
            return new Refusal("password", Reason.USED_BEFORE);
        }
        if (error == DraftBeheraLDAPPasswordPolicy10ErrorType.PASSWORD_TOO_SHORT) {
            return new Refusal("password", Reason.TOO_SHORT);
        }
        return error != null || no.getResultCode().equals(ResultCode.CONSTRAINT_VIOLATION) ? new Refusal("password", Reason.TOO_SIMPLE) : LdapReads.away(no);
    }

    private static @Nullable DraftBeheraLDAPPasswordPolicy10ErrorType error(LDAPResult no) {
        try {
            DraftBeheraLDAPPasswordPolicy10ResponseControl control = DraftBeheraLDAPPasswordPolicy10ResponseControl.get(no);
            return control == null ? null : control.getErrorType();
        } catch (LDAPException e) {
            return null;
        }
    }
}
