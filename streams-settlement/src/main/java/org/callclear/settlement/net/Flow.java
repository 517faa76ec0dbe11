package org.callclear.settlement.net;

/**
 * Traffic one way, from the side of one account.
 *
 * @param account whose account the sum stands on
 * @param counterparty the other carrier
 */
record Flow(String account, String counterparty) implements Comparable<Flow> {
    /** The same traffic as the other side has it on its account. */
    Flow turned() {
        return new Flow(/* account= */ counterparty, /* counterparty= */ account);
    }

    @Override
    public int compareTo(Flow other) {
        int byAccount = account.compareTo(other.account);
        return byAccount != 0 ? byAccount : counterparty.compareTo(other.counterparty);
    }
}
