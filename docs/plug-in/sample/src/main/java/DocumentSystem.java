import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.activation.DataHandler;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A document system in one file: looks a unit up, seals a PDF for it, has it validated, and sends it. */
public final class DocumentSystem {

    private static final String CLIENT = "sample-documents";
    private static final String ACCOUNT = "van-ban@city.example"; // a mailbox of the system's own, of nobody's
    private static final int OFFSET = Integer.parseInt(System.getenv().getOrDefault("ANTIN_PORT_OFFSET", "0"));
    private static final String BACKBONE = "https://localhost:" + (8440 + OFFSET);
    private static final String SIGNING = "https://localhost:" + (8443 + OFFSET);

    private final SSLContext trust;
    private final HttpClient http;
    private final String clientSecret;

    private DocumentSystem(Path root, String clientSecret) throws Exception {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        try (InputStream pem = Files.newInputStream(root)) {
            anchors.setCertificateEntry("root", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(anchors);
        this.trust = SSLContext.getInstance("TLS");
        this.trust.init(null, managers.getTrustManagers(), null);
        this.http = HttpClient.newBuilder().sslContext(trust).connectTimeout(Duration.ofSeconds(5)).build();
        this.clientSecret = clientSecret;
    }

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(antin("sample", "root"));
        String secret = Files.readAllLines(root.resolveSibling("clients.tsv")).stream().map(line -> line.split("\t"))
            .filter(row -> row[0].equals(CLIENT)).findFirst().orElseThrow()[1];
        DocumentSystem system = new DocumentSystem(root, secret);

        String unit = system.unit("Sở Nội vụ");
        System.out.println("unit       " + unit);
        byte[] sealed = system.seal(pdf("Invitation to the meeting of 22/11/2026, for " + unit));
        System.out.println("sealed     " + sealed.length + " bytes");
        System.out.println("validated  " + system.validate(sealed));
        system.send("duc.hoang@city.example", sealed, antin("sample", "app-password", ACCOUNT, "smtp"));
        System.out.println("sent       to duc.hoang@city.example");
    }

    /** A token is for one service and lasts five minutes; a real system keeps it until shortly before its end. */
    private String token(String scope) throws Exception {
        String basic = Base64.getEncoder().encodeToString((CLIENT + ":" + clientSecret).getBytes(UTF_8));
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(URI.create(BACKBONE + "/oauth2/token")).header("Authorization", "Basic " + basic)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("grant_type=client_credentials&scope=" + URLEncoder.encode(scope, UTF_8))), 200);
        return field(answer, "access_token");
    }

    private String unit(String name) throws Exception {
        String filter = URLEncoder.encode("displayName eq \"" + name + "\"", UTF_8);
        return field(send(HttpRequest.newBuilder(URI.create(BACKBONE + "/scim/v2/Groups?filter=" + filter))
            .header("Authorization", "Bearer " + token("directory.read")), 200), "id");
    }

    private byte[] seal(byte[] pdf) throws Exception {
        String options = "{\"key\": \"sample-seal\", \"format\": \"PAdES\", \"level\": \"LTA\", \"reason\": \"Ban hành\"}";
        return upload("/v1/seals", "seal:sample-seal", options, pdf, 201).body();
    }

    private String validate(byte[] pdf) throws Exception {
        String conclusion = field(upload("/v1/validations", "validate", null, pdf, 200), "conclusion");
        if (!conclusion.equals("valid")) {
            throw new IllegalStateException("The sealed document is " + conclusion);
        }
        return conclusion;
    }

    /** multipart/form-data (RFC 7578), as the JDK's client does not write it by itself. */
    private HttpResponse<byte[]> upload(String path, String scope, String options, byte[] pdf, int expected) throws Exception {
        String boundary = UUID.randomUUID().toString();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (options != null) {
            body.write(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"options\"\r\nContent-Type: application/json\r\n\r\n"
                + options + "\r\n").getBytes(UTF_8));
        }
        body.write(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"document\"; filename=\"invitation.pdf\"\r\n"
            + "Content-Type: application/pdf\r\n\r\n").getBytes(UTF_8));
        body.write(pdf);
        body.write(("\r\n--" + boundary + "--\r\n").getBytes(UTF_8));
        // The same key with the same request is sealed once, however often it is sent.
        return send(HttpRequest.newBuilder(URI.create(SIGNING + path)).header("Authorization", "Bearer " + token(scope)).header("Idempotency-Key", boundary)
            .header("Content-Type", "multipart/form-data; boundary=" + boundary).POST(BodyPublishers.ofByteArray(body.toByteArray())), expected);
    }

    /** An answer with Retry-After is worth another try (a part is away for now); every other problem document says what is wrong. */
    private HttpResponse<byte[]> send(HttpRequest.Builder request, int expected) throws Exception {
        for (int attempt = 1; ; attempt++) {
            HttpResponse<byte[]> answer = http.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() == expected) {
                return answer;
            }
            OptionalLong again = answer.headers().firstValueAsLong("Retry-After");
            if (again.isEmpty() || attempt == 3) {
                throw new IOException(answer.uri() + " answers " + answer.statusCode() + ": " + new String(answer.body(), UTF_8));
            }
            Thread.sleep(1000 * again.getAsLong());
        }
    }

    private void send(String to, byte[] pdf, String appPassword) throws Exception {
        Properties settings = new Properties();
        settings.put("mail.smtp.host", "localhost");
        settings.put("mail.smtp.port", Integer.toString(10587 + OFFSET));
        settings.put("mail.smtp.auth", "true");
        settings.put("mail.smtp.starttls.enable", "true");
        settings.put("mail.smtp.starttls.required", "true"); // never a password in the clear
        settings.put("mail.smtp.ssl.checkserveridentity", "true");
        settings.put("mail.smtp.ssl.socketFactory", trust.getSocketFactory());
        settings.put("mail.smtp.connectiontimeout", "5000");
        settings.put("mail.smtp.timeout", "60000");
        MimeMessage letter = new MimeMessage(Session.getInstance(settings, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(ACCOUNT, appPassword);
            }
        }));
        letter.setFrom(new InternetAddress(ACCOUNT, "Hệ thống quản lý văn bản", "UTF-8"));
        letter.setRecipients(Message.RecipientType.TO, to);
        letter.setSubject("Giấy mời họp", "UTF-8");
        MimeBodyPart text = new MimeBodyPart();
        text.setText("Kính gửi Sở Nội vụ: giấy mời đã đóng dấu kèm theo.\n", "UTF-8");
        MimeBodyPart attachment = new MimeBodyPart();
        attachment.setDataHandler(new DataHandler(new ByteArrayDataSource(pdf, "application/pdf")));
        attachment.setFileName("invitation.pdf");
        letter.setContent(new MimeMultipart(text, attachment));
        Transport.send(letter);
    }

    /** One page by hand (ISO 32000-1, 7.5); a real system has its documents. */
    private static byte[] pdf(String line) {
        String content = "BT /F1 14 Tf 72 770 Td (" + line + ") Tj ET";
        List<String> objects = List.of("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            "<</Length " + content.length() + ">>\nstream\n" + content + "\nendstream", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
        StringBuilder pdf = new StringBuilder("%PDF-1.7\n");
        List<Integer> offsets = new ArrayList<>();
        for (String object : objects) {
            offsets.add(pdf.length());
            pdf.append(offsets.size()).append(" 0 obj\n").append(object).append("\nendobj\n");
        }
        int table = pdf.length();
        pdf.append("xref\n0 6\n0000000000 65535 f \n");
        offsets.forEach(offset -> pdf.append(String.format("%010d 00000 n \n", offset)));
        return pdf.append("trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n" + table + "\n%%EOF\n").toString().getBytes(US_ASCII);
    }

    /** The first text of that name; a real system reads JSON with a library. */
    private static String field(HttpResponse<byte[]> answer, String name) throws IOException {
        String json = new String(answer.body(), UTF_8);
        Matcher field = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
        if (!field.find()) {
            throw new IOException(answer.uri() + " names no " + name + ": " + json);
        }
        return field.group(1);
    }

    /** What ./antin prints about the sample; a real system finds its secrets in files that an administrator gave it. */
    private static String antin(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(System.getProperty("antin.command")));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("./antin " + String.join(" ", arguments) + " failed");
        }
        return output;
    }
}
