package antin.signing.csc;

import antin.kernel.audit.AuditLog;
import antin.kernel.key.KeyRing;
import antin.signing.WorkFolder;
import antin.signing.api.Limits;
import antin.signing.remote.Authorisations;
import antin.signing.remote.RemoteKeys;
import antin.signing.remote.RemoteKeysController;
import antin.signing.remote.SignDocument;
import antin.signing.remote.SignHashes;
import antin.signing.seal.SealDocument;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.TimeStamps;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** This interface's controllers, and the one for people's keys. */
@Configuration(proxyBeanMethods = false)
public class CscConfiguration {

    /** Whose addresses are told. */
    public record Addresses(String issuer, String publicUrl) {
    }

    @Bean
    Credentials credentials(KeyRing keys, RemoteKeys remoteKeys) {
        return new Credentials(keys, remoteKeys, Clock.systemUTC());
    }

    @Bean
    InfoController cscInfo(Addresses addresses) {
        return new InfoController(addresses.issuer(), addresses.publicUrl());
    }

    @Bean
    CredentialsController cscCredentials(Credentials credentials, Authorisations authorisations, AuditLog audit) {
        return new CredentialsController(credentials, authorisations, audit, Clock.systemUTC());
    }

    @Bean
    SigningController cscSigning(Credentials credentials, Authorisations authorisations, SignHashes signHashes, List<SignatureFormat> formats, SealDocument sealDocument,
            SignDocument signDocument, TimeStamps stamps, WorkFolder folder, Limits limits) {
        DocumentSigning documents = new DocumentSigning(formats, sealDocument, signDocument, authorisations, folder);
        return new SigningController(credentials, authorisations, signHashes, documents, stamps, folder, limits, Clock.systemUTC());
    }

    @Bean
    RemoteKeysController remoteKeysController(RemoteKeys remoteKeys) {
        return new RemoteKeysController(remoteKeys, Clock.systemUTC());
    }
}
