package antin.ca.request;

import antin.ca.CertificateRequest;
import antin.ca.authority.Authority.Request;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.util.IPAddress;

/** What a request must say for a certificate to be made of it. The backbone asked the directory; this side looks again. */
public final class RequestRules {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern ACTOR = Pattern.compile("[^\\p{Cntrl}]{1,200}");
    /** The form that certificates can carry (RFC 5280, 4.2.1.6: ASCII), without quoted local parts. */
    private static final Pattern EMAIL = Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.)+[A-Za-z0-9-]{1,63}");
    private static final int LONGEST_EMAIL = 254;
    private static final int MOST_EMAILS = 10;
    /** A name with a letter in its last label, so that nothing is taken for a name that somebody reads as an address. */
    private static final Pattern HOST = Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final int LONGEST_HOST = 253;
    private static final int MOST_HOSTS = 20;

    private RequestRules() {
    }

    /** Throws Problem of kind {@code MALFORMED_REQUEST} that says what is wrong. */
    public static CheckedRequest check(CertificateRequest request) {
        if (!ID.matcher(request.id()).matches()) {
            throw malformed("The id has 1 to 64 of A-Z a-z 0-9 . _ -");
        }
        checkActor(request.actor());
        Offer offer = Offer.named(request.profile());
        offer.subject().check(request.subject());
        checkEmails(request.emails());
        checkHosts(request.hosts());
        Optional<GeneralNames> names = offer.names(request.emails(), request.hosts());
        PublicKey key = KeyRules.provenKey(request.pkcs10());
        return new CheckedRequest(request.id(), new Request(offer.profile(), request.subject(), key, names), offer.issuer().of(request.subject()), content(request, key),
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

    private static void checkHosts(List<String> hosts) {
        if (hosts.size() > MOST_HOSTS || hosts.stream().anyMatch(host -> host.length() > LONGEST_HOST || !IPAddress.isValid(host) && !HOST.matcher(host).matches())) {
            throw malformed("At most " + MOST_HOSTS + " hosts, each a DNS name in ASCII or an IP address, without a wildcard.");
        }
    }

    private static byte[] content(CertificateRequest request, PublicKey key) {
        List<byte[]> parts = new ArrayList<>(List.of(utf8(request.profile()), request.subject().getEncoded(), utf8(String.join(" ", request.emails())), key.getEncoded()));
        if (!request.hosts().isEmpty()) { // what was asked for before there were hosts stays the same wish
            parts.add(utf8(String.join(" ", request.hosts())));
        }
        return sha256(parts);
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
