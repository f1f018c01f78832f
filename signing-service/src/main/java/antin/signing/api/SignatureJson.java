package antin.signing.api;

import antin.signing.deferred.DeferredSignature;
import antin.signing.seal.Seal;
import antin.signing.seal.Seal.Result;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What is remembered, as version 1 of the interface gives it. */
final class SignatureJson {

    private SignatureJson() {
    }

    static Map<String, Object> of(Seal seal) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", seal.id());
        answer.put("state", seal.state().name().toLowerCase(Locale.ROOT));
        answer.put("key", seal.key());
        answer.put("format", seal.format());
        answer.put("level", seal.level());
        answer.put("algorithm", seal.algorithm());
        answer.put("document", Map.of("name", seal.documentName(), "sha256", seal.documentSha256()));
        answer.put("certificate", String.valueOf(seal.certificate()));
        Result result = seal.result();
        if (result != null) {
            answer.put("result", Map.of("name", result.name(), "mediaType", result.mediaType(), "sha256", result.sha256(), "size", result.size()));
        }
        answer.put("begun", seal.begun().toString());
        if (seal.ended() != null) {
            answer.put("ended", seal.ended().toString());
        }
        return answer;
    }

    static Map<String, Object> of(DeferredSignature signature) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", signature.id());
        answer.put("state", signature.state().name().toLowerCase(Locale.ROOT));
        answer.put("format", signature.format());
        answer.put("level", signature.level().name());
        answer.put("algorithm", signature.algorithm().word());
        answer.put("document", Map.of("name", signature.documentName(), "sha256", signature.documentSha256()));
        answer.put("certificate", signature.chain().getFirst().getSerialNumber().toString(16));
        if (signature.resultSha256() != null) {
            answer.put("result", Map.of("sha256", signature.resultSha256()));
        }
        answer.put("begun", signature.begun().toString());
        answer.put("expires", signature.expires().toString());
        if (signature.ended() != null) {
            answer.put("ended", signature.ended().toString());
        }
        return answer;
    }
}
