package antin.bridge;

import antin.bridge.message.Frames;
import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The life of the program: reads messages on one thread and answers them on another, so that it notices at once when the browser goes away, and closes its windows then. It ends with the pipe, with
 * {@code quit}, and with a message that cannot be read.
 */
final class Host {

    /** How long a token may take to come to an end once nobody waits for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Frames frames;
    private final Conversation conversation;
    private final Runnable goodbye;
    private final BlockingQueue<Optional<byte[]>> waiting = new LinkedBlockingQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);

    /** {@code goodbye} ends every question that is still asked. */
    Host(Frames frames, Conversation conversation, Runnable goodbye) {
        this.frames = frames;
        this.conversation = conversation;
        this.goodbye = goodbye;
    }

    /** Returns when the conversation is over, or nobody waits for it any more. */
    void run(String version) throws IOException, InterruptedException {
        conversation.greet(version);
        Thread worker = Thread.ofPlatform().name("answers").daemon().start(this::answer);
        Thread.ofPlatform().name("reader").daemon().start(() -> read(worker));
        over.await();
    }

    private void read(Thread worker) {
        try {
            Optional<byte[]> message = frames.read();
            while (message.isPresent()) {
                waiting.add(message);
                message = frames.read();
            }
        } catch (Refused e) {
            refuse(e.reason());
        } catch (EOFException e) {
            // the browser went away within a message: nothing to answer, and nobody to tell
        } catch (IOException e) {
            System.err.println("The browser's pipe broke: " + e.getMessage());
        }
        goodbye.run();
        waiting.clear();
        waiting.add(Optional.empty());
        try {
            worker.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        over.countDown();
    }

    private void answer() {
        try {
            boolean more = true;
            while (more) {
                Optional<byte[]> message = waiting.take();
                more = message.isPresent() && conversation.answer(message.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("The browser does not listen: " + e.getMessage());
        } finally {
            over.countDown();
        }
    }

    private void refuse(Reason reason) {
        try {
            conversation.refuse(reason);
        } catch (IOException e) {
            System.err.println("The browser does not listen: " + e.getMessage());
        }
    }
}
