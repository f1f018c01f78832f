package antin.signing.pdf;

import antin.signing.pdf.StrictPdf.Verdict;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;

/**
 * The objects in which a signed revision and the document as it is now differ. Those that updates may touch are compared entry by entry from the catalog down; every other one must be as it was. New objects count by what
 * leads to them.
 */
final class PdfChanges {

    private static final COSName DSS = COSName.getPDFName("DSS");
    private static final COSName EXTENSIONS = COSName.getPDFName("Extensions");
    private static final COSName INFO = COSName.INFO;
    /** ISO 32000-2, table 349: text about the document. */
    private static final Set<String> ABOUT = Set.of("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate", "Trapped");

    /** How one entry is compared: as it was, and as it is. */
    @FunctionalInterface
    interface Rule {
        void compare(@Nullable COSBase before, @Nullable COSBase now);
    }

    private final COSDocument signed;
    private final COSDocument later;
    private final Set<PdfFinding> against = EnumSet.noneOf(PdfFinding.class);
    /** Objects whose change was looked at. */
    private final Set<COSObjectKey> seen = new HashSet<>();
    /** Of these, the ones that would change something else too where anything else names them. */
    private final Set<COSObjectKey> single = new HashSet<>();
    private final Set<Long> numbers = new HashSet<>();
    private final FormChanges form;
    private final PageChanges pages;
    private boolean changed;

    PdfChanges(PDDocument signed, PDDocument later, SignedRange range, Set<Long> ends) {
        this.signed = signed.getDocument();
        this.later = later.getDocument();
        this.signed.getXrefTable().keySet().forEach(key -> numbers.add(key.getNumber()));
        Permission permission = Permission.of(signed);
        this.form = new FormChanges(this, permission, range.end(), ends);
        this.pages = new PageChanges(this, permission, form);
    }

    /** @param freed numbers of objects that updates take away */
    Verdict compare(Set<Long> freed) {
        trailer();
        if (freed.stream().anyMatch(numbers::contains)) {
            against(PdfFinding.OBJECT_CHANGED); // PDFBox goes on reading what an update takes away; others do not
        }
        Set<COSObjectKey> different = different();
        COSDictionary before = signed.getTrailer().getCOSDictionary(COSName.ROOT);
        COSDictionary now = later.getTrailer().getCOSDictionary(COSName.ROOT);
        if (before == null || now == null) {
            return Verdict.of(PdfFinding.CATALOG_CHANGED);
        }
        see(signed.getTrailer().getItem(COSName.ROOT));
        entries(before, now, Map.of(DSS, this::validationData, EXTENSIONS, this::any, COSName.VERSION, this::any, COSName.METADATA, this::metadata, COSName.OUTPUT_INTENTS, this::outputIntents, COSName.ACRO_FORM, form::compare),
            PdfFinding.CATALOG_CHANGED);
        different.removeAll(seen);
        if (!different.isEmpty() || form.addsFields()) {
            pages.compare(before.getItem(COSName.PAGES), now.getItem(COSName.PAGES));
            different.removeAll(seen);
        }
        for (COSObjectKey key : different) {
            if (!SameObjects.same(object(signed, key), object(later, key))) {
                against(PdfFinding.OBJECT_CHANGED);
            }
        }
        single.retainAll(different());
        if (against.isEmpty() && !single.isEmpty() && new References(signed).anyTwice(single)) {
            against(PdfFinding.OBJECT_CHANGED);
        }
        return new Verdict(against, changed || !against.isEmpty());
    }

    void against(PdfFinding finding) {
        against.add(finding);
    }

    /** Somebody signed or filled something in, as they may. */
    void change() {
        changed = true;
    }

    /** What an entry leads to, and its change is looked at from here on. */
    @Nullable COSBase see(@Nullable COSBase item) {
        if (item instanceof COSObject reference) {
            seen.add(reference.getKey());
            return reference.getObject();
        }
        return item;
    }

    /** The same for what nothing else may name. */
    @Nullable COSBase seeSingle(@Nullable COSBase item) {
        if (item instanceof COSObject reference) {
            single.add(reference.getKey());
        }
        return see(item);
    }

    boolean isNew(COSObject reference) {
        return !numbers.contains(reference.getObjectNumber());
    }

    /** Entries with a rule by that, all others as they were. */
    void entries(COSDictionary before, COSDictionary now, Map<COSName, Rule> rules, PdfFinding otherwise) {
        Set<COSName> keys = new HashSet<>(before.keySet());
        keys.addAll(now.keySet());
        for (COSName key : keys) {
            Rule rule = rules.get(key);
            if (rule != null) {
                rule.compare(before.getItem(key), now.getItem(key));
            } else if (!SameObjects.same(before.getItem(key), now.getItem(key))) {
                against(otherwise);
            }
        }
    }

    /** Says nothing about what is shown. */
    void any(@Nullable COSBase before, @Nullable COSBase now) {
        seeSingle(before);
    }

    private void trailer() {
        COSDictionary before = signed.getTrailer();
        COSDictionary now = later.getTrailer();
        for (COSName key : List.of(COSName.ROOT, COSName.ENCRYPT)) {
            if (!SameObjects.same(before.getItem(key), now.getItem(key))) {
                against(PdfFinding.CATALOG_CHANGED);
            }
        }
        if (before.getDictionaryObject(COSName.ID) instanceof COSArray one && one.size() > 0
            && !(now.getDictionaryObject(COSName.ID) instanceof COSArray other && other.size() > 0 && SameObjects.same(one.getObject(0), other.getObject(0)))) {
            against(PdfFinding.CATALOG_CHANGED);
        }
        COSBase about = seeSingle(before.getItem(INFO));
        COSBase aboutNow = now.getDictionaryObject(INFO);
        if (aboutNow != null && !(aboutNow instanceof COSDictionary) || about instanceof COSDictionary one && aboutNow instanceof COSDictionary other && !sameBut(one, other)) {
            against(PdfFinding.OBJECT_CHANGED);
        }
    }

    private static boolean sameBut(COSDictionary one, COSDictionary other) {
        Set<COSName> keys = new HashSet<>(one.keySet());
        keys.addAll(other.keySet());
        return keys.stream().allMatch(key -> ABOUT.contains(key.getName()) || SameObjects.same(one.getItem(key), other.getItem(key)));
    }

    /** XMP tells of the document, and changes with each program that saves it. */
    private void metadata(@Nullable COSBase before, @Nullable COSBase now) {
        COSBase stream = now instanceof COSObject reference ? reference.getObject() : now;
        if (stream != null && !(stream instanceof COSStream metadata && COSName.METADATA.equals(metadata.getCOSName(COSName.TYPE)))) {
            against(PdfFinding.CATALOG_CHANGED);
        }
        seeSingle(before);
    }

    /** A later signature's picture brings the profile of its colours along; any other profile could turn the pages' colours. */
    private void outputIntents(@Nullable COSBase before, @Nullable COSBase now) {
        if (!SameObjects.same(before, now) && !(before == null && ColourProfile.isOrdinary(now))) {
            against(PdfFinding.CATALOG_CHANGED);
        }
    }

    private void validationData(@Nullable COSBase before, @Nullable COSBase now) {
        ValidationData data = new ValidationData(this);
        data.see(before);
        if (!data.isPlain(now)) {
            against(PdfFinding.CATALOG_CHANGED);
        }
    }

    /** Objects of the signed revision that lie elsewhere now, or nowhere. */
    private Set<COSObjectKey> different() {
        Map<COSObjectKey, Long> before = signed.getXrefTable();
        Map<COSObjectKey, Long> now = later.getXrefTable();
        Set<COSObjectKey> different = new HashSet<>();
        before.forEach((key, place) -> {
            Long place2 = now.get(key);
            boolean moved = !place.equals(place2) || place < 0 && !isSame(before, now, new COSObjectKey(-place, 0));
            if (moved) {
                different.add(key);
            }
        });
        if (now.keySet().stream().anyMatch(key -> !before.containsKey(key) && numbers.contains(key.getNumber()))) {
            against(PdfFinding.OBJECT_CHANGED); // another generation: readers differ in which they take
        }
        return different;
    }

    private static boolean isSame(Map<COSObjectKey, Long> before, Map<COSObjectKey, Long> now, COSObjectKey key) {
        return java.util.Objects.equals(before.get(key), now.get(key));
    }

    private static @Nullable COSBase object(COSDocument document, COSObjectKey key) {
        return document.getXrefTable().containsKey(key) ? document.getObjectFromPool(key).getObject() : null;
    }
}
