package antin.signing.signature;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;

/** What lies in memory as a whole while it is worked on, several times over: trees of XML, base64 of JSON, CMS around its content. PDF and containers go through files. */
public final class InMemory {

    public static final int LARGEST = 16 << 20;

    private InMemory() {
    }

    /** @param what it is that lies in memory, for the refusal. @throws Problem {@code TOO_LARGE} */
    public static void check(Document document, String what) {
        if (document.size() > LARGEST) {
            throw new Problem(Kind.TOO_LARGE, what + " is taken up to " + (LARGEST >> 20) + " MB. Larger files: PAdES, XAdES or CAdES detached, ASiC.");
        }
    }
}
