package antin.otp.oidc;

import antin.otp.vault.Vault;
import antin.otp.vault.VaultRows;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Clients' secrets, which only their next use brings over to a new key ({@link MachineSecrets#upgradeEncoding}). */
public final class ClientSecretRows implements VaultRows {

    private final JdbcClient database;
    private final Vault vault;

    public ClientSecretRows(JdbcClient database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    @Override
    public String name() {
        return "client-secrets";
    }

    @Override
    public int reseal() {
        return 0;
    }

    @Override
    public long underFormerKeys() {
        return database.sql("SELECT count(*) FROM oauth2_registered_client WHERE client_secret IS NOT NULL AND split_part(client_secret, ':', 1) <> ?")
            .param(vault.keyId()).query(Long.class).single();
    }
}
