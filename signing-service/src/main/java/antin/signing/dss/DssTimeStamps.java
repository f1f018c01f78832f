package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.signature.TimeStamps;
import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.model.DSSException;
import java.io.IOException;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.tsp.TimeStampResp;

/** The same stamps that signatures get; their nonce is checked on the way. */
public final class DssTimeStamps implements TimeStamps {

    private final Trust trust;

    public DssTimeStamps(Trust trust) {
        this.trust = trust;
    }

    @Override
    public byte[] stamp(String digestAlgorithm, byte[] digest) {
        try {
            byte[] token = trust.timeStamps().getTimeStampResponse(DigestAlgorithm.forJavaName(digestAlgorithm), digest).getBytes();
            return new TimeStampResp(new PKIStatusInfo(PKIStatus.granted), ContentInfo.getInstance(token)).getEncoded(ASN1Encoding.DER);
        } catch (DSSException e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "The time-stamp service does not answer.", e);
        } catch (IOException e) {
            throw new IllegalStateException("It was read from its encoding", e);
        }
    }
}
