package antin.mail.guard;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.netty.NettyProtocolTransport;
import org.jspecify.annotations.Nullable;

/**
 * Starts TLS only where the client sent nothing after its STARTTLS or STLS: such bytes came in the clear and would be
 * taken for encrypted ones (CVE-2011-0411 and its kin). Names the client behind a proxy of ours. Runs on the channel's own thread, like all of a line protocol.
 */
public final class LineTransport extends NettyProtocolTransport {

    private final Channel channel;

    public LineTransport(Channel channel, @Nullable Encryption encryption) {
        super(channel, encryption, false);
        this.channel = channel;
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return ClientAddress.of(channel);
    }

    @Override
    protected void writeToClient(byte[] bytes, ProtocolSession session, boolean startTls) {
        if (startTls) {
            CrlfLines lines = channel.pipeline().get(CrlfLines.class);
            if (lines == null || lines.holdsUnreadBytes()) {
                channel.close();
                return;
            }
        }
        super.writeToClient(bytes, session, startTls);
    }
}
