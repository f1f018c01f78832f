package antin.backbone.client;

import antin.backbone.admin.Form;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import antin.otp.oidc.Client;
import antin.otp.oidc.ClientKind;
import antin.otp.oidc.Clients;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A client as the fields of a form, and back. */
final class ClientFields {

    private static final String SEAL = "seal:";

    private ClientFields() {
    }

    static Map<String, String> of(Client client) {
        return new HashMap<>(Map.of("client-name", client.name(), "kind", client.kind().word(), "redirects", String.join("\n", client.redirects()),
            "logout-redirects", String.join("\n", client.logoutRedirects()), "units", String.join("\n", client.units()), "method", client.method(), "keys", client.keys(),
            "subject", client.subject(), "logout-address", client.logoutAddress(),
            "seals", client.scopes().stream().filter(scope -> scope.startsWith(SEAL)).map(scope -> scope.substring(SEAL.length())).collect(Collectors.joining("\n"))));
    }

    static Client created(Form form) {
        ClientKind kind = ClientKind.of(form.text("kind")).orElseThrow(() -> new Refusal("kind", Reason.UNKNOWN_WORD));
        return read(form, form.text("client-id"), kind, true, 0);
    }

    /** Its id and kind stay. */
    static Client changed(Client before, Form form) {
        return read(form, before.id(), before.kind(), before.active(), before.revision());
    }

    static Client switched(Client before, boolean active) {
        return new Client(before.id(), before.name(), before.kind(), active, before.redirects(), before.logoutRedirects(), before.scopes(), before.units(), before.method(), before.keys(),
            before.subject(), before.logoutAddress(), before.revision());
    }

    private static Client read(Form form, String id, ClientKind kind, boolean active, long revision) {
        List<String> scopes = new ArrayList<>(form.all("scopes").stream().filter(Clients.scopes(kind)::contains).toList());
        if (kind == ClientKind.SERVICE) {
            form.list("seals").forEach(seal -> scopes.add(SEAL + seal));
        }
        String method = kind == ClientKind.DEVICE ? "none" : form.text("method");
        return new Client(id, form.text("client-name"), kind, active, form.list("redirects"), form.list("logout-redirects"), scopes, form.list("units"), method,
            form.text("keys"), form.text("subject"), form.text("logout-address"), revision);
    }
}
