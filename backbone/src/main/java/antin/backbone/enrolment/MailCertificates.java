package antin.backbone.enrolment;

import antin.backbone.enrolment.EnrolledRows.ForMail;
import antin.directory.PersonEntry;
import antin.directory.Register;
import antin.kernel.Problem;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A person's certificates for mail in the directory, where address books find them: those that are good now, and none of ours that is not. What others put there stays. Safe for
 * use by many threads of one process.
 */
public final class MailCertificates {

    private static final Logger LOG = LoggerFactory.getLogger(MailCertificates.class);

    private final EnrolledRows rows;
    private final Register register;

    public MailCertificates(EnrolledRows rows, Register register) {
        this.rows = rows;
        this.register = register;
    }

    /** Everybody of whom the directory says something else. How many; throws {@link Problem} where it is away. */
    int bringUpToDate() {
        List<String> outdated = rows.outdatedInDirectory();
        outdated.forEach(this::bringUpToDate);
        return outdated.size();
    }

    void bringUpToDateOrLater(String person) {
        try {
            bringUpToDate(person);
        } catch (Problem e) {
            LOG.warn("The certificates of {} are written into the directory later: {}", person, e.detail());
        }
    }

    private synchronized void bringUpToDate(String person) {
        List<ForMail> ours = rows.forMail(person);
        Optional<PersonEntry> entry = register.person(person);
        if (entry.isPresent()) {
            List<byte[]> present = register.certificates(person);
            List<byte[]> wanted = new ArrayList<>(present);
            for (ForMail one : ours) {
                byte[] certificate = first(one.chain());
                wanted.removeIf(listed -> Arrays.equals(listed, certificate));
                if (one.wanted()) {
                    wanted.add(certificate);
                }
            }
            if (wanted.size() != present.size() || !wanted.stream().allMatch(one -> present.stream().anyMatch(listed -> Arrays.equals(listed, one)))) {
                register.setCertificates(person, wanted);
            }
        }
        ours.forEach(one -> rows.listed(one.id(), one.wanted()));
    }

    private static byte[] first(byte[] chain) {
        try {
            return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(chain)).getEncoded();
        } catch (CertificateException e) {
            throw new IllegalStateException("What was stored was read from the authority before", e);
        }
    }
}
