package antin.bridge;

import antin.bridge.command.AddDocuments;
import antin.bridge.command.Authenticate;
import antin.bridge.command.Batch;
import antin.bridge.command.ChangePin;
import antin.bridge.command.Command;
import antin.bridge.command.GetSigningCertificate;
import antin.bridge.command.ListTokens;
import antin.bridge.command.MakeKey;
import antin.bridge.command.Quit;
import antin.bridge.command.Sign;
import antin.bridge.command.SignAll;
import antin.bridge.command.Signatures;
import antin.bridge.command.Status;
import antin.bridge.command.StoreCertificate;
import antin.bridge.command.TokenChoice;
import antin.bridge.message.Frames;
import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import antin.bridge.origin.Origin;
import antin.bridge.origin.Origins;
import antin.bridge.origin.Places;
import antin.bridge.origin.Policy;
import antin.bridge.origin.RememberedOrigins;
import antin.bridge.token.KnownModules;
import antin.bridge.token.LazyTokens;
import antin.bridge.token.Tokens;
import antin.bridge.window.Asker;
import antin.bridge.window.SwingAsker;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The program: {@code antin-token-bridge}, as a browser starts it; or with {@code --version}, or {@code --forget ORIGIN} to be asked about a page again. */
public final class TokenBridge {

    /** The version of web-eid-app whose protocol this speaks: Web eID's extension asks for one. */
    private static final String WEB_EID_VERSION = "2.8.0";

    private TokenBridge() {
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Places places = Places.here(System.getenv());
        String version = Optional.ofNullable(TokenBridge.class.getPackage().getImplementationVersion()).orElse("0"); // of the jar
        List<String> words = List.of(arguments);
        if (words.equals(List.of("--version"))) {
            System.out.println(version);
        } else if (words.size() == 2 && words.getFirst().equals("--forget")) {
            new RememberedOrigins(places.userFolder()).forget(Origin.of(words.getLast()));
        } else {
            run(words, places, version);
            System.exit(0); // windows keep a thread, and a token may hang in a call
        }
    }

    /** Talks with the browser until it goes away. */
    static void run(List<String> arguments, Places places, String version) throws IOException, InterruptedException {
        Frames frames = new Frames(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
        System.setOut(System.err); // nothing but messages may come to the browser
        Optional<Caller> caller = Caller.of(arguments);
        boolean webEid = caller.filter(Caller::isWebEid).isPresent();
        Optional<Reason> refused = refused(caller, places.policy());
        if (refused.isPresent()) {
            Conversation conversation = new Conversation(frames, new SwingAsker(), places.userFolder(), webEid, List.of());
            conversation.greet(WEB_EID_VERSION);
            conversation.refuse(refused.get());
            return;
        }
        Supplier<Policy> policies = () -> Policy.read(places.policy());
        try (Asker asker = new SwingAsker(); Tokens tokens = new LazyTokens(() -> modules(policies.get()))) {
            Origins origins = new Origins(policies, new RememberedOrigins(places.userFolder()), asker::mayAsk);
            new Host(frames, new Conversation(frames, asker, places.userFolder(), webEid, commands(origins, tokens, asker, version)), asker::close).run(WEB_EID_VERSION);
        }
    }

    static List<Command> commands(Origins origins, Tokens tokens, Asker asker, String version) {
        Signatures signatures = new Signatures(tokens, asker);
        TokenChoice choice = new TokenChoice(tokens);
        Batch batch = new Batch();
        List<Command> commands = new ArrayList<>(List.of(new GetSigningCertificate(origins, signatures), new Sign(origins, signatures),
            new Authenticate(origins, signatures, "urn:antin:token-bridge:" + version), new Quit(), new ListTokens(origins, tokens), new AddDocuments(origins, batch),
            new SignAll(origins, signatures, batch), new MakeKey(origins, choice, signatures), new StoreCertificate(origins, tokens, signatures), new ChangePin(origins, choice, asker)));
        commands.add(new Status(version, commands.stream().map(Command::name).toList()));
        return commands;
    }

    /** Why nothing is done for whoever started this; empty where it may talk. */
    private static Optional<Reason> refused(Optional<Caller> untrusted, Path policyFile) {
        try {
            Policy policy = Policy.read(policyFile);
            return untrusted.filter(caller -> caller.isKnown(policy)).isPresent() ? Optional.empty() : Optional.of(Reason.FOREIGN_EXTENSION);
        } catch (Refused e) {
            return Optional.of(e.reason());
        }
    }

    private static List<Path> modules(Policy policy) {
        return policy.modules().isEmpty() ? KnownModules.here() : policy.modules();
    }
}
