package antin.otp.passkey;

import antin.otp.passkey.Challenges.Use;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.AttestationConveyancePreference;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableAuthenticationExtensionsClientInputs;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialDescriptor;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialParameters;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.WebAuthnRelyingPartyOperations;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Registers and checks passkeys. What browsers send and get is WebAuthn's JSON (level 3, 5.1: {@code toJSON}). The relying party's name and only origin
 * come from the public address. Safe for use by many threads.
 */
public final class Passkeys {

    public static final int MOST_PER_PERSON = 10;
    private static final List<PublicKeyCredentialParameters> ALGORITHMS = List.of(PublicKeyCredentialParameters.ES256, PublicKeyCredentialParameters.EdDSA, PublicKeyCredentialParameters.RS256);

    private final JdbcClient database;
    private final PasskeyUsers users;
    private final PasskeyRows rows;
    private final Challenges challenges;
    private final WebAuthnRelyingPartyOperations operations;
    private final PublicKeyCredentialRpEntity party;
    private final JsonMapper json = JsonMapper.builder().addModule(new WebauthnJacksonModule()).build();

    /** @param publicUrl what people type, such as {@code https://login.city.example} */
    public Passkeys(JdbcClient database, URI publicUrl, Clock clock) {
        this.database = database;
        this.users = new PasskeyUsers(database);
        this.rows = new PasskeyRows(database, clock);
        this.challenges = new Challenges(database, clock);
        this.party = PublicKeyCredentialRpEntity.builder().id(publicUrl.getHost()).name("Ấn Tín").build();
        String origin = publicUrl.getScheme() + "://" + publicUrl.getAuthority();
        this.operations = new Webauthn4JRelyingPartyOperations(users, rows, party, Set.of(origin));
    }

    /** The oldest first. */
    public List<Passkey> list(String person) {
        return database.sql("SELECT id, name, created, last_used FROM passkey WHERE person = ? ORDER BY created, id").param(person)
            .query((row, number) -> passkey(row)).list();
    }

    private static Passkey passkey(ResultSet row) throws SQLException {
        @Nullable Timestamp used = row.getTimestamp("last_used");
        return new Passkey(new Bytes(row.getBytes("id")).toBase64UrlString(), row.getString("name"), row.getTimestamp("created").toInstant(), Optional.ofNullable(used).map(Timestamp::toInstant));
    }

    public Optional<Passkey> remove(String person, String id) {
        Optional<Passkey> passkey = list(person).stream().filter(known -> known.id().equals(id)).findFirst();
        return passkey.filter(known -> database.sql("DELETE FROM passkey WHERE id = ? AND person = ?").params(Bytes.fromBase64(id).getBytes(), person).update() == 1);
    }

    public int removeAll(String person) {
        return database.sql("DELETE FROM passkey WHERE person = ?").param(person).update();
    }

    /** @param account how the authenticator shows whose it is */
    public String creationOptions(String person, String account, String name) {
        PublicKeyCredentialUserEntity user = users.of(person);
        PublicKeyCredentialCreationOptions options = creation(user, account, name, Bytes.random());
        challenges.keep(options.getChallenge(), Use.ENROLMENT, Optional.of(person));
        return json.writeValueAsString(options);
    }

    /** Whether it is one from now on. @param untrusted what the browser made of the options */
    public boolean register(String person, String name, String untrusted) {
        try {
            PublicKeyCredential<AuthenticatorAttestationResponse> credential = json.readValue(untrusted, new TypeReference<>() { });
            Bytes challenge = challenge(credential.getResponse().getClientDataJSON());
            if (!challenges.take(challenge, Use.ENROLMENT, Optional.of(person)) || list(person).size() >= MOST_PER_PERSON) {
                return false;
            }
            operations.registerCredential(new ImmutableRelyingPartyRegistrationRequest(creation(users.of(person), person, person, challenge), new RelyingPartyPublicKey(credential, name)));
            return true;
        } catch (DataAccessException e) {
            throw e;
        } catch (RuntimeException e) { // webauthn4j has one for each of the twenty steps; to the browser they are one
            return false;
        }
    }

    /** For a second step, of somebody who is known. */
    public String secondOptions(String person) {
        return options(Use.SECOND, Optional.of(person), rows.findByUserId(users.of(person).getId()).stream()
            .map(record -> PublicKeyCredentialDescriptor.builder().id(record.getCredentialId()).transports(record.getTransports()).build()).toList());
    }

    /** For the only step: any passkey that the authenticator can name by itself, its user verified. */
    public String aloneOptions() {
        return options(Use.ALONE, Optional.empty(), List.of());
    }

    public boolean isSecond(String person, String untrusted) {
        return verify(Use.SECOND, Optional.of(person), untrusted).filter(person::equals).isPresent();
    }

    /** Which credential somebody says that it is, to count their tries by; empty for what is none. */
    public Optional<String> named(String untrusted) {
        try {
            PublicKeyCredential<AuthenticatorAssertionResponse> credential = json.readValue(untrusted, new TypeReference<>() { });
            return Optional.of(credential.getRawId().toBase64UrlString());
        } catch (RuntimeException e) { // as below: what is no credential has one cause for us, however many for the parser
            return Optional.empty();
        }
    }

    /** Whose it is; empty where it does not count. */
    public Optional<String> alone(String untrusted) {
        return verify(Use.ALONE, Optional.empty(), untrusted);
    }

    private Optional<String> verify(Use use, Optional<String> person, String untrusted) {
        try {
            PublicKeyCredential<AuthenticatorAssertionResponse> credential = json.readValue(untrusted, new TypeReference<>() { });
            Bytes challenge = challenge(credential.getResponse().getClientDataJSON());
            CredentialRecord record = rows.findByCredentialId(credential.getRawId());
            if (!challenges.take(challenge, use, person) || record == null || isAnothers(record, person)) {
                return Optional.empty();
            }
            PublicKeyCredentialRequestOptions asked = request(use, challenge, List.of());
            return Optional.of(operations.authenticate(new RelyingPartyAuthenticationRequest(asked, credential)).getName());
        } catch (DataAccessException e) {
            throw e;
        } catch (RuntimeException e) { // as above
            return Optional.empty();
        }
    }

    private boolean isAnothers(CredentialRecord record, Optional<String> person) {
        PublicKeyCredentialUserEntity owner = users.findById(record.getUserEntityUserId());
        return owner == null || person.isPresent() && !person.get().equals(owner.getName());
    }

    private String options(Use use, Optional<String> person, List<PublicKeyCredentialDescriptor> allowed) {
        PublicKeyCredentialRequestOptions options = request(use, Bytes.random(), allowed);
        challenges.keep(options.getChallenge(), use, person);
        return json.writeValueAsString(options);
    }

    private PublicKeyCredentialRequestOptions request(Use use, Bytes challenge, List<PublicKeyCredentialDescriptor> allowed) {
        return PublicKeyCredentialRequestOptions.builder().challenge(challenge).rpId(party.getId()).timeout(Challenges.VALID).allowCredentials(allowed)
            .userVerification(use == Use.ALONE ? UserVerificationRequirement.REQUIRED : UserVerificationRequirement.PREFERRED)
            .extensions(new ImmutableAuthenticationExtensionsClientInputs(List.of())).build();
    }

    private PublicKeyCredentialCreationOptions creation(PublicKeyCredentialUserEntity user, String account, String name, Bytes challenge) {
        return PublicKeyCredentialCreationOptions.builder().rp(party).challenge(challenge).pubKeyCredParams(ALGORITHMS).timeout(Challenges.VALID)
            .user(ImmutablePublicKeyCredentialUserEntity.builder().id(user.getId()).name(account).displayName(name).build())
            .excludeCredentials(rows.findByUserId(user.getId()).stream().map(record -> PublicKeyCredentialDescriptor.builder().id(record.getCredentialId()).transports(record.getTransports()).build()).toList())
            .authenticatorSelection(AuthenticatorSelectionCriteria.builder().residentKey(ResidentKeyRequirement.PREFERRED).userVerification(UserVerificationRequirement.PREFERRED).build())
            .attestation(AttestationConveyancePreference.NONE).extensions(new ImmutableAuthenticationExtensionsClientInputs(List.of())).build();
    }

    /** WebAuthn 2, 5.8.1; that it is the signed one is checked after it was taken. */
    private Bytes challenge(Bytes clientData) {
        try {
            return new Bytes(Base64.getUrlDecoder().decode(json.readTree(clientData.getBytes()).path("challenge").asString()));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("No client data", e);
        }
    }
}
