package antin.signing.api;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.Digests;
import antin.signing.WorkFolder;
import antin.signing.signature.Document;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.InvalidFileNameException;
import org.apache.tomcat.util.http.fileupload.impl.FileUploadIOException;
import org.apache.tomcat.util.http.fileupload.impl.SizeException;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;

/** A multipart body (RFC 7578), read once as a stream: small parts as text, documents into files of the work folder, hashed on the way. */
public final class Upload implements AutoCloseable {

    /** Of a file that was sent without one. */
    static final String NO_NAME = "document";
    private static final int LARGEST_TEXT = 64 * 1024;
    private static final int MOST_PARTS = 20;
    private static final int LONGEST_NAME = 200;
    private static final int BUFFER = 64 * 1024;
    /** As it came, what is made of it, and one revision between, as the levels above T write it. */
    private static final int COPIES = 3;

    private final WorkFolder folder;
    private final Set<String> textParts;
    private final Set<String> fileParts;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, List<Document>> files = new LinkedHashMap<>();

    private Upload(WorkFolder folder, Set<String> textParts, Set<String> fileParts) {
        this.folder = folder;
        this.textParts = textParts;
        this.fileParts = fileParts;
    }

    /** @throws Problem for what is no such body, too large, or has other parts than these */
    public static Upload read(HttpServletRequest request, WorkFolder folder, int largest, Set<String> textParts, Set<String> fileParts) {
        Upload upload = new Upload(folder, textParts, fileParts);
        try {
            FileUpload parser = new FileUpload();
            parser.setFileSizeMax(largest);
            parser.setSizeMax((long) largest * 2 + LARGEST_TEXT);
            parser.setHeaderEncoding(StandardCharsets.UTF_8.name());
            FileItemIterator parts = parser.getItemIterator(new ServletRequestContext(request));
            folder.requireRoom(Math.max(0, request.getContentLengthLong()) * COPIES);
            for (int count = 0; parts.hasNext(); count++) {
                if (count == MOST_PARTS) {
                    throw new Problem(Kind.MALFORMED_REQUEST, "The request has more than " + MOST_PARTS + " parts.");
                }
                upload.take(parts.next(), largest);
            }
            return upload;
        } catch (FileUploadException | FileUploadIOException e) {
            upload.close();
            throw refusal(e, largest);
        } catch (IOException e) {
            upload.close();
            throw new Problem(Kind.MALFORMED_REQUEST, "The request ended too early, or its parts are not well-formed.", e);
        } catch (RuntimeException e) {
            upload.close();
            throw e;
        }
    }

    public Optional<String> text(String part) {
        return Optional.ofNullable(texts.get(part));
    }

    public Document document() {
        List<Document> documents = files.getOrDefault("document", List.of());
        if (documents.size() != 1) {
            throw new Problem(Kind.MALFORMED_REQUEST, documents.isEmpty() ? "The part \"document\" is missing." : "There is more than one part \"document\".");
        }
        if (documents.getFirst().size() == 0) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The document is empty.");
        }
        return documents.getFirst();
    }

    public List<Document> documents(String part) {
        return List.copyOf(files.getOrDefault(part, List.of()));
    }

    /** Of every document, in octets. */
    long[] sizes() {
        return files.values().stream().flatMap(List::stream).mapToLong(Document::size).toArray();
    }

    @Override
    public void close() {
        files.values().forEach(documents -> documents.forEach(document -> WorkFolder.remove(document.file())));
    }

    private void take(FileItemStream part, int largest) throws IOException {
        String name = String.valueOf(part.getFieldName());
        try (InputStream in = part.openStream()) {
            if (textParts.contains(name)) {
                byte[] octets = in.readNBytes(LARGEST_TEXT + 1);
                if (octets.length > LARGEST_TEXT) {
                    throw new Problem(Kind.TOO_LARGE, "The part \"" + name + "\" is larger than 64 kB.");
                }
                if (texts.put(name, new String(octets, StandardCharsets.UTF_8)) != null) {
                    throw new Problem(Kind.MALFORMED_REQUEST, "There is more than one part \"" + name + "\".");
                }
            } else if (fileParts.contains(name)) {
                files.computeIfAbsent(name, any -> new ArrayList<>()).add(store(folder, in, plainName(part), largest));
            } else {
                throw new Problem(Kind.MALFORMED_REQUEST, "The request has a part that is not known. Known are: "
                    + String.join(", ", java.util.stream.Stream.concat(textParts.stream(), fileParts.stream()).sorted().toList()) + ".");
            }
        }
    }

    static Document store(WorkFolder folder, InputStream in, String name, int largest) throws IOException {
        Path file = folder.newFile();
        MessageDigest digest = Digests.newSha256();
        long size = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int octets = in.read(buffer); octets >= 0; octets = in.read(buffer)) {
                size += octets;
                if (size > largest) {
                    throw tooLarge(largest);
                }
                digest.update(buffer, 0, octets);
                out.write(buffer, 0, octets);
            }
        } catch (IOException | RuntimeException e) {
            WorkFolder.remove(file);
            throw e;
        }
        return new Document(file, name, size, Digests.text(digest));
    }

    static String plainName(FileItemStream part) {
        try {
            return plainName(part.getName());
        } catch (InvalidFileNameException e) {
            return plainName(e.getName()); // one with a NUL
        }
    }

    /** The last step of a path, without what a header or a URI could trip over; nothing is opened by it. */
    static String plainName(@org.jspecify.annotations.Nullable String sent) {
        String name = sent == null ? "" : sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        name = name.codePoints().filter(c -> !Character.isISOControl(c) && Character.isDefined(c) && Character.getType(c) != Character.SURROGATE
            && Character.getType(c) != Character.FORMAT && "<>\"?*|:#%&".indexOf(c) < 0)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString().strip();
        if (name.length() > LONGEST_NAME) {
            name = name.substring(name.length() - LONGEST_NAME);
        }
        return name.isEmpty() || name.chars().allMatch(c -> c == '.') ? NO_NAME : name;
    }

    static Problem refusal(IOException e, int largest) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SizeException) {
                return tooLarge(largest);
            }
        }
        return new Problem(Kind.MALFORMED_REQUEST, "The parts of the request are not well-formed multipart/form-data.", e);
    }

    private static Problem tooLarge(int largest) {
        return new Problem(Kind.TOO_LARGE, "The document is larger than " + largest + " octets.");
    }
}
