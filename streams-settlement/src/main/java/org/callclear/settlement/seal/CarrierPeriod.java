package org.callclear.settlement.seal;

/** What there is one statement for: a carrier in a period. */
record CarrierPeriod(String carrier, String period) {}
