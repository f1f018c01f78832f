package antin.keys.pkcs11;

import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.Logger;

/** The wrapper's own words go to our log, and nothing to standard output. It tells of failures that it throws as well, so they are kept low. */
final class WrapperLog implements Logger {

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(WrapperLog.class);

    @Override
    public void error(String format, Object... arguments) {
        LOG.debug(format, arguments);
    }

    @Override
    public void warn(String format, Object... arguments) {
        LOG.debug(format, arguments);
    }

    @Override
    public void info(String format, Object... arguments) {
        LOG.debug(format, arguments);
    }

    @Override
    public void debug(String format, Object... arguments) {
        // it would name every call
    }

    @Override
    public void trace(String format, Object... arguments) {
        // it would show templates
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
        return LOG.isDebugEnabled();
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }
}
