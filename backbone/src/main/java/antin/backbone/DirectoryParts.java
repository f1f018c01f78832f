package antin.backbone;

import antin.directory.AddressBookAccess;
import antin.directory.Directory;
import antin.directory.Register;
import antin.directory.administration.Administration;
import antin.directory.index.DirectoryIndex;
import antin.directory.ldap.LdapDirectory;
import antin.directory.password.DirectoryPolicy;
import antin.directory.password.PasswordPolicy;
import antin.directory.transfer.Exports;
import antin.directory.transfer.Imports;
import antin.kernel.audit.AuditLog;
import antin.kernel.process.Parts;
import antin.kernel.tls.InternalIdentity;
import antin.otp.apppassword.AddressBookServer;
import antin.server.WebContext;
import java.time.Clock;

/** The directory, what administers it, and what of it is kept in memory. */
record DirectoryParts(LdapDirectory directory, AddressBookAccess addressBooks, AddressBookServer addressBookServer, DirectoryIndex index, Administration administration,
    PasswordPolicy passwords, Imports imports, Exports exports) {

    static DirectoryParts start(Parts parts, BackboneSettings settings, InternalIdentity identity, AuditLog audit, Clock clock) {
        DirectoryPolicy policy = DirectoryPolicy.read(settings.directoryPolicyFile());
        LdapDirectory directory = parts.add(LdapDirectory.connect(settings.directory(), identity));
        DirectoryIndex index = parts.add(new DirectoryIndex(directory.register(), clock));
        index.start();
        Administration administration = new Administration(directory.register(), index, policy.levels(), policy.passwords(), settings.directory().mailDomain(), audit, clock);
        Imports imports = parts.add(new Imports(settings.home().resolve("imports"), administration, clock));
        imports.start();
        return new DirectoryParts(directory, directory.addressBookAccess(), new AddressBookServer(settings.addressBookUrl()), index, administration, policy.passwords(), imports,
            new Exports(administration, settings.directory().base()));
    }

    void lendTo(WebContext pages) {
        pages.lend(Directory.class, directory);
        pages.lend(Register.class, directory.register());
        pages.lend(AddressBookAccess.class, addressBooks);
        pages.lend(AddressBookServer.class, addressBookServer);
        pages.lend(Administration.class, administration);
        pages.lend(PasswordPolicy.class, passwords);
        pages.lend(Imports.class, imports);
        pages.lend(Exports.class, exports);
    }
}
