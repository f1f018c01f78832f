package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.signature.Document;

/** What lies in memory as a whole while it is worked on, several times over: trees of XML, base64 of JSON, CMS around its content. PDF and containers go through files. */
final class InMemory {

    static final int LARGEST = 16 << 20;

    private InMemory() {
    }

    /** @param what it is that lies in memory, for the refusal. @throws Problem {@code TOO_LARGE} */
    static void check(Document document, String what) {
        if (document.size() > LARGEST) {
            throw new Problem(Kind.TOO_LARGE, what + " is taken up to " + (LARGEST >> 20) + " MB. Larger files: PAdES, XAdES or CAdES detached, ASiC.");
        }
    }
}
