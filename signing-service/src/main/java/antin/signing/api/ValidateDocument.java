package antin.signing.api;

import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import antin.signing.signature.Document;
import antin.signing.signature.EtsiReport;
import antin.signing.signature.Validation;
import antin.signing.signature.ValidationReport;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Steps 2 to 4 of journey 4, whoever asks: within the share of whoever asks, and never without its line in the audit. */
public final class ValidateDocument {

    private final Validation validation;
    private final AuditLog audit;
    private final MeterRegistry metrics;

    public ValidateDocument(Validation validation, AuditLog audit, MeterRegistry metrics) {
        this.validation = validation;
        this.audit = audit;
        this.metrics = metrics;
    }

    /**
     * Who asks.
     *
     * @param who  a client, or {@code anonymous}
     * @param from its address
     * @param jobs whose share it is
     */
    public record Caller(String who, String from, Jobs jobs) {
    }

    /** @param answer what is made of the report, in the same turn */
    public <T> T validate(Caller caller, Document document, Upload upload, Function<ValidationReport, T> answer) {
        List<Document> originals = originals(upload);
        return run(caller, document, upload, () -> validation.validate(document, originals), report -> report, answer);
    }

    /** With the XML of ETSI TS 119 102-2. */
    public String validateForPrograms(Caller caller, Document document, Upload upload) {
        List<Document> originals = originals(upload);
        return run(caller, document, upload, () -> validation.validateForPrograms(document, originals), EtsiReport::report, EtsiReport::xml);
    }

    private <R, T> T run(Caller caller, Document document, Upload upload, Supplier<R> work, Function<R, ValidationReport> report, Function<R, T> answer) {
        Timer.Sample timer = Timer.start(metrics);
        return caller.jobs().run(caller.who(), () -> {
            // Steps 2 and 3
            R found = work.get();
            // Step 4: one line, then the answer
            String conclusion = report.apply(found).conclusion().name().toLowerCase(Locale.ROOT);
            audit.record(new AuditEvent("document.validate", conclusion, caller.who(), caller.from(),
                Map.of("sha256", document.sha256(), "signatures", Integer.toString(report.apply(found).signatures().size()))));
            timer.stop(metrics.timer("antin.validations", "conclusion", conclusion));
            return answer.apply(found);
        }, upload.sizes());
    }

    /** What a form sends for a field without a file is none. */
    private static List<Document> originals(Upload upload) {
        return upload.documents("original").stream().filter(original -> original.size() > 0 || !original.name().equals(Upload.NO_NAME)).toList();
    }
}
