package antin.mail.listener;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.mail.MailSettings;
import antin.mail.guard.ConnectionLimits;
import antin.mail.guard.Networks;
import antin.mail.listener.ListenerSettings.Tls;
import antin.mail.login.ImapProcessors;
import antin.mail.managesieve.ManageSieve;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import javax.inject.Provider;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.dnsservice.api.DNSService;
import org.apache.james.lmtpserver.netty.LMTPMetricsImpl;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.lib.handler.HandlersPackage;
import org.apache.james.protocols.lib.handler.ProtocolHandlerLoader;
import org.apache.james.protocols.lib.netty.AbstractConfigurableAsyncServer;
import org.apache.james.protocols.lib.netty.AbstractProtocolAsyncServer;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.smtpserver.netty.SmtpMetricsImpl;
import org.jspecify.annotations.Nullable;

/** All of this process's ports for mail. */
public final class Listeners implements AutoCloseable {

    private static final Duration SMTP_SILENCE = Duration.ofMinutes(5); // RFC 5321, 4.5.3.2.7
    private static final Duration POP_SILENCE = Duration.ofMinutes(10); // RFC 1939, 3
    private static final Duration IMAP_SILENCE = Duration.ofMinutes(30); // RFC 9051, 5.4

    private final ProtocolHandlerLoader handlers;
    private final MetricFactory metrics;
    private final GaugeRegistry gauges;
    private final DNSService dns;
    private final Provider<ImapProcessors> imap;
    private final Provider<ManageSieve> managesieve;
    private final List<AbstractConfigurableAsyncServer> open = new ArrayList<>();
    private @Nullable ManageSieve sieve;

    @Inject
    Listeners(ProtocolHandlerLoader handlers, MetricFactory metrics, GaugeRegistry gauges, DNSService dns, Provider<ImapProcessors> imap,
            Provider<ManageSieve> managesieve) {
        this.handlers = handlers;
        this.metrics = metrics;
        this.gauges = gauges;
        this.dns = dns;
        this.imap = imap;
        this.managesieve = managesieve;
    }

    public void start(MailSettings settings, ServerTls tls) throws Exception {
        MailSettings.Ports ports = settings.ports();
        SmtpMetricsImpl smtpMetrics = new SmtpMetricsImpl(metrics);
        smtp(settings("smtp", settings, ports.smtp(), Tls.ON_REQUEST, SMTP_SILENCE), tls, MxHandlers.class, smtpMetrics);
        smtp(settings("submission", settings, ports.submission(), Tls.ON_REQUEST, SMTP_SILENCE), tls, SubmissionHandlers.class, smtpMetrics);
        smtp(settings("submissions", settings, ports.submissions(), Tls.FROM_START, SMTP_SILENCE), tls, SubmissionHandlers.class, smtpMetrics);
        lmtp(settings("lmtp", settings, ports.lmtp(), Tls.NONE, SMTP_SILENCE));
        imap(settings("imap", settings, ports.imap(), Tls.ON_REQUEST, IMAP_SILENCE), tls);
        imap(settings("imaps", settings, ports.imaps(), Tls.FROM_START, IMAP_SILENCE), tls);
        pop(settings("pop3", settings, ports.pop3(), Tls.ON_REQUEST, POP_SILENCE), tls);
        pop(settings("pop3s", settings, ports.pop3s(), Tls.FROM_START, POP_SILENCE), tls);
        sieve(settings("sieve", settings, ports.sieve(), Tls.ON_REQUEST, IMAP_SILENCE), tls);
    }

    public boolean areBound() {
        return !open.isEmpty() && open.stream().allMatch(AbstractConfigurableAsyncServer::isStarted) && (sieve == null || sieve.isOpen());
    }

    @Override
    public void close() {
        open.forEach(AbstractConfigurableAsyncServer::destroy);
        open.clear();
        if (sieve != null) {
            sieve.close();
        }
    }

    private static ListenerSettings settings(String name, MailSettings all, int port, Tls tls, Duration silence) {
        InetAddress address = tls == Tls.NONE ? InetAddress.getLoopbackAddress() : all.listen();
        return new ListenerSettings(name, address, port, tls, all.hostname(), all.maxLetterBytes(), all.connections().all(), all.connections().each(),
            tls == Tls.NONE ? Networks.of(List.of()) : all.proxies(), silence);
    }

    private void smtp(ListenerSettings settings, ServerTls tls, Class<? extends HandlersPackage> chain, SmtpMetricsImpl smtpMetrics) throws Exception {
        SmtpListener listener = new SmtpListener(settings, tls.encryption(settings.tls()), chain, smtpMetrics);
        listener.setDnsService(dns);
        BaseHierarchicalConfiguration james = settings.james();
        james.addProperty("maxmessagesize", settings.maxLetterBytes() + "B");
        james.addProperty("auth.announce", "never"); // SmtpAuth announces it, where it is taken
        start(listener, settings, james);
    }

    private void lmtp(ListenerSettings settings) throws Exception {
        BaseHierarchicalConfiguration james = settings.james();
        james.addProperty("maxmessagesize", settings.maxLetterBytes() / 1024);
        start(new LmtpListener(settings, new LMTPMetricsImpl(metrics)), settings, james);
    }

    private void pop(ListenerSettings settings, ServerTls tls) throws Exception {
        start(new PopListener(settings, tls.encryption(settings.tls())), settings, settings.james());
    }

    private void imap(ListenerSettings settings, ServerTls tls) throws Exception {
        ImapListener listener = new ImapListener(settings, tls.encryption(settings.tls()), imap.get(), metrics, gauges);
        BaseHierarchicalConfiguration james = settings.james();
        james.addProperty("auth.requireSSL", true);
        james.addProperty("auth.plainAuthEnabled", true);
        james.addProperty("maxLineLength", ImapListener.LONGEST_LINE);
        james.addProperty("literalSizeLimit", settings.maxLetterBytes() + "B");
        james.addProperty("inMemorySizeLimit", "256K");
        james.addProperty("provisionDefaultMailboxes", true);
        james.addProperty("concurrentRequests", settings.connections()); // one for each: ImapTurns sees to it, and a slow one takes nobody else's place
        start(listener, settings, james);
    }

    private void sieve(ListenerSettings settings, ServerTls tls) throws Exception {
        Encryption encryption = tls.encryption(settings.tls());
        if (settings.port() == 0 || encryption == null) {
            return;
        }
        ManageSieve listener = managesieve.get();
        sieve = listener;
        try {
            listener.start(new InetSocketAddress(settings.address(), settings.port()), encryption, new ConnectionLimits(settings.connections(), settings.connectionsEach()),
                settings.proxies());
        } catch (BindException e) {
            throw taken(settings, e);
        }
    }

    private static Problem taken(ListenerSettings settings, BindException cause) {
        return new Problem(Kind.MISCONFIGURED, "The port " + settings.port() + " for " + settings.name() + " on " + settings.address().getHostAddress()
            + " is taken or not allowed. Stop what listens there or choose another port.", cause);
    }

    private void start(AbstractConfigurableAsyncServer listener, ListenerSettings settings, BaseHierarchicalConfiguration james) throws Exception {
        if (settings.port() == 0) {
            return;
        }
        if (listener instanceof AbstractProtocolAsyncServer withHandlers) {
            withHandlers.setProtocolHandlerLoader(handlers);
        }
        listener.configure(james);
        listener.setListenAddresses(new InetSocketAddress(settings.address(), settings.port()));
        try {
            listener.init();
        } catch (BindException e) {
            throw taken(settings, e);
        }
        open.add(listener);
    }
}
