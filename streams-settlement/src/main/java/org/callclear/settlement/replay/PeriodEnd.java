package org.callclear.settlement.replay;

import java.util.List;
import org.callclear.schemas.avro.CalendarMarker;
import org.callclear.schemas.avro.LineSums;

/**
 * What one partition of the journal says where a period ends there.
 *
 * @param marker the end
 * @param lines the wanted carrier's, of that period
 */
record PeriodEnd(CalendarMarker marker, List<LineSums> lines) {}
