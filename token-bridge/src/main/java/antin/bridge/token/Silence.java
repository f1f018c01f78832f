package antin.bridge.token;

import org.xipki.pkcs11.wrapper.Logger;

/** The wrapper's own words go nowhere: its failures come as exceptions too, and standard output belongs to the browser. */
final class Silence implements Logger {

    @Override
    public void error(String format, Object... arguments) {
        // thrown as well
    }

    @Override
    public void warn(String format, Object... arguments) {
        // thrown as well
    }

    @Override
    public void info(String format, Object... arguments) {
        // of no use here
    }

    @Override
    public void debug(String format, Object... arguments) {
        // of no use here
    }

    @Override
    public void trace(String format, Object... arguments) {
        // would show templates
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public boolean isInfoEnabled() {
        return false;
    }

    @Override
    public boolean isWarnEnabled() {
        return false;
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }
}
