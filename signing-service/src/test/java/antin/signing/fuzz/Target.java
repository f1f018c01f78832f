package antin.signing.fuzz;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Every parser entry. */
enum Target {

    VALIDATE_ANY(ValidateAny.class, ValidateAny::fuzzerTestOneInput, ValidateAny::seeds),
    VALIDATE_PDF(ValidatePdf.class, ValidatePdf::fuzzerTestOneInput, ValidatePdf::seeds),
    VALIDATE_XML(ValidateXml.class, ValidateXml::fuzzerTestOneInput, ValidateXml::seeds),
    VALIDATE_JSON(ValidateJson.class, ValidateJson::fuzzerTestOneInput, ValidateJson::seeds),
    VALIDATE_CMS(ValidateCms.class, ValidateCms::fuzzerTestOneInput, ValidateCms::seeds),
    VALIDATE_CONTAINER(ValidateContainer.class, ValidateContainer::fuzzerTestOneInput, ValidateContainer::seeds),
    VALIDATE_XML_DSIG(ValidateXmlDsig.class, ValidateXmlDsig::fuzzerTestOneInput, ValidateXmlDsig::seeds),
    PREPARE_PDF(PreparePdf.class, PreparePdf::fuzzerTestOneInput, PreparePdf::seeds),
    PREPARE_PICTURE(PreparePicture.class, PreparePicture::fuzzerTestOneInput, PreparePicture::seeds),
    PREPARE_XML(PrepareXml.class, PrepareXml::fuzzerTestOneInput, PrepareXml::seeds),
    PREPARE_OTHER(PrepareOther.class, PrepareOther::fuzzerTestOneInput, PrepareOther::seeds),
    READ_ENVELOPE(ReadEnvelope.class, ReadEnvelope::fuzzerTestOneInput, ReadEnvelope::seeds),
    READ_OPTIONS(ReadOptions.class, ReadOptions::fuzzerTestOneInput, ReadOptions::seeds),
    READ_CSC(ReadCsc.class, ReadCsc::fuzzerTestOneInput, ReadCsc::seeds),
    READ_UPLOAD(ReadUpload.class, ReadUpload::fuzzerTestOneInput, ReadUpload::seeds),
    READ_ANSWERS(ReadAnswers.class, ReadAnswers::fuzzerTestOneInput, ReadAnswers::seeds),
    READ_LIST(ReadList.class, ReadList::fuzzerTestOneInput, ReadList::seeds),
    EXTEND_PDF(ExtendPdf.class, ExtendPdf::fuzzerTestOneInput, ExtendPdf::seeds);

    final Class<?> entry;
    final Consumer<byte[]> input;
    final Supplier<List<byte[]>> seeds;

    Target(Class<?> entry, Consumer<byte[]> input, Supplier<List<byte[]>> seeds) {
        this.entry = entry;
        this.input = input;
        this.seeds = seeds;
    }

    /** Its folder, for findings and for the corpus. */
    String folder() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Branches; and what is compared, but in PDF, whose readers compare each octet many times. */
    String watched() {
        return name().endsWith("_PDF") || this == PREPARE_PICTURE ? "cov" : "all";
    }
}
