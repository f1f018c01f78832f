package antin.signing.fuzz;

import antin.signing.dss.AnswersEntry;
import java.util.List;

/** What other services answer: OCSP, CRL and time stamps, with the nonce that was asked for. */
public final class ReadAnswers {

    private static final class Once {
        private static final AnswersEntry ENTRY = new AnswersEntry(City.once().pki, City.once().key.chain());
    }

    private ReadAnswers() {
    }

    public static void fuzzerInitialize() {
        City.underJazzer(ReadAnswers::seeds);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        try {
            Once.ENTRY.answer(data);
            Contract.hold(Once.ENTRY::ocsp);
            Contract.hold(Once.ENTRY::crl);
            Contract.hold(Once.ENTRY::stamp);
        } finally {
            City.once().pki.instead.clear();
        }
        Contract.hold(() -> Once.ENTRY.longTerm(data));
    }

    static List<byte[]> seeds() {
        return Once.ENTRY.seeds();
    }
}
