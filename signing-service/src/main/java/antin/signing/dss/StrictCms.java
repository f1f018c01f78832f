package antin.signing.dss;

import antin.signing.signature.Document;
import antin.signing.signature.Objection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataParser;
import org.bouncycastle.cms.CMSTypedStream;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** Holds the signed attributes of CMS to RFC 5652, 5.3, 5.4 and 11: in DER, each type once, and of the content's own type. */
final class StrictCms {

    private StrictCms() {
    }

    static Set<Objection> objections(Document document) {
        Set<Objection> found = EnumSet.noneOf(Objection.class);
        try (InputStream in = Files.newInputStream(document.file())) {
            CMSSignedDataParser parser = new CMSSignedDataParser(new JcaDigestCalculatorProviderBuilder().build(), in);
            CMSTypedStream content = parser.getSignedContent();
            if (content != null) {
                content.drain();
            }
            for (SignerInformation signer : parser.getSignerInfos()) {
                if (!isCertain(signer.toASN1Structure(), parser.getSignedContentTypeOID())) {
                    found.add(Objection.UNCERTAIN_ATTRIBUTE);
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CMSException | OperatorCreationException e) {
            throw new IllegalArgumentException("Not a signature of CMS", e);
        }
    }

    /** Without any, the value is over the content itself, which may be the attributes of another signature (RFC 5652, 5.4). */
    private static boolean isCertain(SignerInfo signer, String contentType) throws IOException {
        ASN1Set attributes = signer.getAuthenticatedAttributes();
        if (attributes == null) {
            return false;
        }
        Set<String> types = new HashSet<>();
        String named = "";
        for (ASN1Encodable one : attributes) {
            Attribute attribute = Attribute.getInstance(one);
            if (!types.add(attribute.getAttrType().getId())) {
                return false;
            }
            if (attribute.getAttrType().equals(CMSAttributes.contentType) && attribute.getAttrValues().size() == 1) {
                named = attribute.getAttrValues().getObjectAt(0).toString();
            }
        }
        return named.equals(contentType) && types.contains(CMSAttributes.messageDigest.getId())
            && Arrays.equals(attributes.getEncoded(), attributes.getEncoded(ASN1Encoding.DER));
    }
}
