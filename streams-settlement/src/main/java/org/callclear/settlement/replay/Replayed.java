package org.callclear.settlement.replay;

import org.callclear.settlement.statement.ClosedStatement;

/** What a journal comes to, for one carrier and period. */
public final class Replayed {
    private final ClosedStatement statement;
    private final byte[] json;
    private final long leaves;
    private final byte[] root;
    private final long records;

    Replayed(ClosedStatement statement, byte[] json, long leaves, byte[] root, long records) {
        this.statement = statement;
        this.json = json;
        this.leaves = leaves;
        this.root = root;
        this.records = records;
    }

    /** The statement. */
    public ClosedStatement statement() {
        return statement;
    }

    /** Its JSON, without a seal. */
    public byte[] json() {
        return json.clone();
    }

    /** How many lines its calls have. */
    public long leaves() {
        return leaves;
    }

    /** The root of the tree over them. */
    public byte[] root() {
        return root.clone();
    }

    /** Records of the journal that were read. */
    public long records() {
        return records;
    }

    /**
     * A line of a call and where it came about.
     *
     * @param json of the line
     * @param partition of the journal
     * @param offset of the record by which it came about
     */
    public record Line(String json, int partition, long offset) {}
}
