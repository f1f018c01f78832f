package antin.ca.status;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.Req;
import org.jspecify.annotations.Nullable;

/** What an OCSPRequest (RFC 6960, 4.1) asks, read and found sound: which certificates, and the nonce that is to come back. */
record OcspQuestion(List<CertificateID> certificates, Optional<Extension> nonce) {

    /** A request for more certificates than any client asks about is refused, so that nobody makes us work for nothing. */
    static final int MOST_CERTIFICATES = 10;
    static final int LARGEST_REQUEST = 4 * 1024;
    private static final int LONGEST_NONCE = 32;
    private static final int LONGEST_SERIAL_BITS = 8 * 32;

    /** Empty for what is no request, or one that nobody needs to answer. */
    static Optional<OcspQuestion> read(byte[] untrustedRequest) {
        if (untrustedRequest.length > LARGEST_REQUEST || !StrictDer.isSound(untrustedRequest)) {
            return Optional.empty();
        }
        try {
            OCSPReq request = new OCSPReq(untrustedRequest);
            List<CertificateID> certificates = List.of(request.getRequestList()).stream().map(Req::getCertID).toList();
            boolean sound = !certificates.isEmpty() && certificates.size() <= MOST_CERTIFICATES && request.getVersionNumber() == 1
                && certificates.stream().allMatch(OcspQuestion::isSound);
            return sound ? Optional.of(new OcspQuestion(certificates, nonce(request))) : Optional.empty();
        } catch (IOException | RuntimeException e) { // Bouncy Castle tells bad content by many exceptions
            return Optional.empty();
        }
    }

    /** It is lazily read: touched here, so that what is bad shows before anything is signed. */
    private static boolean isSound(CertificateID id) {
        return id.getIssuerNameHash().length > 0 && id.getIssuerKeyHash().length > 0 && id.getSerialNumber().bitLength() <= LONGEST_SERIAL_BITS;
    }

    /** RFC 8954, 2.1: a nonce of no or more than 32 octets makes the request malformed. */
    private static Optional<Extension> nonce(OCSPReq request) throws IOException {
        @Nullable Extension nonce = request.hasExtensions() ? request.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce) : null;
        if (nonce == null) {
            return Optional.empty();
        }
        int octets = ASN1OctetString.getInstance(ASN1Primitive.fromByteArray(nonce.getExtnValue().getOctets())).getOctets().length;
        if (octets < 1 || octets > LONGEST_NONCE) {
            throw new IOException("not a nonce");
        }
        return Optional.of(Extension.create(nonce.getExtnId(), false, ASN1Primitive.fromByteArray(nonce.getExtnValue().getOctets())));
    }
}
