package antin.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Method;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

class DescriptionTest {

    private final TestService service = TestService.shared();
    private final TestClient client = new TestClient(service);
    private final JsonNode description = TestClient.json(client.send(client.request("/v3/api-docs", "")));

    @Test
    void hasEveryRouteAndNoOther() {
        Set<String> described = new TreeSet<>();
        for (String path : description.get("paths").propertyNames()) {
            description.get("paths").get(path).propertyNames().forEach(method -> described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path));
        }
        assertThat(described).isEqualTo(routes()).isNotEmpty();
        assertThat(description.get("openapi").asString()).startsWith("3.1");
    }

    @Test
    void namesTheFieldsOfRealAnswers() {
        HttpResponse<byte[]> sealed = client.seal("{\"key\":\"sample-seal-ec\",\"format\":\"XAdES\"}", TestDocuments.xml().getBytes(StandardCharsets.UTF_8), "a.xml");
        conforms(TestClient.json(client.send(client.request(sealed.headers().firstValue("Location").orElseThrow(), client.token()))), schema("Signature"));
        JsonNode report = TestClient.json(client.validate(sealed.body()));
        conforms(report, schema("Report"));
        conforms(report.get("signatures").get(0), schema("SignatureReport"));
        conforms(TestClient.json(client.validate(new byte[] {1})), schema("Problem"));
        JsonNode waiting = TestClient.json(DeferredSignaturesTest.prepare(client, TestKey.ec(service.pki), "PAdES", "B", TestDocuments.pdf(1_000)));
        conforms(waiting, schema("ToBeSigned"));
        conforms(TestClient.json(client.send(client.request("/v1/signatures/" + waiting.get("id").asString(), client.token()))), schema("Signature"));
    }

    @Test
    void namesEveryFormOfAReport() {
        JsonNode forms = description.at("/paths/~1v1~1validations/post/responses/200/content");
        assertThat(Set.copyOf(forms.propertyNames())).containsExactlyInAnyOrder("application/json", "application/xml", "application/pdf");
        for (String form : forms.propertyNames()) {
            HttpResponse<byte[]> answer = client.post("/v1/validations", client.token(), new String[] {"Accept", form}, new TestClient.Part("document", "a.pdf", TestDocuments.pdf(1_000)));
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith(form);
        }
    }

    @Test
    void namesTheFieldsOfBatchesAndTheirWebHooks() {
        HttpResponse<byte[]> made = client.post("/v1/batches", client.token(), new String[0], TestClient.Part.text("options", "{\"key\":\"sample-seal-ec\",\"format\":\"XAdES\",\"hook\":\"documents\"}"),
            new TestClient.Part("document", "a.xml", TestDocuments.xml().getBytes(StandardCharsets.UTF_8)), new TestClient.Part("document", "b.xml", new byte[] {1}));
        String location = made.headers().firstValue("Location").orElseThrow();
        await().atMost(Duration.ofSeconds(60)).until(() -> TestClient.json(client.send(client.request(location, client.token()))).has("ended"));
        JsonNode batch = TestClient.json(client.send(client.request(location, client.token())));
        conforms(batch, schema("Batch"));
        batch.get("items").forEach(item -> conforms(item, schema("BatchItem")));
        await().atMost(Duration.ofSeconds(20)).until(() -> service.receiver.of(batch.get("id").asString()).size() >= 2);
        service.receiver.of(batch.get("id").asString()).forEach(call -> {
            conforms(call.event(), schema("HookEvent"));
            conforms(call.event().get("item"), schema("BatchItem"));
        });
    }

    @Test
    void hasExamplesThatConform() {
        JsonNode paths = description.get("paths");
        conforms(paths.at("/~1v1~1batches~1{id}/get/responses/200/content/application~1json/example"), schema("Batch"));
        conforms(paths.at("/~1v1~1batches/post/callbacks/item/{$request.body#~1hook}/post/requestBody/content/application~1json/example"), schema("HookEvent"));
        conforms(paths.at("/~1v1~1validations/post/responses/200/content/application~1json/example"), schema("Report"));
        conforms(paths.at("/~1v1~1validations/post/responses/200/content/application~1json/example/signatures/0"), schema("SignatureReport"));
        conforms(paths.at("/~1v1~1signatures~1{id}/get/responses/200/content/application~1json/example"), schema("Signature"));
        conforms(paths.at("/~1v1~1signatures/post/responses/201/content/application~1json/example"), schema("ToBeSigned"));
        for (String name : description.at("/components/responses").propertyNames()) {
            JsonNode content = description.at("/components/responses/" + name + "/content");
            conforms(content.has("application/json") ? content.at("/application~1json/example") : content.at("/application~1problem+json/example"),
                schema(content.has("application/json") ? "CscError" : "Problem"));
        }
    }

    private JsonNode schema(String name) {
        return description.at("/components/schemas/" + name);
    }

    private static void conforms(JsonNode answer, JsonNode schema) {
        Set<String> fields = Set.copyOf(answer.propertyNames());
        assertThat(Set.copyOf(schema.get("properties").propertyNames())).as("known").containsAll(fields);
        schema.get("required").forEach(field -> assertThat(fields).as("required").contains(field.asString()));
    }

    private static Set<String> routes() {
        Set<String> routes = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter().importPackages("antin.signing")) {
            if (type.isAnnotatedWith(RestController.class)) {
                for (Method method : type.reflect().getDeclaredMethods()) {
                    RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                    if (mapping != null) {
                        routes.add(mapping.method()[0] + " " + mapping.path()[0]);
                    }
                }
            }
        }
        return routes;
    }
}
