package antin.signing.attack;

import static antin.signing.attack.XmlSigner.EXCLUSIVE;
import static antin.signing.attack.XmlSigner.canonical;
import static antin.signing.attack.XmlSigner.enveloped;
import static antin.signing.attack.XmlSigner.subtract;
import static antin.signing.attack.XmlSigner.xpath;
import static antin.signing.attack.XmlSigner.xslt;

import antin.signing.attack.Attack.Making;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrapping, hiding and outside references in XAdES and XMLDSig. */
class XmlAttackTest {

    private static final Bench BENCH = new Bench();
    private static final String PLAIN = "<vanBan><noiDung>Chi 1.000.000 cho A</noiDung></vanBan>";
    private static final String PARTS = "<vanBan><dau>12/QĐ</dau><than Id=\"than\">Chi 1.000 cho A</than></vanBan>";
    private static final String EVIL = "<than>Chi 9.000 cho B</than>";
    private static final String SHEET = "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'><xsl:template match='/'><noiDung/></xsl:template></xsl:stylesheet>";

    private static final String NO_DTD = "refused: An XML document with a document type declaration (DTD) is not taken (line 1).";
    private static final String BROKEN = "refused: The document is broken, protected, or not of the format asked for.";

    @AfterAll
    static void stop() {
        BENCH.close();
    }

    static Stream<Attack> wrapping() {
        return Stream.of(true, false).flatMap(xades -> Stream.of(
            wrap(xades, "moved under Object", "invalid FORMAT_FAILURE WRAPPED_CONTENT", signed -> moved(signed, "</ds:Signature>", "<ds:Object>", "</ds:Object>")),
            wrap(xades, "sibling wrapper", "invalid FORMAT_FAILURE WRAPPED_CONTENT", signed -> moved(signed, "</vanBan>", "<ngoai>", "</ngoai>")),
            wrap(xades, "wrapper above the root", "invalid FORMAT_FAILURE WRAPPED_CONTENT", signed -> "<vanBan>" + EVIL + "<cu>" + signed + "</cu></vanBan>"),
            wrap(xades, "Id twice, before", "invalid FORMAT_FAILURE WRAPPED_CONTENT AMBIGUOUS_ID", signed -> signed.replace("<dau>", "<than Id=\"than\">Chi 9.000 cho B</than><dau>")),
            wrap(xades, "Id twice, after", "invalid FORMAT_FAILURE WRAPPED_CONTENT AMBIGUOUS_ID", signed -> signed.replace("</vanBan>", "<than Id=\"than\">Chi 9.000 cho B</than></vanBan>")),
            wrap(xades, "Id as ID", "invalid FORMAT_FAILURE WRAPPED_CONTENT AMBIGUOUS_ID", signed -> signed.replace("<dau>", "<than ID=\"than\">Chi 9.000 cho B</than><dau>")),
            wrap(xades, "Id as xml:id", "invalid FORMAT_FAILURE AMBIGUOUS_ID", signed -> signed.replace("<dau>", "<khac xml:id=\"than\">Chi 9.000 cho B</khac><dau>")),
            wrap(xades, "twin without Id", "invalid FORMAT_FAILURE WRAPPED_CONTENT", signed -> signed.replace("<dau>", EVIL + "<dau>")),
            wrap(xades, "signed element removed", xades ? "indeterminate SIGNED_DATA_NOT_FOUND" : "invalid FORMAT_FAILURE", signed -> signed.replace("<than Id=\"than\">Chi 1.000 cho A</than>", EVIL))));
    }

    static Stream<Attack> hiding() throws Exception {
        return Stream.of(true, false).flatMap(xades -> Stream.of(
            made(xades, "XPath that drops content", "invalid FORMAT_FAILURE HIDING_TRANSFORM", () -> signer(xades).over("", enveloped(), xpath("not(ancestor-or-self::noiDung)"), canonical(EXCLUSIVE))),
            made(xades, "XPath Filter 2 that drops content", "invalid FORMAT_FAILURE HIDING_TRANSFORM", () -> signer(xades).over("", enveloped(), subtract("//noiDung"), canonical(EXCLUSIVE))),
            made(xades, "XSLT that drops content", "invalid FORMAT_FAILURE HIDING_TRANSFORM", () -> signer(xades).over("", enveloped(), xslt(SHEET), canonical(EXCLUSIVE))),
            made(xades, "enveloped twice", "invalid FORMAT_FAILURE HIDING_TRANSFORM", () -> signer(xades).over("", enveloped(), enveloped(), canonical(EXCLUSIVE))),
            made(xades, "SHA-1 digest", "indeterminate CRYPTO_CONSTRAINTS_FAILURE_NO_POE", () -> signer(xades).over("", "http://www.w3.org/2000/09/xmldsig#sha1", enveloped(), canonical(EXCLUSIVE))),
            made(xades, "HMAC", xades ? "invalid SIG_CRYPTO_FAILURE FORBIDDEN_ALGORITHM" : "invalid FORMAT_FAILURE FORBIDDEN_ALGORITHM", () -> signer(xades).over("", enveloped(), canonical(EXCLUSIVE)).by("http://www.w3.org/2000/09/xmldsig#hmac-sha1",
                new javax.crypto.spec.SecretKeySpec(BENCH.ec.chain().getFirst().getPublicKey().getEncoded(), "HmacSHA1"))),
            changed(xades, "comment inside text", "invalid FORMAT_FAILURE COMMENT_IN_TEXT", signed -> signed.replace("1.000.000", "1.000<!-- -->.000")),
            changed(xades, "DTD with external entity", NO_DTD, signed -> "<!DOCTYPE vanBan [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>" + body(signed)),
            changed(xades, "entity bomb", NO_DTD, signed -> "<!DOCTYPE vanBan [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'>]>" + body(signed)),
            changed(xades, "DTD default attribute", NO_DTD, signed -> "<!DOCTYPE vanBan [<!ATTLIST noiDung Id ID 'than'>]>" + body(signed)),
            changed(xades, "bad signature beside good", xades ? "invalid FORMAT_FAILURE AMBIGUOUS_ID" : "invalid HASH_FAILURE", signed -> signed.replace("</vanBan>", signed.substring(signed.indexOf("<ds:Signature "), signed.indexOf("</ds:Signature>") + 15)
                .replace("Id=\"sig\"", "Id=\"sig2\"") + "</vanBan>")),
            changed(xades, "content inside a bogus Signature", xades ? BROKEN : "invalid HASH_FAILURE", signed -> signed.replace("</vanBan>",
                "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:Object><noiDung>Chi 9.000</noiDung></ds:Object></ds:Signature></vanBan>")),
            changed(xades, "content inside Object", "invalid FORMAT_FAILURE UNSIGNED_OBJECT", signed -> signed.replace("</ds:Signature>", "<ds:Object><noiDung>Chi 9.000</noiDung></ds:Object></ds:Signature>"))));
    }

    static Stream<Attack> properties() {
        Making plain = () -> Sent.of(signer(false).over("", enveloped(), canonical(EXCLUSIVE)).sign(PLAIN));
        return Stream.of(
            made(true, "no content", "invalid FORMAT_FAILURE NOTHING_SIGNED", () -> signer(true)),
            outside("reference by HTTP", BENCH.pki.url() + "/crl/root.crl"),
            new Attack("XAdES: SignedProperties not referenced", "invalid FORMAT_FAILURE UNSIGNED_PROPERTIES", plain, () -> Sent.of(new String(plain.make().document(), StandardCharsets.UTF_8).replace("</ds:Signature>", "<ds:Object>"
                + fakeProperties("props") + "</ds:Object></ds:Signature>"))),
            outside("reference to a file", "file:///etc/hostname"),
            outside("reference to a relative path", "../../etc/hostname"),
            changed(true, "SignedProperties wrapped", BROKEN, signed -> signed.replace("<ds:Object>", "<ds:Object>" + fakeProperties("fake") + "</ds:Object><ds:Object>")),
            changed(true, "SignedProperties twice", BROKEN, signed -> signed.replace("<ds:Object>", "<ds:Object>" + fakeProperties("props") + "</ds:Object><ds:Object>")));
    }

    @ParameterizedTest
    @MethodSource({"wrapping", "hiding", "properties"})
    void isRefused(Attack attack) throws Exception {
        attack.check(BENCH);
    }

    /** Signed so: the URI is put in before the value is made, by a resolver that answers whatever is asked. */
    private static Attack outside(String name, String uri) {
        return made(true, name, "invalid FORMAT_FAILURE OUTSIDE_REFERENCE", () -> signer(true).over(uri));
    }

    private static String fakeProperties(String id) {
        return "<x:QualifyingProperties xmlns:x='http://uri.etsi.org/01903/v1.3.2#' Target='#sig'><x:SignedProperties Id='" + id + "'><x:SignedSignatureProperties>"
            + "<x:SigningTime>2020-01-01T00:00:00Z</x:SigningTime></x:SignedSignatureProperties></x:SignedProperties></x:QualifyingProperties>";
    }

    private interface Signing {
        XmlSigner signer() throws Exception;
    }

    private static XmlSigner signer(boolean xades) {
        XmlSigner signer = new XmlSigner(BENCH.ec);
        return xades ? signer : signer.plain();
    }

    private static String body(String signed) {
        return signed.substring(signed.indexOf("<vanBan"));
    }

    private static String moved(String signed, String before, String open, String close) {
        String than = "<than Id=\"than\">Chi 1.000 cho A</than>";
        return signed.replace(than, EVIL).replace(before, open + than + close + before);
    }

    private static Attack wrap(boolean xades, String name, String verdict, UnaryOperator<String> change) {
        Making honest = () -> Sent.of(signer(xades).over("#than", canonical(EXCLUSIVE)).sign(PARTS));
        return new Attack(name(xades, name), verdict, honest, () -> Sent.of(change.apply(body(new String(honest.make().document(), StandardCharsets.UTF_8)))));
    }

    private static Attack changed(boolean xades, String name, String verdict, UnaryOperator<String> change) {
        Making honest = () -> Sent.of(signer(xades).over("", enveloped(), canonical(EXCLUSIVE)).sign(PLAIN));
        return new Attack(name(xades, name), verdict, honest, () -> Sent.of(change.apply(new String(honest.make().document(), StandardCharsets.UTF_8))));
    }

    private static Attack made(boolean xades, String name, String verdict, Signing forged) {
        return new Attack(name(xades, name), verdict, () -> Sent.of(signer(xades).over("", enveloped(), canonical(EXCLUSIVE)).sign(PLAIN)), () -> Sent.of(forged.signer().sign(PLAIN)));
    }

    private static String name(boolean xades, String name) {
        return (xades ? "XAdES: " : "XMLDSig: ") + name;
    }
}
