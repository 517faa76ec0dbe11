/**
 * Measures rate decks. Enters: a seed. Leaves: the time of a look-up and the memory of a row, for the product's deck and for a
 * hash map tried by falling length, and the time that the product's own command takes to import such a deck.
 */
@NullMarked
package org.callclear.bench.decks;

import org.jspecify.annotations.NullMarked;
