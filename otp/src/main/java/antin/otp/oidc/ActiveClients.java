package antin.otp.oidc;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

/** Clients by the name they come with, without those that were switched off. What was given to one before can still be read by its row's id. */
final class ActiveClients implements RegisteredClientRepository {

    private final RegisteredClientRepository all;

    ActiveClients(RegisteredClientRepository all) {
        this.all = all;
    }

    @Override
    public void save(RegisteredClient client) {
        all.save(client);
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return all.findById(id);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        RegisteredClient client = all.findByClientId(clientId);
        return client != null && ClientRules.isActive(client) ? client : null;
    }
}
