package antin.mail.login;

import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import antin.mail.login.Credentials.AppPassword;
import antin.mail.session.Access;
import antin.mail.session.EndedRecently;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers for half a minute which app passwords backbone let in: a mail program opens several connections at once, with the same password from the same address.
 * One that was ended is asked about at once, and so is every one while backbone does not tell what was ended. Wrong ones are never remembered. Passwords are known by a
 * hash under a key of this process only. Safe for use by many threads.
 */
public final class RememberedLogins implements MailLogins {

    static final Duration LIFE = Duration.ofSeconds(30);
    private static final int MOST = 50_000;
    private static final String HMAC = "HmacSHA256";

    private record Remembered(Access access, Instant until) {
    }

    private final MailLogins backbone;
    private final EndedRecently ended;
    private final AuditLog audit;
    private final Clock clock;
    private final SecretKeySpec key;
    private final Map<String, Remembered> known = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Access>> asked = new ConcurrentHashMap<>();

    public RememberedLogins(MailLogins backbone, EndedRecently ended, AuditLog audit, Clock clock) {
        this.backbone = backbone;
        this.ended = ended;
        this.audit = audit;
        this.clock = clock;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, HMAC);
    }

    @Override
    public Access open(Protocol protocol, Credentials credentials, String from) {
        if (!(credentials instanceof AppPassword password)) {
            return backbone.open(protocol, credentials, from);
        }
        String name = name(protocol, password, from);
        Optional<Access> remembered = find(name);
        if (remembered.isEmpty()) {
            CompletableFuture<Access> mine = new CompletableFuture<>();
            CompletableFuture<Access> other = asked.putIfAbsent(name, mine);
            if (other == null) {
                return ask(name, mine, protocol, password, from);
            }
            remembered = join(other);
        }
        return remembered.map(access -> audited(protocol, access, from)).orElseGet(() -> backbone.open(protocol, password, from));
    }

    private Access audited(Protocol protocol, Access access, String from) {
        audit.record(new AuditEvent("mail.login", "accepted", access.person(), from, details(protocol, access)));
        return access;
    }

    @Override
    public boolean isAvailable() {
        return backbone.isAvailable();
    }

    private Optional<Access> find(String name) {
        Remembered found = known.get(name);
        if (found == null) {
            return Optional.empty();
        }
        if (found.until().isAfter(clock.instant()) && isGood(found.access())) {
            return Optional.of(found.access());
        }
        known.remove(name, found);
        return Optional.empty();
    }

    /** The answer to the same question that is being asked. A refusal is not shared: each try counts. */
    private Optional<Access> join(CompletableFuture<Access> other) {
        try {
            return Optional.of(other.join()).filter(this::isGood);
        } catch (CompletionException e) {
            return Optional.empty();
        }
    }

    private boolean isGood(Access access) {
        return ended.isHeard(clock.instant()) && !ended.contains(access);
    }

    private Access ask(String name, CompletableFuture<Access> mine, Protocol protocol, AppPassword password, String from) {
        try {
            Access access = backbone.open(protocol, password, from);
            if (known.size() >= MOST) {
                known.clear();
            }
            known.put(name, new Remembered(access, clock.instant().plus(LIFE)));
            mine.complete(access);
            return access;
        } catch (RuntimeException e) {
            mine.completeExceptionally(e); // whatever it is: nobody waits for ever
            throw e;
        } finally {
            asked.remove(name, mine);
        }
    }

    private static Map<String, String> details(Protocol protocol, Access access) {
        Map<String, String> details = new HashMap<>(Map.of("scope", protocol.scope(), "mailbox", access.mailbox(), "remembered", "true"));
        access.credential().ifPresent(credential -> details.put("app-password", credential));
        return details;
    }

    /** With their lengths, so that no part runs into the next. */
    private String name(Protocol protocol, AppPassword password, String from) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            for (String part : new String[] {protocol.scope(), password.login(), password.mailbox().orElse(""), password.password(), from}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                mac.update(bytes);
            }
            return Base64.getEncoder().encodeToString(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC", e);
        }
    }
}
