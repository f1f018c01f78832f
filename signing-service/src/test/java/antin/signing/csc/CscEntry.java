package antin.signing.csc;

import antin.kernel.Problem;
import antin.signing.csc.DocumentSigning.Question;
import antin.signing.csc.DocumentSigning.Sent;
import antin.signing.signature.SignatureFormat;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.PublicKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A body of the CSC interface, down to what its members mean. */
public final class CscEntry {

    /** What the bodies of signHash, authorize and timestamp have. */
    private record Hashes(@Nullable List<String> hashes, @Nullable String hashAlgorithmOID, @Nullable String signAlgo, @Nullable String signAlgoParams, @Nullable Integer numSignatures) {
    }

    private static final int SHA256 = 32;
    private static final int MOST = 10;

    private CscEntry() {
    }

    public static void readHashes(HttpServletRequest request, PublicKey key) {
        Hashes asked = read(request, Hashes.class);
        Problem refused = null;
        try {
            Algorithms.algorithm(asked.signAlgo, asked.hashAlgorithmOID, asked.signAlgoParams, key);
        } catch (Problem e) {
            refused = e;
        }
        Base64Text.hashes(asked.hashes, SHA256, MOST);
        if (refused != null) {
            throw refused;
        }
    }

    public static void readDocuments(HttpServletRequest request, List<SignatureFormat> formats) {
        Question asked = read(request, Question.class);
        for (Sent sent : asked.documents() == null ? List.<Sent>of() : asked.documents()) {
            DocumentSigning.form(sent, formats);
            Base64Text.of(String.valueOf(sent.document()), "document");
        }
    }

    private static <T> T read(HttpServletRequest request, Class<T> type) {
        try {
            return CscJson.read(request, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
