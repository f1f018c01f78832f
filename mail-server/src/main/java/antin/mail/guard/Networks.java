package antin.mail.guard;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Some networks, written as {@code 10.1.0.0/16} or {@code 2001:db8::/32}; a single address may stand without its prefix. */
public final class Networks {

    private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f:.]{2,45})(?:/([0-9]{1,3}))?");

    private final List<IpSubnetFilterRule> rules;

    private Networks(List<IpSubnetFilterRule> rules) {
        this.rules = rules;
    }

    /** Throws {@link IllegalArgumentException} with the text that is no network. */
    public static Networks of(List<String> texts) {
        return new Networks(texts.stream().map(Networks::rule).toList());
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    boolean contain(InetAddress address) {
        InetSocketAddress peer = new InetSocketAddress(address, 0);
        return rules.stream().anyMatch(rule -> rule.matches(peer));
    }

    private static IpSubnetFilterRule rule(String text) {
        Matcher form = FORM.matcher(text);
        byte[] address = form.matches() ? NetUtil.createByteArrayFromIpAddressString(form.group(1)) : null;
        if (address == null) {
            throw new IllegalArgumentException(text);
        }
        int bits = form.group(2) == null ? address.length * 8 : Integer.parseInt(form.group(2));
        if (bits > address.length * 8) {
            throw new IllegalArgumentException(text);
        }
        return new IpSubnetFilterRule(form.group(1), bits, IpFilterRuleType.ACCEPT);
    }
}
