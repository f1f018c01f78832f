package antin.otp.sentcode;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.tls.PemFile;
import antin.kernel.tls.TlsMaterial;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** TLS to a server whose authority the operator named. */
final class Trust {

    private Trust() {
    }

    /** @param file the only authorities that count, in PEM */
    static SSLContext only(Path file) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {TlsMaterial.trusting(PemFile.certificates(file))}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new Problem(Kind.MISCONFIGURED, "The authorities in " + file + " cannot be used.", e);
        }
    }
}
