package antin.mail.login;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Threads for IMAP logins, which wait for backbone: were they James's own, of which there are ten for each processor, slow logins would hold up those who are in. */
final class LoginThreads {

    /** Many more than {@link BackboneLogins} asks at once: those who wait there hold up no token. */
    private static final int MOST = 80;
    private static final int WAITING = 100_000;

    static final Scheduler ALL = Schedulers.newBoundedElastic(MOST, WAITING, "imap-login", 60, true);

    private LoginThreads() {
    }
}
