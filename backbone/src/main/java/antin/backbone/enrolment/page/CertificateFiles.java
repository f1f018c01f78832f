package antin.backbone.enrolment.page;

import antin.backbone.enrolment.Enrolled;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.tls.PemFile;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A certificate as a file to keep. */
public final class CertificateFiles {

    public static final MediaType PKCS12 = MediaType.parseMediaType("application/x-pkcs12");
    private static final MediaType PEM = MediaType.parseMediaType("application/x-pem-file");
    private static final MediaType DER = MediaType.parseMediaType("application/pkix-cert"); // RFC 2585, 4.1

    private CertificateFiles() {
    }

    public static ResponseEntity<byte[]> pem(Enrolled certificate) {
        return file(PEM, name(certificate) + ".pem", encoded(List.of(chain(certificate, false).getFirst())));
    }

    /** With the authorities above, the root last. */
    public static ResponseEntity<byte[]> chain(Enrolled certificate) {
        return file(PEM, name(certificate) + "-chain.pem", encoded(chain(certificate, true)));
    }

    public static ResponseEntity<byte[]> der(Enrolled certificate) {
        try {
            return file(DER, name(certificate) + ".cer", chain(certificate, false).getFirst().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was read does not encode", e);
        }
    }

    /** To be kept by nobody in between. */
    public static ResponseEntity<byte[]> file(MediaType type, String name, byte[] content) {
        return ResponseEntity.ok().contentType(type).header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(name).build().toString())
            .header(HttpHeaders.CACHE_CONTROL, "no-store").body(content);
    }

    /** Letters, digits and hyphens alone. */
    public static String name(Enrolled certificate) {
        return certificate.kind().word() + '-' + certificate.owner().id().replaceAll("[^A-Za-z0-9-]", "-");
    }

    private static List<X509Certificate> chain(Enrolled certificate, boolean whole) {
        List<X509Certificate> chain = certificate.issued().orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no certificate yet.")).certificates();
        return whole ? chain : chain.subList(0, 1);
    }

    private static byte[] encoded(List<X509Certificate> certificates) {
        try {
            return PemFile.encode(certificates).getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was read does not encode", e);
        }
    }
}
