package antin.directory.ldap;

import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ResultCode;
import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A person's photo and certificates, outside the revision: the last one written counts, and writing it twice changes nothing. */
final class PersonMedia {

    private static final String PHOTO = "jpegPhoto";
    private static final String CERTIFICATE = "userCertificate;binary";
    private static final int LARGEST_PHOTO = 100 * 1024;

    private final Places places;
    private final LdapReads reads;
    private final LDAPConnectionPool connections;

    PersonMedia(Places places, LdapReads reads, LDAPConnectionPool connections) {
        this.places = places;
        this.reads = reads;
        this.connections = connections;
    }

    Optional<byte[]> photo(String number) {
        return !Places.isNumber(number) ? Optional.empty() : reads.entry(places.person(number), PHOTO).flatMap(entry -> Optional.ofNullable(entry.getAttributeValueBytes(PHOTO)));
    }

    void setPhoto(String number, byte[] jpeg) {
        if (jpeg.length > LARGEST_PHOTO) {
            throw new Refusal("photo", Reason.TOO_LONG);
        }
        write(number, replace(PHOTO, jpeg.length == 0 ? List.of() : List.of(jpeg)));
    }

    List<byte[]> certificates(String number) {
        return !Places.isNumber(number) ? List.of()
            : reads.entry(places.person(number), CERTIFICATE).flatMap(entry -> Optional.ofNullable(entry.getAttributeValueByteArrays(CERTIFICATE)))
                .map(List::of).orElse(List.of());
    }

    void setCertificates(String number, List<byte[]> certificates) {
        List<byte[]> packed = new ArrayList<>();
        try {
            CertificateFactory x509 = CertificateFactory.getInstance("X.509");
            for (byte[] der : certificates) {
                Certificate certificate = x509.generateCertificate(new ByteArrayInputStream(der));
                packed.add(x509.generateCertPath(List.of(certificate)).getEncoded("PKCS7"));
            }
        } catch (CertificateException e) {
            throw new Refusal("certificate", Reason.MALFORMED);
        }
        write(number, replace(CERTIFICATE, certificates), replace("userSMIMECertificate", packed));
    }

    private void write(String number, Modification... changes) {
        if (!Places.isNumber(number)) {
            throw new Refusal("number", Reason.UNKNOWN_PERSON);
        }
        ModifyRequest request = new ModifyRequest(places.person(number), changes);
        try {
            try {
                connections.modify(request);
            } catch (LDAPException e) {
                if (!LdapWrites.isLost(e)) {
                    throw e;
                }
                connections.modify(request);
            }
        } catch (LDAPException e) {
            throw e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT) ? new Refusal("number", Reason.UNKNOWN_PERSON) : LdapReads.away(e);
        }
    }

    private static Modification replace(String attribute, List<byte[]> values) {
        return new Modification(ModificationType.REPLACE, attribute, values.toArray(byte[][]::new));
    }
}
