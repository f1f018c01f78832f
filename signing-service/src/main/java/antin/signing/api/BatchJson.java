package antin.signing.api;

import antin.signing.batch.Batch;
import antin.signing.batch.BatchItem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A batch and a page of its items, as version 1 of the interface gives them. */
final class BatchJson {

    private BatchJson() {
    }

    /** @param next after which number the next page begins; 0 where this was the last */
    static Map<String, Object> of(Batch batch, List<BatchItem> items, int next) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", batch.id());
        answer.put("state", batch.state().name().toLowerCase(Locale.ROOT));
        answer.put("total", batch.total());
        answer.put("done", batch.done());
        answer.put("failed", batch.failed());
        answer.put("cancelled", batch.cancelled());
        answer.put("made", batch.made().toString());
        if (batch.ended() != null) {
            answer.put("ended", batch.ended().toString());
        }
        answer.put("items", items.stream().map(BatchJson::of).toList());
        if (next > 0) {
            answer.put("next", next);
        }
        return answer;
    }

    private static Map<String, Object> of(BatchItem item) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("number", item.number());
        answer.put("name", item.name());
        answer.put("status", item.state().name().toLowerCase(Locale.ROOT));
        if (item.signature() != null) {
            answer.put("signature", item.signature());
        }
        if (item.problem() != null) {
            answer.put("problem", Map.of("type", "/problems/" + item.problem(), "detail", String.valueOf(item.detail())));
        }
        return answer;
    }
}
