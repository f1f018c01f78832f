package antin.signing.dss;

import eu.europa.esig.dss.model.policy.ValidationPolicy;
import eu.europa.esig.dss.policy.EtsiValidationPolicy;
import eu.europa.esig.dss.policy.ValidationPolicyFacade;
import eu.europa.esig.dss.policy.jaxb.ConstraintsParameters;
import jakarta.xml.bind.JAXBException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import javax.xml.stream.XMLStreamException;
import org.xml.sax.SAXException;

/** The policy that signatures are held to (ETSI EN 319 102-1, 5.1.1): {@code policy.xml}, whose rules docs/validation/policy.md explains. */
final class Policy {

    private static final String FILE = "policy.xml";

    private Policy() {
    }

    private static final class Loaded {
        private static final ConstraintsParameters CONSTRAINTS = constraints();
    }

    static ValidationPolicy ours() {
        return new EtsiValidationPolicy(Loaded.CONSTRAINTS);
    }

    private static ConstraintsParameters constraints() {
        try (InputStream in = Objects.requireNonNull(Policy.class.getResourceAsStream(FILE))) {
            return ValidationPolicyFacade.newFacade().unmarshall(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JAXBException | XMLStreamException | SAXException e) {
            throw new IllegalStateException("The validation policy cannot be read", e);
        }
    }
}
