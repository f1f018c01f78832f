package antin.mail.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import javax.mail.MessagingException;
import javax.mail.internet.AddressException;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.server.core.MailImpl;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders.Header;

/** All of a {@link Mail} but its message, as JSON. What a mailet attached and James cannot write as JSON is left out. */
final class Envelope {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Envelope() {
    }

    static String write(Mail mail) throws MessagingException {
        ObjectNode envelope = JSON.createObjectNode();
        envelope.put("state", mail.getState());
        envelope.put("error", mail.getErrorMessage());
        envelope.put("sender", mail.getMaybeSender().asString(""));
        envelope.put("remote-host", mail.getRemoteHost());
        envelope.put("remote-address", mail.getRemoteAddr());
        envelope.put("updated", Objects.requireNonNullElseGet(mail.getLastUpdated(), Date::new).toInstant().toString());
        mail.getRecipients().forEach(recipient -> envelope.withArray("recipients").add(recipient.asString()));
        ObjectNode attributes = envelope.putObject("attributes");
        mail.attributes().forEach(attribute -> attribute.getValue().toJson().ifPresent(value -> attributes.set(attribute.getName().asString(), value)));
        mail.getPerRecipientSpecificHeaders().getHeadersByRecipient().forEach((recipient, header) ->
            envelope.withArray("headers").addObject().put("recipient", recipient.asString()).put("name", header.getName()).put("value", header.getValue()));
        return envelope.toString();
    }

    /** The mail, still without its message. */
    static MailImpl read(String name, String json) throws MessagingException {
        try {
            JsonNode envelope = JSON.readTree(json);
            String sender = envelope.path("sender").asText();
            MailImpl.Builder mail = MailImpl.builder().name(name).state(envelope.path("state").asText())
                .sender(sender.isEmpty() ? MaybeSender.nullSender() : MaybeSender.of(new MailAddress(sender)));
            for (JsonNode recipient : envelope.path("recipients")) {
                mail.addRecipient(new MailAddress(recipient.asText()));
            }
            for (Map.Entry<String, JsonNode> attribute : envelope.path("attributes").properties()) {
                mail.addAttribute(new Attribute(AttributeName.of(attribute.getKey()), AttributeValue.fromJson(attribute.getValue())));
            }
            for (JsonNode header : envelope.path("headers")) {
                mail.addHeaderForRecipient(Header.builder().name(header.path("name").asText()).value(header.path("value").asText()).build(),
                    new MailAddress(header.path("recipient").asText()));
            }
            MailImpl result = mail.build();
            if (envelope.hasNonNull("error")) {
                result.setErrorMessage(envelope.path("error").asText());
            }
            result.setRemoteHost(envelope.path("remote-host").asText());
            result.setRemoteAddr(envelope.path("remote-address").asText());
            result.setLastUpdated(Date.from(Instant.parse(envelope.path("updated").asText())));
            return result;
        } catch (JsonProcessingException | AddressException e) {
            throw new MessagingException("The envelope of " + name + " cannot be read.", e);
        }
    }
}
