package antin.mail.directory;

import antin.directory.Directory;
import java.util.Collection;
import org.apache.james.core.Domain;
import org.apache.james.core.MailAddress;
import org.apache.james.mailetcontainer.api.LocalResources;

/** What is local, by the directory; a problem there is thrown on, and the letter waits. */
public final class DirectoryResources implements LocalResources {

    private final Directory directory;

    public DirectoryResources(Directory directory) {
        this.directory = directory;
    }

    @Override
    public boolean isLocalServer(Domain domain) {
        return directory.isLocalDomain(domain.asString());
    }

    @Override
    public boolean isLocalUser(String name) {
        return directory.person(name).isPresent();
    }

    @Override
    public boolean isLocalEmail(MailAddress address) {
        return directory.resolve(address.asString()).isPresent();
    }

    @Override
    public Collection<MailAddress> localEmails(Collection<MailAddress> addresses) {
        return addresses.stream().filter(this::isLocalEmail).toList();
    }
}
