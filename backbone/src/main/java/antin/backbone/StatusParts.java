package antin.backbone;

import antin.backbone.status.AheadUpkeep;
import antin.backbone.status.ClockUpkeep;
import antin.backbone.status.RecentRequests;
import antin.backbone.status.StatusFeed;
import antin.backbone.status.StatusKeys;
import antin.backbone.status.StatusListener;
import antin.backbone.status.StatusMetrics;
import antin.backbone.status.StatusRequests;
import antin.ca.remote.RemoteCertificateAuthority;
import antin.ca.status.ClockWatch;
import antin.ca.status.OcspResponder;
import antin.ca.status.OwnTimeStamps;
import antin.ca.status.SignedAhead;
import antin.ca.status.TimeStampingAuthority;
import antin.kernel.audit.AuditHeads;
import antin.kernel.audit.AuditLog;
import antin.kernel.process.Parts;
import antin.kernel.tls.InternalIdentity;
import antin.server.Meters;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;

/** What answers about certificates and gives time stamps. It needs files and keys, and neither the database nor {@code ca} nor the directory, so it starts before all else. */
record StatusParts(StatusKeys keys, StatusFeed statuses, RecentRequests recent, ClockWatch watch, RemoteCertificateAuthority ca) {

    private static final String PROCESS = "backbone";

    static StatusParts start(Parts parts, BackboneSettings settings, InternalIdentity identity, AuditLog audit, PrometheusMeterRegistry metrics, Clock clock) throws IOException {
        StatusKeys keys = StatusKeys.read(settings.status().keysFolder(), settings.status().keysPasswordFile());
        ClockWatch watch = new ClockWatch(clock, settings.status().tolerance(), settings.status().timeServers());
        TimeStampingAuthority tsa = new TimeStampingAuthority(keys.tsa(), audit, clock, new SecureRandom(), watch);
        parts.add(new AuditHeads(audit, settings.auditFolder(), PROCESS, identity, new OwnTimeStamps(tsa, PROCESS), clock).start());
        parts.add(new ClockUpkeep(watch, metrics).start());

        RemoteCertificateAuthority ca = parts.add(new RemoteCertificateAuthority(settings.status().ca(), identity));
        StatusFeed statuses = parts.add(new StatusFeed(ca, keys.certificates(), settings.status().copyFolder(), clock).start());
        StatusMetrics.register(statuses, keys.responders().keySet(), metrics, clock);
        RecentRequests recent = new RecentRequests(clock);
        OcspResponder responder = new OcspResponder(keys.responders(), statuses, clock);
        SignedAhead ahead = new SignedAhead(responder, statuses, clock);
        parts.add(new AheadUpkeep(ahead).start());
        parts.add(StatusListener.start(new InetSocketAddress(settings.listen(), settings.status().port()), new StatusRequests(
            ahead, tsa, keys.authorities(), statuses::crl, StatusMetrics.answers(metrics), clock), settings.status().limits(), recent, metrics, clock));
        return new StatusParts(keys, statuses, recent, watch, ca);
    }
}
