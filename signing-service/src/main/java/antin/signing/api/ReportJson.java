package antin.signing.api;

import antin.signing.signature.Document;
import antin.signing.signature.SignedContent;
import antin.signing.signature.ValidationReport;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.signature.ValidationReport.SignatureReport;
import antin.signing.signature.ValidationReport.Signer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/** A report as version 1 of the interface gives it, with its texts in both languages. */
final class ReportJson {

    private static final Locale VIETNAMESE = Locale.forLanguageTag("vi");

    private final MessageSource messages;

    ReportJson(MessageSource messages) {
        this.messages = messages;
    }

    Map<String, Object> json(Document document, ValidationReport report) {
        String summary = report.signatures().isEmpty() ? "none" : word(report.conclusion());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("conclusion", word(report.conclusion()));
        json.put("text", texts("conclusion." + summary, report.signatures().size()));
        json.put("document", Map.of("name", document.name(), "sha256", document.sha256()));
        json.put("signatures", report.signatures().stream().map(this::signature).toList());
        return json;
    }

    private Map<String, Object> signature(SignatureReport signature) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", signature.id());
        json.put("conclusion", word(signature.conclusion()));
        json.put("indication", signature.indication());
        json.put("subIndication", signature.subIndication());
        json.put("format", signature.format());
        json.put("signer", signer(signature.signer()));
        json.put("signingTime", text(signature.signingTime()));
        json.put("provenTime", text(signature.provenTime()));
        json.put("provenBy", signature.provenBy());
        json.put("covers", signature.covers().name().toLowerCase(Locale.ROOT));
        json.put("content", signature.content().stream().map(ReportJson::content).toList());
        List<Map<String, Object>> reasons = new ArrayList<>();
        for (String code : signature.reasons()) {
            Map<String, Object> reason = new LinkedHashMap<>();
            reason.put("code", code);
            reason.putAll(texts("reason." + code));
            reasons.add(reason);
        }
        json.put("reasons", reasons);
        return json;
    }

    private static Map<String, Object> content(SignedContent content) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", content.kind().name().toLowerCase(Locale.ROOT));
        json.put("name", content.name());
        SignedContent.Revision revision = content.revision();
        json.put("revision", revision == null ? null : Map.of("number", revision.number(), "of", revision.of(), "octets", revision.octets(), "length", revision.length()));
        return json;
    }

    private static @Nullable Map<String, Object> signer(@Nullable Signer signer) {
        if (signer == null) {
            return null;
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", signer.name());
        json.put("unit", signer.unit());
        json.put("email", signer.email());
        json.put("serial", signer.serial().toString(16));
        json.put("issuer", signer.issuer());
        return json;
    }

    private Map<String, Object> texts(String key, Object... values) {
        Map<String, Object> texts = new LinkedHashMap<>();
        texts.put("vi", text(key, values, VIETNAMESE));
        texts.put("en", text(key, values, Locale.ENGLISH));
        return texts;
    }

    private String text(String key, Object[] values, Locale locale) {
        String fallback = messages.getMessage("reason.other", null, locale);
        return String.valueOf(messages.getMessage(key, values, fallback, locale));
    }

    private static String word(Conclusion conclusion) {
        return conclusion.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
