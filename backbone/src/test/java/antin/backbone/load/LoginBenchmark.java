package antin.backbone.load;

import antin.backbone.load.OpenLoad.Errand;
import antin.otp.apppassword.AppScope;
import antin.otp.login.LogInToMail;
import antin.otp.login.MailAnswer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Behind {@code benchmarks/login}: app passwords and web logins of an installation that is up, beside the password hash in the same run, then people who come by chance.
 * Arguments: state folder, file of imported people, seconds for each measurement, a file to write app passwords of mail programs to.
 */
final class LoginBenchmark {

    private static final int ROUNDS = 3;
    private static final Duration WARMING = Duration.ofSeconds(90);
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    /** The directory's (PBKDF2-HMAC-SHA512). */
    private static final int HASH_ROUNDS = 60_000;
    private static final int HASH_BITS = 512;
    /** A mail program opens two connections to read and, now and then, one to send. */
    private static final int MAIL_LOGINS_EACH = 3;
    private static final int PROGRAMS_EACH = 10;
    private static final double CITY = 31_345;
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final List<Staff> people;
    private final AtomicInteger next = new AtomicInteger();
    private final Duration time;
    private final WebLogin web;
    private final MailLogin mail;
    private final LogInToMail verifier;
    private final ProcessorTime processors;

    private LoginBenchmark(Installation installation, Path state, Path peopleFile, Duration time) throws Exception {
        this.people = installation.equip(peopleFile);
        this.time = time;
        this.web = new WebLogin(installation.port("port"), installation.trust());
        this.mail = new MailLogin(installation.port("internal-port"), installation.mailServer());
        this.verifier = installation.verifier();
        this.processors = new ProcessorTime(state);
    }

    public static void main(String[] arguments) throws Exception {
        Path state = Path.of(arguments[0]);
        try (Installation installation = new Installation(state)) {
            LoginBenchmark benchmark = new LoginBenchmark(installation, state, Path.of(arguments[1]), Duration.ofSeconds(Integer.parseInt(arguments[2])));
            installation.writePrograms(benchmark.people, PROGRAMS_EACH, Path.of(arguments[3]));
            benchmark.run();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        rate(32, time, this::checkAppPassword); // the first rate of each kind is of what is not yet warm
        double checks = rate(32, time, this::checkAppPassword);
        rate(16, time, this::logInToMail);
        say("app passwords: %.0f checks a second at the verifier, each with its audit line on disk; %.0f over the internal port", checks, rate(16, time, this::logInToMail));
        rate(2 * PROCESSORS, WARMING, this::logIn); // the browsers, all in this JVM, are the slowest to get warm
        double hashes = 0;
        double logins = 0;
        for (int round = 0; round < ROUNDS; round++) {
            hashes += rate(PROCESSORS, time, LoginBenchmark::hash) / ROUNDS;
            logins += rate(2 * PROCESSORS, time, this::logIn) / ROUNDS;
        }
        say("web logins: %.1f a second with pages, code and session, the browsers on the same machine; %.1f bare password hashes a second", logins, hashes);
        double milliseconds = openLoad(logins);
        extrapolate(milliseconds);
        figure("app-password-verify-per-s", checks, "1/s", 2_000);
        figure("web-login-vs-hash", logins / hashes, "ratio", 0.5);
    }

    /** @return the installation's processor time for one person, in milliseconds, at the lowest of the loads */
    private double openLoad(double most) throws Exception {
        double milliseconds = 0;
        for (double share : new double[] {0.25, 0.5, 0.7, 0.85}) {
            Duration before = processors.used();
            OpenLoad.Outcome outcome = OpenLoad.run(most * share, time.multipliedBy(4), this::begin);
            double each = processors.used().minus(before).toMillis() / (double) outcome.comers();
            milliseconds = milliseconds == 0 ? each : milliseconds;
            say("%.1f people a second by chance (%d, each one web login and %d of a mail program): median %.0f ms, p99 %.0f ms, failed %d, %.0f ms of processor each",
                most * share, outcome.comers(), MAIL_LOGINS_EACH, outcome.median(), outcome.late(), outcome.failed(), each);
        }
        return milliseconds;
    }

    private static void extrapolate(double milliseconds) {
        double perSecond = CITY / QUARTER.toSeconds();
        say("%.0f people within %d minutes: %.1f a second, %.1f processors busy with it; with twice as many in the busiest minute, at 70 %% load: %.0f processors",
            CITY, QUARTER.toMinutes(), perSecond, perSecond * milliseconds / 1000, Math.ceil(2 * perSecond * milliseconds / 1000 / 0.7));
    }

    private void begin() throws Exception {
        Staff who = somebody();
        web.run(who);
        for (int i = 0; i < MAIL_LOGINS_EACH; i++) {
            mail.run(who);
        }
    }

    private void checkAppPassword() {
        Staff who = somebody();
        if (!(verifier.check(who.mailAddress, who.appPassword, AppScope.IMAP, Optional.empty(), who.address().getHostAddress()) instanceof MailAnswer.Opened)) {
            throw new IllegalStateException("A right app password was refused");
        }
    }

    private void logInToMail() throws Exception {
        mail.run(somebody());
    }

    private void logIn() throws Exception {
        web.run(somebody());
    }

    private static void hash() throws Exception {
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(new PBEKeySpec("a password of usual length".toCharArray(), new byte[16], HASH_ROUNDS, HASH_BITS));
    }

    private Staff somebody() {
        return people.get(next.getAndIncrement() % people.size());
    }

    private static double rate(int threads, Duration time, Errand work) throws Exception {
        LongAdder done = new LongAdder();
        long begun = System.nanoTime();
        long end = begun + time.toNanos();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(workers.submit(() -> {
                    while (System.nanoTime() < end) {
                        work.run();
                        done.increment();
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        return done.sum() / ((System.nanoTime() - begun) / 1e9);
    }

    private static void figure(String name, double value, String unit, double least) {
        System.out.printf(Locale.ROOT, "figure %s %.2f %s target >= %s %s%n", name, value, unit, least, value >= least ? "ok" : "short");
    }

    private static void say(String text, Object... values) {
        System.out.printf(Locale.ROOT, text + "%n", values);
    }
}
