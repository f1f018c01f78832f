package antin.ca;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Connections that tell of each write before and after it: {@code before insert into intent}, {@code after commit}. */
final class HaltingSource {

    private HaltingSource() {
    }

    static DataSource of(DataSource target, Consumer<String> steps) {
        return proxy(DataSource.class, target, (method, arguments, answer) -> method.getName().equals("getConnection")
            ? connection((Connection) answer.get(), steps) : answer.get());
    }

    private static Connection connection(Connection target, Consumer<String> steps) {
        return proxy(Connection.class, target, (method, arguments, answer) -> switch (method.getName()) {
            case "commit" -> told("commit", steps, answer);
            case "prepareStatement" -> statement((PreparedStatement) answer.get(), write((String) arguments[0]), steps);
            default -> answer.get();
        });
    }

    private static PreparedStatement statement(PreparedStatement target, String write, Consumer<String> steps) {
        return proxy(PreparedStatement.class, target, (method, arguments, answer) -> method.getName().equals("executeUpdate") ? told(write, steps, answer) : answer.get());
    }

    /** {@code insert into intent}, {@code update certificate}; of one with others before it ({@code with}), the last. */
    private static String write(String sql) {
        String[] words = sql.substring(sql.startsWith("with ") ? sql.lastIndexOf("insert into ") : 0).split("\\s+", 4);
        return words[0].equals("insert") ? String.join(" ", words[0], words[1], words[2]) : String.join(" ", words[0], words[1]);
    }

    private static Object told(String write, Consumer<String> steps, Answer answer) throws Throwable {
        steps.accept("before " + write);
        Object result = answer.get();
        steps.accept("after " + write);
        return result;
    }

    private interface Answer {
        Object get() throws Throwable;
    }

    private interface Handler {
        Object handle(Method method, Object[] arguments, Answer answer) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T target, Handler handler) {
        InvocationHandler invocations = (self, method, arguments) -> handler.handle(method, arguments, () -> {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
        return type.cast(Proxy.newProxyInstance(HaltingSource.class.getClassLoader(), new Class<?>[] {type}, invocations));
    }
}
