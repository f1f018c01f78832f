package antin.directory.opendj;

import antin.directory.ldif.LdifTemplate;
import java.security.SecureRandom;
import java.util.Map;
import java.util.TreeMap;

/** An invented city on three levels, to try things with. Its people's passwords are made anew for each installation. */
final class SampleCity {

    /** Without letters and digits that look alike; 16 of 31 give 79 bits. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private final String base;
    private final String mailDomain;
    private final Map<String, String> passwords = new TreeMap<>();

    SampleCity(String base, String mailDomain, SecureRandom random) {
        this.base = base;
        this.mailDomain = mailDomain;
        SamplePerson.ALL.forEach(person -> passwords.put(person.number(), password(random)));
    }

    /** Units, then people, then groups and a functional mailbox. */
    String ldif() {
        StringBuilder ldif = new StringBuilder();
        SampleUnit.ALL.forEach(unit -> ldif.append(unit.ldif(base)));
        SamplePerson.ALL.forEach(person -> ldif.append(person.ldif(base, mailDomain, passwords.getOrDefault(person.number(), ""))));
        return ldif.append(group("lanh-dao-cap-xa", "Lãnh đạo cấp xã", "ubnd-tp", "groupOfURLs",
                "memberURL: ldap:///" + SampleUnit.ALL.getFirst().name(base) + "?antinHead?sub?(antinLevel=commune)\n"))
            .append(group("so-noi-vu", "Toàn Sở Nội vụ", "so-noi-vu", "groupOfURLs", "memberURL: ldap:///ou=people," + base + "??sub?(antinUnit=so-noi-vu)\n"))
            .append(group("to-bien-tap", "Tổ biên tập", "van-phong", "groupOfNames", names("member", "100002", "100006", "100012")))
            .append("dn: cn=van-thu,ou=mailboxes,").append(base).append("\nobjectClass: antinMailbox\ncn: van-thu\n")
            .append(LdifTemplate.line("displayName", "Văn thư Sở Nội vụ"))
            .append("mail: van-thu.so-noi-vu@").append(mailDomain).append("\nantinUnit: so-noi-vu\nantinStatus: active\n")
            .append(names("antinMayRead", "100005", "100006")).append(names("antinMaySend", "100006")).append('\n').toString();
    }

    /** A line a person: mail address, name, unit, role, directory password, number; separated by tabs. */
    String table() {
        StringBuilder table = new StringBuilder();
        SamplePerson.ALL.forEach(person -> table.append(String.join("\t", person.address(mailDomain), person.name(), person.unit(), person.role().word(),
            passwords.get(person.number()), person.number())).append('\n'));
        return table.toString();
    }

    private String group(String id, String name, String unit, String kind, String members) {
        return "dn: cn=" + id + ",ou=groups," + base + "\nobjectClass: " + kind + "\nobjectClass: antinGroup\ncn: " + id + '\n'
            + LdifTemplate.line("displayName", name) + "antinUnit: " + unit + '\n' + members + '\n';
    }

    private String names(String attribute, String... numbers) {
        StringBuilder lines = new StringBuilder();
        for (String number : numbers) {
            lines.append(attribute).append(": uid=").append(number).append(",ou=people,").append(base).append('\n');
        }
        return lines.toString();
    }

    private static String password(SecureRandom random) {
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            password.append(i > 0 && i % 4 == 0 ? "-" : "").append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }
}
