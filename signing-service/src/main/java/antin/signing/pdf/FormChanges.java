package antin.signing.pdf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSBoolean;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.jspecify.annotations.Nullable;

/**
 * The form of a signed revision and of a later one (ISO 32000-2, 12.7): signature fields may be added with their signatures, and fields that were empty may be filled in. A value that was there is what was signed.
 */
final class FormChanges {

    private static final COSName NEED_APPEARANCES = COSName.getPDFName("NeedAppearances");
    private static final COSName SIG_FLAGS = COSName.getPDFName("SigFlags");
    private static final COSName MODIFIED = COSName.getPDFName("M");
    private static final Set<COSName> ACTIONS = Set.of(COSName.A, COSName.AA);
    private static final int DEEPEST = 50;

    /** Where fields hang. @param name dotted, as ISO 32000-2, 12.7.4.2 makes it */
    private record Parent(String name, boolean filled, int depth) {

        Parent of(String part) {
            return new Parent(name.isEmpty() || part.isEmpty() ? name + part : name + "." + part, filled, depth + 1);
        }
    }

    private final PdfChanges changes;
    private final Permission permission;
    private final long end;
    private final Set<Long> ends;
    private final Set<COSObjectKey> added = new HashSet<>();

    FormChanges(PdfChanges changes, Permission permission, long end, Set<Long> ends) {
        this.changes = changes;
        this.permission = permission;
        this.end = end;
        this.ends = ends;
    }

    boolean addsFields() {
        return !added.isEmpty();
    }

    /** Whether it is the field of a later signature or time stamp. */
    boolean isAdded(COSObject field) {
        return added.contains(field.getKey());
    }

    /** {@code AcroForm} of the catalog. */
    void compare(@Nullable COSBase before, @Nullable COSBase now) {
        COSDictionary form = dictionary(changes.see(before));
        COSDictionary formNow = dictionary(now instanceof COSObject reference ? reference.getObject() : now);
        if (formNow == null) {
            changes.against(PdfFinding.FORM_CHANGED);
            return;
        }
        changes.entries(form == null ? new COSDictionary() : form, formNow, Map.of(COSName.FIELDS, (fields, fieldsNow) -> fields(fields, fieldsNow, new Parent("", false, 0)), SIG_FLAGS, changes::any,
            COSName.DR, this::resources, COSName.DA, this::resources, NEED_APPEARANCES, this::needAppearances), PdfFinding.FORM_CHANGED);
    }

    private void resources(@Nullable COSBase before, @Nullable COSBase now) {
        if (before != null && !SameObjects.same(before, now)) {
            changes.against(PdfFinding.FORM_CHANGED);
        }
    }

    private void needAppearances(@Nullable COSBase before, @Nullable COSBase now) {
        if (!SameObjects.same(before, now) && now != null && !COSBoolean.FALSE.equals(now)) {
            changes.against(PdfFinding.FORM_CHANGED);
        }
    }

    /** Fields, or a field's kids: those that were there in their order, with new ones between. */
    private void fields(@Nullable COSBase before, @Nullable COSBase now, Parent parent) {
        List<COSBase> fields = list(changes.seeSingle(before));
        List<COSBase> fieldsNow = list(now instanceof COSObject reference ? reference.getObject() : now);
        int next = 0;
        for (COSBase field : fieldsNow) {
            if (next < fields.size() && SameObjects.same(fields.get(next), field)) {
                field(fields.get(next), field, parent);
                next++;
            } else if (field instanceof COSObject reference && changes.isNew(reference)) {
                add(reference);
            } else {
                changes.against(PdfFinding.FORM_CHANGED);
            }
        }
        if (next < fields.size() || parent.depth() > DEEPEST) {
            changes.against(PdfFinding.FORM_CHANGED);
        }
    }

    private void add(COSObject reference) {
        COSDictionary field = dictionary(reference.getObject());
        if (field == null || field instanceof COSStream || !COSName.SIG.equals(field.getCOSName(COSName.FT)) || field.containsKey(COSName.KIDS) || ACTIONS.stream().anyMatch(field::containsKey)
            || !signs(field.getDictionaryObject(COSName.V))) {
            changes.against(PdfFinding.FIELD_ADDED);
            return;
        }
        added.add(reference.getKey());
    }

    private void field(COSBase before, COSBase now, Parent parent) {
        COSDictionary field = dictionary(changes.see(before));
        COSDictionary fieldNow = dictionary(now instanceof COSObject reference ? reference.getObject() : now);
        if (field == null || fieldNow == null) {
            changes.against(PdfFinding.FORM_CHANGED);
            return;
        }
        Parent self = parent.of(field.getString(COSName.T, ""));
        boolean filled = isFilled(field, fieldNow, self.name()) || parent.filled();
        PdfChanges.Rule kids = (one, other) -> fields(one, other, new Parent(self.name(), filled, self.depth()));
        changes.entries(field, fieldNow, filled ? Map.of(COSName.KIDS, kids, COSName.V, changes::any, MODIFIED, changes::any, COSName.AS, changes::any, COSName.AP, this::shown, COSName.RECT, this::place)
            : Map.of(COSName.KIDS, kids), PdfFinding.FORM_CHANGED);
    }

    /** Whether an empty field has a value now. */
    private boolean isFilled(COSDictionary field, COSDictionary fieldNow, String name) {
        COSBase value = field.getDictionaryObject(COSName.V);
        COSBase valueNow = fieldNow.getDictionaryObject(COSName.V);
        if (SameObjects.same(value, valueNow)) {
            return false;
        }
        if (COSName.SIG.equals(field.getCOSName(COSName.FT))) {
            if (value != null || !signs(valueNow)) {
                changes.against(PdfFinding.FORM_CHANGED);
            }
            return true;
        }
        if (!isEmpty(value) || Appearances.areShown(field)) {
            changes.against(PdfFinding.FORM_CHANGED);
        } else if (permission.forbidsFilling(name)) {
            changes.against(PdfFinding.CHANGE_FORBIDDEN);
        }
        changes.change();
        return true;
    }

    /** What a widget looks like follows its field's value. */
    private void shown(@Nullable COSBase before, @Nullable COSBase now) {
        Appearances.streams(changes.seeSingle(before)).forEach(changes::seeSingle);
    }

    /** A signature that is not to be seen makes its field small. */
    private void place(@Nullable COSBase before, @Nullable COSBase now) {
        if (!SameObjects.same(before, now) && !(now instanceof COSArray box && Arrays.equals(box.toFloatArray(), new float[4]))) {
            changes.against(PdfFinding.FORM_CHANGED);
        }
    }

    /** Whether it is a signature that is looked at by itself, later than this revision, and allowed. */
    private boolean signs(@Nullable COSBase value) {
        if (!(value instanceof COSDictionary signature) || !(signature.getDictionaryObject(COSName.BYTERANGE) instanceof COSArray range) || range.size() != 4
            || !(range.getObject(2) instanceof COSNumber after) || !(range.getObject(3) instanceof COSNumber length)) {
            return false;
        }
        long its = after.longValue() + length.longValue();
        if (its <= end || !ends.contains(its)) {
            return false;
        }
        if (!"DocTimeStamp".equals(signature.getNameAsString(COSName.TYPE)) && !"ETSI.RFC3161".equals(signature.getNameAsString(COSName.SUB_FILTER))) {
            changes.change();
            if (permission.forbidsSignatures()) {
                changes.against(PdfFinding.CHANGE_FORBIDDEN);
            }
        }
        return true;
    }

    private static boolean isEmpty(@Nullable COSBase value) {
        return switch (value) {
            case null -> true;
            case COSString string -> string.getBytes().length == 0 || string.getString().isEmpty();
            case COSName name -> name.equals(COSName.OFF);
            case COSArray array -> array.size() == 0;
            default -> false;
        };
    }

    private static @Nullable COSDictionary dictionary(@Nullable COSBase object) {
        return object instanceof COSDictionary dictionary ? dictionary : null;
    }

    private static List<COSBase> list(@Nullable COSBase array) {
        List<COSBase> list = new ArrayList<>();
        if (array instanceof COSArray found) {
            found.forEach(list::add);
        }
        return list;
    }
}
