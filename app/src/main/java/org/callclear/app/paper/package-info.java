/**
 * Statements as finance forwards them. Enters: the bytes of a statement's canonical JSON. Leaves: the bytes of a workbook
 * (XLSX) or of a document (PDF), the same for the same statement on every machine, in every locale and time zone. Computes
 * nothing but the rounding row, and knows no Kafka, no file and no clock.
 */
@NullMarked
package org.callclear.app.paper;

import org.jspecify.annotations.NullMarked;
