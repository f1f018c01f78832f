package antin.mail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.activation.DataHandler;
import javax.mail.Folder;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.Store;
import javax.mail.Transport;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeBodyPart;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import javax.mail.internet.MimeUtility;
import javax.mail.util.ByteArrayDataSource;

/** A person's mail program. */
final class TestClient {

    private final TestInstallation installation;
    private final String address;
    private final String password;

    TestClient(TestInstallation installation, String address) {
        this(installation, address, TestInstallation.PASSWORD);
    }

    TestClient(TestInstallation installation, String address, String password) {
        this.installation = installation;
        this.address = address;
        this.password = password;
    }

    String address() {
        return address;
    }

    void send(String port, String to, String subject, String text, String fileName, byte[] file) throws MessagingException, IOException {
        String protocol = port.equals("submissions") ? "smtps" : "smtp";
        Session session = session(protocol);
        MimeMessage letter = new MimeMessage(session);
        letter.setFrom(new InternetAddress(address));
        letter.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        letter.setSubject(subject, "UTF-8");
        MimeBodyPart body = new MimeBodyPart();
        body.setText(text, "UTF-8");
        MimeBodyPart attachment = new MimeBodyPart();
        attachment.setDataHandler(new DataHandler(new ByteArrayDataSource(file, "application/pdf")));
        attachment.setFileName(MimeUtility.encodeText(fileName, "UTF-8", "B"));
        letter.setContent(new MimeMultipart(body, attachment));
        letter.saveChanges();
        try (Transport transport = session.getTransport(protocol)) {
            transport.connect("localhost", installation.port(port), address, password);
            transport.sendMessage(letter, letter.getAllRecipients());
        }
    }

    List<String> subjects(String port) throws MessagingException {
        List<String> subjects = new ArrayList<>();
        try (Store store = open(port); Folder inbox = store.getFolder("INBOX")) {
            inbox.open(Folder.READ_ONLY);
            for (Message letter : inbox.getMessages()) {
                subjects.add(letter.getSubject());
            }
        }
        return subjects;
    }

    void withLetter(String port, String subject, MailFlowTest.Look look) throws Exception {
        try (Store store = open(port); Folder inbox = store.getFolder("INBOX")) {
            inbox.open(Folder.READ_ONLY);
            for (Message letter : inbox.getMessages()) {
                if (subject.equals(letter.getSubject())) {
                    look.at(letter);
                    return;
                }
            }
        }
        throw new AssertionError("No letter " + subject);
    }

    Store open(String port) throws MessagingException {
        Store store = session(port).getStore(port);
        store.connect("localhost", installation.port(port), address, password);
        return store;
    }

    private static Session session(String protocol) {
        Properties properties = new Properties();
        properties.setProperty("mail." + protocol + ".ssl.trust", "localhost");
        properties.setProperty("mail." + protocol + ".starttls.required", Boolean.toString(!protocol.endsWith("s")));
        properties.setProperty("mail." + protocol + ".starttls.enable", "true");
        properties.setProperty("mail." + protocol + ".auth", "true");
        properties.setProperty("mail." + protocol + ".timeout", "20000");
        return Session.getInstance(properties);
    }
}
