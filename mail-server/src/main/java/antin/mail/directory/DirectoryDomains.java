package antin.mail.directory;

import antin.directory.Directory;
import antin.kernel.Problem;
import java.util.List;
import org.apache.james.core.Domain;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.api.DomainListException;

/** The domains that are ours, by the directory. */
public final class DirectoryDomains implements DomainList {

    private final Directory directory;
    private final Domain main;

    public DirectoryDomains(Directory directory, String main) {
        this.directory = directory;
        this.main = Domain.of(main);
    }

    @Override
    public boolean containsDomain(Domain domain) throws DomainListException {
        try {
            return directory.isLocalDomain(domain.asString());
        } catch (Problem e) {
            throw new DomainListException("The directory is away.", e);
        }
    }

    @Override
    public Domain getDefaultDomain() {
        return main;
    }

    /** The main one only: units' domains are as many as units, and James asks for the list only to show it. */
    @Override
    public List<Domain> getDomains() {
        return List.of(main);
    }

    @Override
    public void addDomain(Domain domain) throws DomainListException {
        throw new DomainListException("Domains are kept in the directory, not here.");
    }

    @Override
    public void removeDomain(Domain domain) throws DomainListException {
        throw new DomainListException("Domains are kept in the directory, not here.");
    }
}
