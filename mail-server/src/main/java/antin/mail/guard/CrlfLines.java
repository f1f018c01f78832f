package antin.mail.guard;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Cuts what a client sends into lines that end with CRLF, in commands and in DATA alike. A CR or LF that stands alone
 * ends the connection: a neighbour that reads it as a line's end would see other letters than we do (RFC 5321, 2.3.8;
 * "SMTP smuggling"). A line that is too long ends it too, since what follows could not be told apart.
 */
public final class CrlfLines extends ByteToMessageDecoder {

    private final int longest;
    private final String errorPrefix;
    private int scanned;
    private boolean refused;

    /** @param errorPrefix what an answer that refuses starts with, such as {@code 500 5.5.2} or {@code -ERR} */
    public CrlfLines(int longest, String errorPrefix) {
        this.longest = longest;
        this.errorPrefix = errorPrefix;
    }

    /** Whether bytes wait that came together with what is being answered now: after STARTTLS they would be injected ones. */
    public boolean holdsUnreadBytes() {
        return actualReadableBytes() > 0;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (refused) {
            in.skipBytes(in.readableBytes());
            return;
        }
        int start = in.readerIndex();
        for (int i = start + scanned; i < in.writerIndex(); i++) {
            byte b = in.getByte(i);
            boolean afterCr = i > start && in.getByte(i - 1) == '\r';
            if (b == '\n' && afterCr) {
                scanned = 0;
                out.add(in.readBytes(i + 1 - start)); // a copy: James reads a frame from index 0
                return;
            }
            if (b == '\n' || afterCr) {
                refuse(ctx, in, "Lines end with CR LF, and with nothing else");
                return;
            }
            if (i - start >= longest) {
                refuse(ctx, in, "Line too long");
                return;
            }
        }
        scanned = in.readableBytes();
    }

    /** What is left at the end of the connection is no line. */
    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        in.skipBytes(in.readableBytes());
    }

    private void refuse(ChannelHandlerContext ctx, ByteBuf in, String why) {
        refused = true;
        in.skipBytes(in.readableBytes());
        ctx.writeAndFlush(Unpooled.wrappedBuffer((errorPrefix + ' ' + why + "\r\n").getBytes(StandardCharsets.US_ASCII)))
            .addListener(ChannelFutureListener.CLOSE);
    }
}
