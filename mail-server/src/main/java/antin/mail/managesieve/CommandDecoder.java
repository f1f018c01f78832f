package antin.mail.managesieve;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a client sends into commands, and ends the connection where one is longer than its state deserves, is no command, or where bytes in the clear follow
 * STARTTLS. A literal's length is looked at before any of its bytes is waited for.
 */
final class CommandDecoder extends ByteToMessageDecoder {

    /** Before login: a token within AUTHENTICATE is the longest. */
    static final int LONGEST_BEFORE_LOGIN = 14_000;
    /** A script, and what is around it. */
    static final int LONGEST = 70_000;
    private static final int MOST_WORDS = 4;
    private static final int COMMANDS_BEFORE_LOGIN = 40;

    private volatile boolean loggedIn;
    private int commands;
    private int needed;
    private boolean awaitingTls;
    private boolean refused;

    void loggedIn() {
        loggedIn = true;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (refused) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (awaitingTls && ctx.pipeline().get(SslHandler.class) == null) {
            refuse(ctx, in, "Nothing may follow STARTTLS before TLS");
            return;
        }
        awaitingTls = false;
        if (in.readableBytes() < needed) {
            return;
        }
        int longest = loggedIn ? LONGEST : LONGEST_BEFORE_LOGIN;
        Reading reading = new Reading(in, longest);
        List<String> words = reading.words();
        if (reading.wrong != null) {
            refuse(ctx, in, reading.wrong);
        } else if (words == null) {
            needed = reading.needed - in.readerIndex();
            if (Math.max(needed, in.readableBytes()) > longest) {
                refuse(ctx, in, "The command is too long");
            }
        } else {
            needed = 0;
            in.readerIndex(reading.at);
            Command command = new Command(words);
            if (!loggedIn && ++commands > COMMANDS_BEFORE_LOGIN) {
                refuse(ctx, in, "Too many commands before login");
                return;
            }
            if (command.name().equals("STARTTLS") && ctx.pipeline().get(SslHandler.class) == null) {
                awaitingTls = true;
                if (in.isReadable()) {
                    refuse(ctx, in, "Nothing may follow STARTTLS before TLS");
                    return;
                }
            }
            out.add(command);
        }
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        in.skipBytes(in.readableBytes());
    }

    private void refuse(ChannelHandlerContext ctx, ByteBuf in, String why) {
        refused = true;
        in.skipBytes(in.readableBytes());
        ctx.writeAndFlush(Unpooled.copiedBuffer("BYE \"" + why + "\"\r\n", StandardCharsets.US_ASCII)).addListener(ChannelFutureListener.CLOSE);
    }

    /** One try to read a command from its first byte. */
    private static final class Reading {

        private final ByteBuf in;
        private final int longest;
        private int at;
        private int needed;
        private @Nullable String wrong;

        Reading(ByteBuf in, int longest) {
            this.in = in;
            this.longest = longest;
            this.at = in.readerIndex();
            this.needed = at;
        }

        /** Null where more bytes are needed, or something is {@link #wrong}. */
        @Nullable List<String> words() {
            List<String> words = new ArrayList<>();
            while (at < in.writerIndex()) {
                byte b = in.getByte(at);
                if (b == ' ') {
                    at++;
                } else if (b == '\r') {
                    return lineEnd(words);
                } else if (words.size() == MOST_WORDS) {
                    wrong = "Too many words";
                    return null;
                } else {
                    String word = b == '"' ? quoted() : b == '{' ? literal() : atom();
                    if (word == null) {
                        return null;
                    }
                    words.add(word);
                }
            }
            return null;
        }

        private @Nullable List<String> lineEnd(List<String> words) {
            if (at + 1 >= in.writerIndex()) {
                return null;
            }
            if (in.getByte(at + 1) != '\n') {
                wrong = "Lines end with CR LF, and with nothing else";
                return null;
            }
            at += 2;
            return words;
        }

        private @Nullable String atom() {
            int begin = at;
            while (at < in.writerIndex()) {
                byte b = in.getByte(at);
                if (b == ' ' || b == '\r') {
                    return in.toString(begin, at - begin, StandardCharsets.US_ASCII);
                }
                if (b <= ' ' || b >= 0x7f || b == '"' || b == '{' || at - begin > 64) {
                    wrong = "Not a command";
                    return null;
                }
                at++;
            }
            return null;
        }

        private @Nullable String quoted() {
            ByteBuf text = Unpooled.buffer();
            for (int i = at + 1; i < in.writerIndex(); i++) {
                byte b = in.getByte(i);
                if (b == '"') {
                    at = i + 1;
                    return utf8(text);
                }
                if (b == '\\') {
                    i++;
                    if (i >= in.writerIndex()) {
                        return null;
                    }
                    b = in.getByte(i);
                }
                if (b == '\r' || b == '\n' || b == 0) {
                    wrong = "A quoted string holds no line end";
                    return null;
                }
                text.writeByte(b);
            }
            return null;
        }

        /** {@code {12+}} CRLF and so many bytes; clients never wait to be asked (RFC 5804, 4). */
        private @Nullable String literal() {
            int end = in.indexOf(at, Math.min(in.writerIndex(), at + 12), (byte) '}');
            if (end < 0) {
                wrong = in.writerIndex() > at + 12 ? "Not a literal" : null;
                return null;
            }
            String length = in.toString(at + 1, end - at - 1, StandardCharsets.US_ASCII);
            if (!length.matches("[0-9]{1,9}\\+?")) {
                wrong = "Not a literal";
                return null;
            }
            int bytes = Integer.parseInt(length.replace("+", ""));
            if (bytes > longest) {
                wrong = "The literal is too long";
                return null;
            }
            if (end + 2 >= in.writerIndex()) {
                return null;
            }
            if (in.getByte(end + 1) != '\r' || in.getByte(end + 2) != '\n') {
                wrong = "Not a literal";
                return null;
            }
            needed = end + 3 + bytes;
            if (needed > in.writerIndex()) {
                return null;
            }
            at = needed;
            return utf8(in.slice(end + 3, bytes));
        }

        private @Nullable String utf8(ByteBuf bytes) {
            try {
                byte[] copy = new byte[bytes.readableBytes()];
                bytes.readBytes(copy);
                return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(copy)).toString();
            } catch (CharacterCodingException e) {
                wrong = "Texts are in UTF-8";
                return null;
            }
        }
    }
}
