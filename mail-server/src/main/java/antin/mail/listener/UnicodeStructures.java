package antin.mail.listener;

import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.mail.internet.MimeUtility;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.encode.ImapEncoder;
import org.apache.james.imap.encode.ImapResponseComposer;
import org.apache.james.imap.message.response.FetchResponse;
import org.apache.james.imap.message.response.FetchResponse.Envelope;
import org.apache.james.imap.message.response.FetchResponse.Structure;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the names of attachments whole: James decodes them for BODYSTRUCTURE and then writes them in ASCII, so that
 * {@code Quyết định.pdf} arrives as {@code Quy?t ??nh.pdf}. Here they are encoded again (RFC 2047), as letters carry them.
 */
final class UnicodeStructures implements ImapEncoder {

    private final ImapEncoder james;

    UnicodeStructures(ImapEncoder james) {
        this.james = james;
    }

    @Override
    public void encode(ImapMessage message, ImapResponseComposer composer) throws IOException {
        james.encode(message instanceof FetchResponse fetch ? encoded(fetch) : message, composer);
    }

    private static FetchResponse encoded(FetchResponse fetch) {
        if (fetch.getBody() == null && fetch.getBodyStructure() == null) {
            return fetch;
        }
        return new FetchResponse(fetch.getMessageNumber(), fetch.getFlags(), fetch.getUid(), fetch.getSaveDate(), fetch.getModSeq(),
            fetch.getInternalDate(), fetch.getSize(), fetch.getEnvelope(), Encoded.of(fetch.getBody()), Encoded.of(fetch.getBodyStructure()),
            fetch.getElements(), fetch.getEmailId(), fetch.getThreadId());
    }

    private static @Nullable String ascii(@Nullable String text) {
        try {
            return text == null ? null : MimeUtility.encodeText(text, "UTF-8", "B").replaceAll("\r\n\\s*", " ");
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("Every JDK has UTF-8.", e);
        }
    }

    private record Encoded(Structure part) implements Structure {

        static @Nullable Structure of(@Nullable Structure part) {
            return part == null ? null : new Encoded(part);
        }

        @Override
        public @Nullable List<String> getParameters() {
            List<String> parameters = part.getParameters();
            return parameters == null ? null : parameters.stream().map(UnicodeStructures::ascii).toList();
        }

        @Override
        public @Nullable Map<String, String> getDispositionParams() {
            Map<String, String> parameters = part.getDispositionParams();
            if (parameters == null) {
                return null;
            }
            Map<String, String> encoded = new LinkedHashMap<>();
            parameters.forEach((name, value) -> encoded.put(name, ascii(value)));
            return Collections.unmodifiableMap(encoded);
        }

        @Override
        public @Nullable String getDescription() {
            return ascii(part.getDescription());
        }

        @Override
        public @Nullable Iterator<Structure> parts() {
            Iterator<Structure> parts = part.parts();
            if (parts == null) {
                return null;
            }
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return parts.hasNext();
                }

                @Override
                public Structure next() {
                    return new Encoded(parts.next());
                }
            };
        }

        @Override
        public @Nullable Structure getBody() {
            return of(part.getBody());
        }

        @Override
        public String getMediaType() {
            return part.getMediaType();
        }

        @Override
        public String getSubType() {
            return part.getSubType();
        }

        @Override
        public @Nullable String getId() {
            return part.getId();
        }

        @Override
        public @Nullable String getEncoding() {
            return part.getEncoding();
        }

        @Override
        public long getOctets() {
            return part.getOctets();
        }

        @Override
        public long getLines() {
            return part.getLines();
        }

        @Override
        public @Nullable String getMD5() {
            return part.getMD5();
        }

        @Override
        public @Nullable String getDisposition() {
            return part.getDisposition();
        }

        @Override
        public @Nullable List<String> getLanguages() {
            return part.getLanguages();
        }

        @Override
        public @Nullable String getLocation() {
            return part.getLocation();
        }

        @Override
        public @Nullable Envelope getEnvelope() {
            return part.getEnvelope();
        }
    }
}
