package antin.mail.directory;

import antin.directory.Directory;
import antin.kernel.Problem;
import java.util.Collections;
import java.util.Iterator;
import javax.mail.internet.AddressException;
import org.apache.james.core.MailAddress;
import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.user.api.model.User;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** People as James's users: read-only, named by their primary address. {@link #test} is always false: passwords are no matter of the directory here. */
public final class DirectoryUsers implements UsersRepository {

    private static final String READ_ONLY = "People are kept in the directory, not here.";

    private final Directory directory;

    public DirectoryUsers(Directory directory) {
        this.directory = directory;
    }

    @Override
    public boolean contains(Username name) throws UsersRepositoryException {
        try {
            return directory.person(name.asString()).isPresent();
        } catch (Problem e) {
            throw new UsersRepositoryException("The directory is away.", e);
        }
    }

    @Override
    public Publisher<Boolean> containsReactive(Username name) {
        return Mono.fromCallable(() -> contains(name));
    }

    @Override
    public boolean test(Username name, String password) {
        return false;
    }

    @Override
    public MailAddress getMailAddressFor(Username name) throws UsersRepositoryException {
        try {
            return new MailAddress(name.asString());
        } catch (AddressException e) {
            throw new UsersRepositoryException("Not an address: " + name.asString(), e);
        }
    }

    @Override
    public boolean supportVirtualHosting() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public boolean isAdministrator(Username name) {
        return false;
    }

    @Override
    public @Nullable User getUserByName(Username name) {
        return null;
    }

    /** Nobody lists the whole city by way of James. */
    @Override
    public Iterator<Username> list() {
        return Collections.emptyIterator();
    }

    @Override
    public Publisher<Username> listReactive() {
        return Flux.empty();
    }

    @Override
    public int countUsers() {
        return 0;
    }

    @Override
    public void addUser(Username name, String password) throws UsersRepositoryException {
        throw new UsersRepositoryException(READ_ONLY);
    }

    @Override
    public void updateUser(User user) throws UsersRepositoryException {
        throw new UsersRepositoryException(READ_ONLY);
    }

    @Override
    public void removeUser(Username name) throws UsersRepositoryException {
        throw new UsersRepositoryException(READ_ONLY);
    }
}
