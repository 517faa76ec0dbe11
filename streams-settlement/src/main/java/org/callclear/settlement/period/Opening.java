package org.callclear.settlement.period;

/**
 * A period that is open in the journal, and who opened it.
 *
 * @param period the period
 * @param commandId of the command that closed the one before; empty when none did
 */
public record Opening(Period period, String commandId) {}
