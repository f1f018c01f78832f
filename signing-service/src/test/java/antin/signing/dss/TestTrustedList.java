package antin.signing.dss;

import antin.signing.TestPki;
import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.xades.XAdESSignatureParameters;
import eu.europa.esig.dss.xades.signature.XAdESService;
import eu.europa.esig.dss.xades.tsl.TrustedListV6SignatureParametersBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;

/** A trusted list (ETSI TS 119 612) of one service, signed by an operator of its own. */
final class TestTrustedList {

    static final String GRANTED = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted";
    static final String WITHDRAWN = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/withdrawn";
    private static final String CA_QC = "http://uri.etsi.org/TrstSvc/Svctype/CA/QC";

    final KeyPair key = TestPki.ec("secp256r1");
    final X509Certificate operator;

    TestTrustedList(TestPki pki) {
        operator = pki.certificate("CN=Danh sách tin cậy,C=VN", key.getPublic(), TestPki.Kind.SIGNER, Date.from(Instant.now().minus(Duration.ofDays(1))), 300);
    }

    byte[] of(X509Certificate service, String status, int sequence, Duration valid) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try {
            return """
                <?xml version="1.0" encoding="UTF-8"?>
                <TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#" Id="list" TSLTag="http://uri.etsi.org/19612/TSLTag">
                <SchemeInformation><TSLVersionIdentifier>6</TSLVersionIdentifier><TSLSequenceNumber>%d</TSLSequenceNumber>
                <TSLType>http://uri.etsi.org/TrstSvc/TrustedList/TSLType/EUgeneric</TSLType>
                <SchemeOperatorName><Name xml:lang="vi">Cơ quan thử nghiệm</Name></SchemeOperatorName><SchemeOperatorAddress><PostalAddresses><PostalAddress xml:lang="vi">
                <StreetAddress>1</StreetAddress><Locality>Hà Nội</Locality><CountryName>VN</CountryName></PostalAddress></PostalAddresses>
                <ElectronicAddress><URI xml:lang="en">mailto:a@city.example</URI></ElectronicAddress></SchemeOperatorAddress>
                <SchemeName><Name xml:lang="en">VN:test</Name></SchemeName><SchemeInformationURI><URI xml:lang="en">https://city.example/</URI></SchemeInformationURI>
                <StatusDeterminationApproach>http://uri.etsi.org/TrstSvc/TrustedList/StatusDetn/EUappropriate</StatusDeterminationApproach><SchemeTerritory>VN</SchemeTerritory>
                <HistoricalInformationPeriod>65535</HistoricalInformationPeriod><ListIssueDateTime>%s</ListIssueDateTime><NextUpdate><dateTime>%s</dateTime></NextUpdate></SchemeInformation>
                <TrustServiceProviderList><TrustServiceProvider><TSPInformation><TSPName><Name xml:lang="en">Test</Name></TSPName><TSPTradeName><Name xml:lang="en">Test</Name></TSPTradeName>
                <TSPAddress><PostalAddresses><PostalAddress xml:lang="en"><StreetAddress>1</StreetAddress><Locality>Hà Nội</Locality><CountryName>VN</CountryName></PostalAddress></PostalAddresses>
                <ElectronicAddress><URI xml:lang="en">mailto:a@city.example</URI></ElectronicAddress></TSPAddress><TSPInformationURI><URI xml:lang="en">https://city.example/</URI></TSPInformationURI></TSPInformation>
                <TSPServices><TSPService><ServiceInformation><ServiceTypeIdentifier>%s</ServiceTypeIdentifier><ServiceName><Name xml:lang="en">Test CA</Name></ServiceName>
                <ServiceDigitalIdentity><DigitalId><X509Certificate>%s</X509Certificate></DigitalId></ServiceDigitalIdentity>
                <ServiceStatus>%s</ServiceStatus><StatusStartingTime>%s</StatusStartingTime></ServiceInformation></TSPService></TSPServices></TrustServiceProvider></TrustServiceProviderList>
                </TrustServiceStatusList>
                """.formatted(sequence, now.minusSeconds(3600), now.plus(valid), CA_QC, Base64.getEncoder().encodeToString(service.getEncoded()), status, now.minus(Duration.ofDays(30)))
                .getBytes(StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] signed(byte[] list) {
        try {
            DSSDocument document = new InMemoryDocument(list);
            XAdESSignatureParameters parameters = new TrustedListV6SignatureParametersBuilder(new CertificateToken(operator), document).setDigestAlgorithm(DigestAlgorithm.SHA256).build();
            XAdESService service = new XAdESService(new CommonCertificateVerifier());
            Signature engine = Signature.getInstance("SHA256withECDSA");
            engine.initSign(key.getPrivate());
            engine.update(service.getDataToSign(document, parameters).getBytes());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            service.signDocument(document, parameters, new SignatureValue(parameters.getSignatureAlgorithm(), engine.sign())).writeTo(out);
            return out.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
