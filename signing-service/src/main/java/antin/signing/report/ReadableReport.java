package antin.signing.report;

import antin.signing.report.Sheet.Mark;
import antin.signing.report.Sheet.Row;
import antin.signing.report.Sheet.Section;
import antin.signing.signature.Document;
import antin.signing.signature.SignedContent;
import antin.signing.signature.ValidationReport;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.signature.ValidationReport.Coverage;
import antin.signing.signature.ValidationReport.SignatureReport;
import antin.signing.signature.ValidationReport.Signer;
import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report in words. Names come from certificates and senders: they are shown as text, cut where they are too long, and never as more than they are. */
public final class ReadableReport {

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm:ss 'UTC'x").withZone(ZONE);
    private static final int LONGEST = 300;
    private static final int MOST_CONTENTS = 20;

    private final Bilingual texts;

    public ReadableReport(Bilingual texts) {
        this.texts = texts;
    }

    /** @param checked when it was validated */
    public Sheet of(Document document, ValidationReport report, Instant checked) {
        List<SignatureReport> signatures = report.signatures();
        String summary = signatures.isEmpty() ? "none" : word(report.conclusion());
        List<Words> explanation = new ArrayList<>(List.of(texts.words("conclusion." + summary, signatures.size())));
        if (report.conclusion() == Conclusion.VALID && signatures.stream().noneMatch(signature -> signature.covers() == Coverage.WHOLE)) {
            explanation.add(texts.words("report.not-whole"));
        }
        List<Row> about = List.of(row("document", Words.same(shown(document.name()))), row("sha256", Words.same(document.sha256())), row("checked", Words.same(TIME.format(checked))));
        List<Section> sections = new ArrayList<>();
        for (SignatureReport signature : signatures) {
            sections.add(section(signature, sections.size() + 1, signatures.size()));
        }
        return new Sheet(texts.words("report.title"), mark(report.conclusion()), texts.words("report.verdict." + summary), explanation, about, sections, texts.words("report.note"),
            texts.words("report.footer", "{0}", "{1}"));
    }

    private Section section(SignatureReport signature, int number, int all) {
        boolean valid = signature.conclusion() == Conclusion.VALID;
        Signer signer = signature.signer();
        List<Row> rows = new ArrayList<>();
        if (!signature.reasons().isEmpty()) {
            rows.add(new Row(texts.words("report.label.reasons"), signature.reasons().stream().map(texts::reason).toList()));
        }
        rows.add(row("signer", name(signer == null ? null : signer.name(), valid)));
        rows.add(row("unit", name(signer == null ? null : signer.unit(), valid)));
        if (signer != null && signer.email() != null) {
            rows.add(row("email", name(signer.email(), valid)));
        }
        rows.add(row("claimed", signature.signingTime() == null ? texts.words("report.claimed.none") : Words.same(TIME.format(signature.signingTime()))));
        rows.add(row("proven", proven(signature)));
        rows.add(new Row(texts.words("report.label.covers"), covers(signature)));
        if (signer != null) {
            rows.add(row("certificate", Words.same(signer.serial().toString(16)), texts.words("report.issuer", shown(signer.issuer()))));
        }
        rows.add(row("format", Words.same(signature.format())));
        return new Section(texts.words("report.signature." + word(signature.conclusion()), number, all), mark(signature.conclusion()), rows);
    }

    private List<Words> covers(SignatureReport signature) {
        List<Words> covers = new ArrayList<>(List.of(texts.words("report.covers." + signature.covers().name().toLowerCase(Locale.ROOT))));
        signature.content().stream().limit(MOST_CONTENTS).map(this::content).forEach(covers::add);
        if (signature.content().size() > MOST_CONTENTS) {
            covers.add(texts.words("report.content.more", signature.content().size() - MOST_CONTENTS));
        }
        return covers;
    }

    private Words content(SignedContent content) {
        SignedContent.Revision revision = content.revision();
        String key = "report.content." + content.kind().name().toLowerCase(Locale.ROOT);
        return revision == null ? texts.words(key, shown(String.valueOf(content.name()))) : texts.words(key, revision.number(), revision.of(), revision.octets(), revision.length());
    }

    /** Nobody vouches for the names in a certificate that leads nowhere, or over content that was changed. */
    private Words name(@Nullable String name, boolean valid) {
        if (name == null || name.isBlank()) {
            return texts.words("report.unknown");
        }
        return valid ? Words.same(shown(name)) : texts.words("report.unverified", shown(name));
    }

    private Words proven(SignatureReport signature) {
        if (signature.provenTime() == null) {
            return texts.words("report.proven.none");
        }
        String by = signature.provenBy() == null ? "?" : shown(signature.provenBy());
        return texts.words("report.proven.by", TIME.format(signature.provenTime()), by);
    }

    private Row row(String label, Words... values) {
        return new Row(texts.words("report.label." + label), List.of(values));
    }

    /** Without what turns, hides or breaks lines (Unicode, categories Cc, Cf, Zl and Zp); composed, as fonts want it. */
    private static String shown(String untrusted) {
        String text = Normalizer.normalize(untrusted.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Cn}]+", " ").strip(), Normalizer.Form.NFC);
        return text.codePointCount(0, text.length()) > LONGEST ? text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…" : text;
    }

    private static Mark mark(Conclusion conclusion) {
        return switch (conclusion) {
            case VALID -> Mark.GOOD;
            case INVALID -> Mark.BAD;
            case INDETERMINATE -> Mark.OPEN;
        };
    }

    private static String word(Conclusion conclusion) {
        return conclusion.name().toLowerCase(Locale.ROOT);
    }
}
