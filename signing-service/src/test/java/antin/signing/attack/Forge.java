package antin.signing.attack;

import antin.kernel.key.SignatureAlgorithm;
import antin.signing.TestKey;
import eu.europa.esig.dss.asic.cades.ASiCWithCAdESSignatureParameters;
import eu.europa.esig.dss.asic.cades.signature.ASiCWithCAdESService;
import eu.europa.esig.dss.enumerations.ASiCContainerType;
import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.signature.AbstractSignatureParameters;
import eu.europa.esig.dss.signature.DocumentSignatureService;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Signatures by DSS itself in forms that the service validates but does not make. */
final class Forge {

    private Forge() {
    }

    static byte[] asicWithCades(Bench bench, byte[]... files) {
        ASiCWithCAdESSignatureParameters parameters = new ASiCWithCAdESSignatureParameters();
        parameters.setSignatureLevel(SignatureLevel.CAdES_BASELINE_B);
        parameters.aSiC().setContainerType(ASiCContainerType.ASiC_E);
        prepare(parameters, bench.ec);
        List<DSSDocument> documents = new java.util.ArrayList<>();
        for (int i = 0; i < files.length; i++) {
            documents.add(new InMemoryDocument(files[i], i == 0 ? "qd.txt" : "qd" + i + ".txt"));
        }
        ASiCWithCAdESService service = new ASiCWithCAdESService(new CommonCertificateVerifier());
        byte[] value = bench.ec.sign(SignatureAlgorithm.ECDSA_SHA256, service.getDataToSign(documents, parameters).getBytes());
        return bytes(service.signDocument(documents, parameters, value(value)));
    }

    static <P extends AbstractSignatureParameters<?>> byte[] sign(DocumentSignatureService<P, ?> service, P parameters, TestKey key, byte[] file) {
        prepare(parameters, key);
        DSSDocument document = new InMemoryDocument(file, "qd.txt");
        return bytes(service.signDocument(document, parameters, value(key.sign(SignatureAlgorithm.ECDSA_SHA256, service.getDataToSign(document, parameters).getBytes()))));
    }

    static void prepare(AbstractSignatureParameters<?> parameters, TestKey key) {
        parameters.setDigestAlgorithm(DigestAlgorithm.SHA256);
        parameters.setSigningCertificate(new CertificateToken(key.chain().getFirst()));
        parameters.setCertificateChain(key.chain().stream().map(CertificateToken::new).toList());
    }

    static SignatureValue value(byte[] value) {
        return new SignatureValue(eu.europa.esig.dss.enumerations.SignatureAlgorithm.ECDSA_SHA256, value);
    }

    static byte[] bytes(DSSDocument document) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            document.writeTo(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
