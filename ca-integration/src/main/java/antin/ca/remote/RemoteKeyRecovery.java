package antin.ca.remote;

import antin.ca.recovery.KeyRecovery;
import antin.ca.remote.RecoveryEndpoints.CertificateAnswer;
import antin.ca.remote.RecoveryEndpoints.KeyAnswer;
import antin.ca.remote.RecoveryEndpoints.OpenQuestion;
import antin.kernel.internal.PeerClient;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;

/** The recovery key of the process {@code ca}, over mutual TLS. */
public final class RemoteKeyRecovery implements KeyRecovery, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PeerClient ca;

    /** {@code url} is the internal port of {@code ca}. */
    public RemoteKeyRecovery(URI url, InternalIdentity identity) {
        this.ca = new PeerClient(url, identity, new PeerName("antin:ca"));
    }

    @Override
    public X509Certificate certificate() {
        CertificateAnswer answer = RemoteCertificateAuthority.read(ca.get(RecoveryEndpoints.CERTIFICATE, PATIENCE), CertificateAnswer.class);
        return RemoteCertificateAuthority.certificate(answer.certificate());
    }

    @Override
    public byte[] open(Opening opening) {
        byte[] question = Messages.JSON.writeValueAsBytes(new OpenQuestion(opening.envelope(), opening.owner(), opening.approval(), opening.requester(), opening.approver()));
        return RemoteCertificateAuthority.read(ca.post(RecoveryEndpoints.OPENINGS, question, PATIENCE), KeyAnswer.class).key();
    }

    @Override
    public void close() {
        ca.close();
    }
}
