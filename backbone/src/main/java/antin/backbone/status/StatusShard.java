package antin.backbone.status;

import java.util.concurrent.locks.StampedLock;
import java.util.function.Consumer;

/** A table of five words a place, with open addressing and linear probing. Safe for use by many threads; readers take no lock unless somebody writes at that moment. */
final class StatusShard {

    static final int WORDS = 5;
    static final int CHANGE = 3;
    static final int TIMES = 4;
    /** In the third word: the place is taken. */
    static final long TAKEN = 1;
    /** What of the third word names a certificate: the serial's upper bits, the issuer, and that it is taken. */
    static final long NAMING = 0xffff_ffff_00ff_0001L;
    private static final int FIRST = 16;

    private final StampedLock lock = new StampedLock();
    private long[] table = new long[FIRST * WORDS];
    private int size;

    /** Copies the words of what {@code key} names; false where there is none. */
    boolean find(long[] key, long hash, long[] found) {
        long stamp = lock.tryOptimisticRead();
        if (stamp != 0) {
            boolean there = copy(table, key, hash, found);
            if (lock.validate(stamp)) {
                return there;
            }
        }
        stamp = lock.readLock();
        try {
            return copy(table, key, hash, found);
        } finally {
            lock.unlockRead(stamp);
        }
    }

    void put(long[] words, long hash) {
        long stamp = lock.writeLock();
        try {
            int place = place(table, words, hash);
            if (table[place + 2] == 0) {
                size++;
            }
            System.arraycopy(words, 0, table, place, WORDS);
            if (size * 4L > places(table) * 3L) {
                grow();
            }
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    int size() {
        long stamp = lock.readLock();
        try {
            return size;
        } finally {
            lock.unlockRead(stamp);
        }
    }

    /** What the table takes in memory. */
    long octets() {
        long stamp = lock.readLock();
        try {
            return (long) table.length * Long.BYTES;
        } finally {
            lock.unlockRead(stamp);
        }
    }

    /** The words are the caller's during the call only. */
    void forEach(Consumer<long[]> each) {
        long stamp = lock.readLock();
        try {
            long[] words = new long[WORDS];
            for (int place = 0; place < table.length; place += WORDS) {
                if (table[place + 2] != 0) {
                    System.arraycopy(table, place, words, 0, WORDS);
                    each.accept(words);
                }
            }
        } finally {
            lock.unlockRead(stamp);
        }
    }

    private static boolean copy(long[] table, long[] key, long hash, long[] found) {
        int place = place(table, key, hash);
        System.arraycopy(table, place, found, 0, WORDS);
        return found[2] != 0;
    }

    /** Where it is, or the empty place where it belongs; a quarter is always empty, unless it changes while it is read. */
    private static int place(long[] table, long[] key, long hash) {
        int places = places(table);
        int at = (int) ((hash & 0xffff_ffffL) * places >>> 32);
        for (int i = 0; i < places; i++) {
            int place = at * WORDS;
            long third = table[place + 2];
            if (third == 0 || table[place] == key[0] && table[place + 1] == key[1] && (third & NAMING) == (key[2] & NAMING)) {
                return place;
            }
            at = at + 1 == places ? 0 : at + 1;
        }
        return 0; // what was read meanwhile is read again
    }

    /** By a half, so that little room is empty. */
    private void grow() {
        long[] larger = new long[(places(table) * 3 / 2 + 1) * WORDS];
        long[] words = new long[WORDS];
        for (int from = 0; from < table.length; from += WORDS) {
            if (table[from + 2] != 0) {
                System.arraycopy(table, from, words, 0, WORDS);
                System.arraycopy(words, 0, larger, place(larger, words, StatusMemory.hash(words)), WORDS);
            }
        }
        table = larger;
    }

    private static int places(long[] table) {
        return table.length / WORDS;
    }
}
