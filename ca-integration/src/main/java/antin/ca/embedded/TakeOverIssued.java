package antin.ca.embedded;

import antin.ca.bootstrap.IssuedFolder;
import antin.ca.bootstrap.IssuedFolder.Entry;
import antin.ca.ledger.ChangeNumbers;
import antin.ca.ledger.Intent;
import antin.ca.ledger.LedgerStart;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** Enters into the ledger what the bootstrap signed while there was none. */
final class TakeOverIssued {

    private final LedgerStart start;
    private final ChangeNumbers numbers;
    private final AuditLog audit;

    TakeOverIssued(LedgerStart start, ChangeNumbers numbers, AuditLog audit) {
        this.start = start;
        this.numbers = numbers;
        this.audit = audit;
    }

    /** A file goes when its row is committed, so that a crash in between does no more than repeat this. */
    void from(IssuedFolder folder) throws IOException, GeneralSecurityException {
        for (Entry entry : folder.entries()) {
            String serial = entry.intent().serial().toString(16);
            long change = numbers.take();
            boolean isNew = start.takeOver(intent(entry), entry.certificate(), change);
            numbers.settle(change);
            if (isNew) {
                audit.record(new AuditEvent("certificate.take-over", entry.certificate().isPresent() ? "done" : "abandoned", "ca", "ca",
                    Map.of("serial", serial, "issuer", entry.intent().issuer(), "subject", entry.intent().subject())));
            }
            folder.forget(entry.intent().serial());
        }
    }

    private static Intent intent(Entry entry) throws GeneralSecurityException {
        IssuedFolder.Intent said = entry.intent();
        Optional<X509Certificate> certificate = entry.certificate();
        byte[] key = certificate.isPresent() ? sha256(certificate.get().getPublicKey().getEncoded()) : new byte[0];
        return new Intent(said.serial(), "bootstrap-" + said.serial().toString(16), key, said.issuer(), said.profile(), said.subject(),
            new X500Principal(said.subject()).getName(X500Principal.CANONICAL), key, "bootstrap", said.begun());
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }
}
