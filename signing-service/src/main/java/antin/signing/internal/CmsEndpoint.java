package antin.signing.internal;

import antin.kernel.internal.InternalListener;
import antin.kernel.internal.InternalListener.Endpoint;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import antin.signing.cms.DecryptMail;
import antin.signing.cms.MailRequest;
import antin.signing.cms.SignMail;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * {@code POST /v1/cms/sign?address=A}: octets of a MIME entity, canonical (CRLF) as they will be sent, answered with a detached signature. {@code POST /v1/cms/decrypt?address=A}: an encrypted
 * message in DER or BER, answered with the octets inside. For the mail server alone.
 */
public final class CmsEndpoint implements Endpoint {

    private static final PeerName MAIL_SERVER = new PeerName("antin:mail-server");

    private final String path;
    private final String type;
    private final OctetsExchange octets;
    private final Function<MailRequest, byte[]> work;

    private CmsEndpoint(String path, String type, OctetsExchange octets, Function<MailRequest, byte[]> work) {
        this.path = path;
        this.type = type;
        this.octets = octets;
        this.work = work;
    }

    /** Opens the port. */
    public static InternalListener listen(InetSocketAddress address, InternalIdentity identity, SignMail sign, DecryptMail decrypt) throws IOException {
        OctetsExchange octets = new OctetsExchange();
        return InternalListener.start(address, identity, List.of(new CmsEndpoint("/v1/cms/sign", "application/pkcs7-signature", octets, sign::sign),
            new CmsEndpoint("/v1/cms/decrypt", "application/octet-stream", octets, decrypt::decrypt)));
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Set<PeerName> peers() {
        return Set.of(MAIL_SERVER);
    }

    @Override
    public void serve(HttpExchange exchange) throws IOException {
        octets.serve(exchange, type, work);
    }
}
