package antin.signing.dss;

import eu.europa.esig.dss.enumerations.Level;
import eu.europa.esig.dss.model.policy.ValidationPolicy;
import eu.europa.esig.dss.policy.EtsiValidationPolicy;
import eu.europa.esig.dss.policy.ValidationPolicyFacade;
import eu.europa.esig.dss.policy.jaxb.BasicSignatureConstraints;
import eu.europa.esig.dss.policy.jaxb.CertificateConstraints;
import eu.europa.esig.dss.policy.jaxb.ConstraintsParameters;
import eu.europa.esig.dss.policy.jaxb.LevelConstraint;
import eu.europa.esig.dss.policy.jaxb.SignatureConstraints;
import eu.europa.esig.dss.validation.policy.ValidationPolicyLoader;
import jakarta.xml.bind.JAXBException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/** DSS's policy for ETSI EN 319 102-1, 5.1.1, where what it only warns of but RFC 5280 and the signature formats forbid is a failure. */
final class Policy {

    private static final String DEFAULT = "/policy/constraint.xml";

    private Policy() {
    }

    private static final class Loaded {
        private static final ConstraintsParameters CONSTRAINTS = constraints();
    }

    static ValidationPolicy ours() {
        return ValidationPolicyLoader.fromValidationPolicy(new EtsiValidationPolicy(Loaded.CONSTRAINTS)).withDefaultCryptographicSuite().create();
    }

    private static ConstraintsParameters constraints() {
        try (InputStream in = Objects.requireNonNull(ValidationPolicyFacade.class.getResourceAsStream(DEFAULT))) {
            ConstraintsParameters constraints = ValidationPolicyFacade.newFacade().unmarshall(in);
            Stream.of(constraints.getSignatureConstraints(), constraints.getCounterSignatureConstraints()).forEach(Policy::raise);
            raise(constraints.getTimestamp().getBasicSignatureConstraints());
            fail(constraints.getTimestamp().getSignedAttributes().getCertDigestPresent());
            return constraints;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JAXBException | XMLStreamException | SAXException e) {
            throw new IllegalStateException("DSS's own policy cannot be read", e);
        }
    }

    private static void raise(SignatureConstraints constraints) {
        raise(constraints.getBasicSignatureConstraints());
        CertificateConstraints signer = constraints.getBasicSignatureConstraints().getSigningCertificate();
        signer.getKeyUsage().getId().add("digitalSignature"); // RFC 5280, 4.2.1.3: one of both; what else the certificate is for, Strictness knows
        signer.getKeyUsage().setLevel(Level.FAIL);
        // ETSI EN 319 122-1, 132-1, TS 119 182-1: the signed reference to the certificate, once
        fail(constraints.getSignedAttributes().getSigningCertificatePresent());
        fail(constraints.getSignedAttributes().getUnicitySigningCertificate());
        fail(constraints.getSignedAttributes().getIssuerSerialMatch());
    }

    /** RFC 5280, 4.2: what is critical and not understood; 4.2.1.10: names outside of what the authority may name. */
    private static void raise(BasicSignatureConstraints constraints) {
        Stream.of(constraints.getSigningCertificate(), constraints.getCACertificate()).forEach(certificate -> {
            fail(certificate.getNameConstraints());
            fail(certificate.getPolicyTree());
            certificate.getSupportedCriticalExtensions().setLevel(Level.FAIL);
        });
    }

    private static void fail(@Nullable LevelConstraint constraint) {
        if (constraint != null) {
            constraint.setLevel(Level.FAIL);
        }
    }
}
