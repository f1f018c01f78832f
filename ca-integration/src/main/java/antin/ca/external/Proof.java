package antin.ca.external;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;

/** A challenge's signature, as tokens make it. */
public record Proof(Form form, byte[] value) {

    public Proof {
        value = value.clone();
    }

    /** How the value came about; all over SHA-256. */
    public enum Form { RSA_PKCS1, RSA_PSS, ECDSA, CMS_DETACHED }

    /** A detached CMS as programs write it: DER, PEM or bare base64. */
    public static Proof cms(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1).replaceAll("-----(BEGIN|END) [A-Z0-9 ]+-----", "").strip();
        try {
            return new Proof(Form.CMS_DETACHED, file.length > 0 && file[0] == 0x30 ? file : Base64.getMimeDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new OutsideRefusal(OutsideFault.NOT_SIGNED, e);
        }
    }

    public static final int LARGEST_SIGNATURE = 64 * 1024;

    /** Throws {@link OutsideRefusal} where the certificate's key did not sign exactly this. */
    void check(byte[] signed, X509Certificate unverifiedCertificate) {
        if (value.length > LARGEST_SIGNATURE) {
            throw new OutsideRefusal(OutsideFault.TOO_LARGE);
        }
        if (!isGood(signed, unverifiedCertificate)) {
            throw new OutsideRefusal(OutsideFault.NOT_SIGNED);
        }
    }

    /** Whether the certificate's key signed exactly this. */
    boolean isOf(byte[] signed, X509Certificate certificate) {
        return value.length <= LARGEST_SIGNATURE && isGood(signed, certificate);
    }

    private boolean isGood(byte[] signed, X509Certificate certificate) {
        try {
            return switch (form) {
                case RSA_PKCS1 -> raw("SHA256withRSA", Optional.empty(), signed, certificate);
                case RSA_PSS -> raw("RSASSA-PSS", Optional.of(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1)), signed, certificate);
                case ECDSA -> raw("SHA256withECDSA", Optional.empty(), signed, certificate);
                case CMS_DETACHED -> cms(signed, certificate);
            };
        } catch (GeneralSecurityException | CMSException | OperatorCreationException | RuntimeException e) {
            return false;
        }
    }

    private boolean raw(String algorithm, Optional<PSSParameterSpec> parameters, byte[] signed, X509Certificate certificate) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm);
        if (parameters.isPresent()) {
            signature.setParameter(parameters.get());
        }
        signature.initVerify(certificate.getPublicKey());
        signature.update(signed);
        return signature.verify(value);
    }

    /** RFC 5652 with one signer; the message digest is over our octets, whatever the structure holds. */
    private boolean cms(byte[] signed, X509Certificate certificate) throws CMSException, OperatorCreationException {
        CMSSignedData data = new CMSSignedData(new CMSProcessableByteArray(signed), value);
        if (data.getSignerInfos().size() != 1) {
            return false;
        }
        SignerInformation signer = data.getSignerInfos().iterator().next();
        return !Arrays.asList("1.2.840.113549.2.5", "1.3.14.3.2.26").contains(signer.getDigestAlgOID()) // MD5, SHA-1
            && signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate.getPublicKey()));
    }
}
