package antin.ca.request;

import antin.ca.CertificateRequest;
import antin.ca.authority.Authority.Request;
import antin.ca.authority.CertificateNames;
import antin.ca.authority.Profile;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralNames;

/** What a request must say for a certificate to be made of it. The backbone asked the directory; this side looks again. */
public final class RequestRules {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern ACTOR = Pattern.compile("[^\\p{Cntrl}]{1,200}");
    /** The form that certificates can carry (RFC 5280, 4.2.1.6: ASCII), without quoted local parts. */
    private static final Pattern EMAIL = Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.)+[A-Za-z0-9-]{1,63}");
    private static final int LONGEST_EMAIL = 254;
    private static final int MOST_EMAILS = 10;

    /** A kind of certificate that is issued on request. */
    private record Offer(Profile profile, SubjectRules subject) {
    }

    private static final Map<String, Offer> OFFERS = Map.of(
        Profile.AGENCY_SEAL.name(), new Offer(Profile.AGENCY_SEAL, SubjectRules.AGENCY),
        Profile.PERSON_SIGNING.name(), new Offer(Profile.PERSON_SIGNING, SubjectRules.PERSON),
        Profile.PERSON_LOGIN.name(), new Offer(Profile.PERSON_LOGIN, SubjectRules.PERSON));

    private RequestRules() {
    }

    /** Throws Problem of kind {@code MALFORMED_REQUEST} that says what is wrong. */
    public static CheckedRequest check(CertificateRequest request) {
        if (!ID.matcher(request.id()).matches()) {
            throw malformed("The id has 1 to 64 of A-Z a-z 0-9 . _ -");
        }
        checkActor(request.actor());
        Offer offer = OFFERS.get(request.profile());
        if (offer == null) {
            throw malformed("There is no such profile. There are: " + String.join(", ", OFFERS.keySet().stream().sorted().toList()) + ".");
        }
        offer.subject.check(request.subject());
        checkEmails(request.emails());
        PublicKey key = KeyRules.provenKey(request.pkcs10());
        Optional<GeneralNames> names = request.emails().isEmpty() ? Optional.empty()
            : Optional.of(CertificateNames.emails(request.emails()));
        return new CheckedRequest(request.id(), new Request(offer.profile, request.subject(), key, names), content(request, key),
            sha256(List.of(key.getEncoded())), request.actor());
    }

    public static void checkActor(String actor) {
        if (!ACTOR.matcher(actor).matches()) {
            throw malformed("The actor has 1 to 200 characters, and none that cannot be printed.");
        }
    }

    private static void checkEmails(List<String> emails) {
        if (emails.size() > MOST_EMAILS || emails.stream().anyMatch(email -> email.length() > LONGEST_EMAIL || !EMAIL.matcher(email).matches())) {
            throw malformed("At most " + MOST_EMAILS + " mail addresses, each as local@domain in ASCII.");
        }
    }

    private static byte[] content(CertificateRequest request, PublicKey key) {
        return sha256(List.of(utf8(request.profile()), request.subject().getEncoded(), utf8(String.join(" ", request.emails())), key.getEncoded()));
    }

    /** Of the parts with their lengths, so that no part runs into the next. */
    private static byte[] sha256(List<byte[]> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                if (parts.size() > 1) {
                    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
                }
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Problem malformed(String detail) {
        return new Problem(Kind.MALFORMED_REQUEST, detail);
    }
}
