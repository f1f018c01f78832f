package antin.signing.api;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.WorkFolder;
import antin.signing.signature.Document;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.impl.FileSizeLimitExceededException;
import org.apache.tomcat.util.http.fileupload.impl.SizeLimitExceededException;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;

/** As {@link Upload}, for very many documents: each is handed on as it comes, and only one is held at a time. */
final class BatchUpload {

    private static final int LARGEST_TEXT = 64 * 1024;
    private static final Set<String> TEXTS = Set.of("options", "hook");
    /** Of the part's names and lines between them, for each part. */
    private static final int FRAME = 2 * 1024;

    private final Map<String, String> texts = new LinkedHashMap<>();
    private int count;

    private BatchUpload() {
    }

    /**
     * Reads to the end.
     *
     * @param early what is looked at as soon as the options are there, where they come first
     * @param take  gets each document; its file is removed when it returns
     */
    static BatchUpload read(HttpServletRequest request, WorkFolder folder, int largest, long largestOfAll, int most, Consumer<String> early, Consumer<Document> take) {
        BatchUpload upload = new BatchUpload();
        try {
            FileUpload parser = new FileUpload();
            parser.setFileSizeMax(largest);
            parser.setSizeMax(largestOfAll + (long) FRAME * (most + TEXTS.size()) + LARGEST_TEXT);
            parser.setHeaderEncoding(StandardCharsets.UTF_8.name());
            FileItemIterator parts = parser.getItemIterator(new ServletRequestContext(request));
            folder.requireRoom(Math.max(0, request.getContentLengthLong())); // the database keeps them until they are sealed
            long left = largestOfAll;
            while (parts.hasNext()) {
                FileItemStream part = parts.next();
                String name = String.valueOf(part.getFieldName());
                if (TEXTS.contains(name)) {
                    upload.text(name, part, early);
                } else if (name.equals("document")) {
                    left -= upload.document(part, folder, largest, most, left, largestOfAll, take);
                } else {
                    throw new Problem(Kind.MALFORMED_REQUEST, "The request has a part that is not known. Known are: document, hook, options.");
                }
            }
            return upload;
        } catch (IOException e) {
            throw refusal(e, largest, largestOfAll);
        }
    }

    Optional<String> text(String part) {
        return Optional.ofNullable(texts.get(part));
    }

    int count() {
        return count;
    }

    private void text(String name, FileItemStream part, Consumer<String> early) throws IOException {
        try (InputStream in = part.openStream()) {
            byte[] octets = in.readNBytes(LARGEST_TEXT + 1);
            if (octets.length > LARGEST_TEXT) {
                throw new Problem(Kind.TOO_LARGE, "The part \"" + name + "\" is larger than 64 kB.");
            }
            String text = new String(octets, StandardCharsets.UTF_8);
            if (texts.put(name, text) != null) {
                throw new Problem(Kind.MALFORMED_REQUEST, "There is more than one part \"" + name + "\".");
            }
            if (name.equals("options")) {
                early.accept(text);
            }
        }
    }

    /** The document's size. */
    private long document(FileItemStream part, WorkFolder folder, int largest, int most, long left, long largestOfAll, Consumer<Document> take) throws IOException {
        if (count == most) {
            throw new Problem(Kind.TOO_LARGE, "A batch has at most " + most + " documents.");
        }
        count++;
        try (InputStream in = part.openStream()) {
            Document document = Upload.store(folder, in, Upload.plainName(part), largest);
            try {
                if (document.size() > left) {
                    throw tooLarge(largestOfAll);
                }
                take.accept(document);
                return document.size();
            } finally {
                WorkFolder.remove(document.file());
            }
        }
    }

    private static Problem refusal(Exception e, int largest, long largestOfAll) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SizeLimitExceededException) {
                return tooLarge(largestOfAll);
            }
            if (cause instanceof FileSizeLimitExceededException) {
                return new Problem(Kind.TOO_LARGE, "A document is larger than " + largest + " octets.");
            }
        }
        return new Problem(Kind.MALFORMED_REQUEST, "The request ended too early, or its parts are not well-formed multipart/form-data.", e);
    }

    private static Problem tooLarge(long largestOfAll) {
        return new Problem(Kind.TOO_LARGE, "The documents of a batch are together larger than " + largestOfAll + " octets.");
    }
}
