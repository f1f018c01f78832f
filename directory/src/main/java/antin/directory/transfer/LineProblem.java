package antin.directory.transfer;

import antin.directory.Refusal;

/**
 * Why a line was not taken.
 *
 * @param line   where its record begins, or in LDIF the line itself, from 1
 * @param column of CSV, from 1; 0 where it is the whole record, a column that is not there, or LDIF
 * @param field  the column's name; empty for the whole record
 * @param value  what stands there, shortened
 */
public record LineProblem(int line, int column, String field, String value, Refusal.Reason reason) {

    private static final int LONGEST = 200;

    public LineProblem {
        value = value.codePointCount(0, value.length()) <= LONGEST ? value : value.substring(0, value.offsetByCodePoints(0, LONGEST)) + '…';
    }
}
