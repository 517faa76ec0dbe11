/**
 * How long a proxy waits for the clearinghouse's answer, and how many it gives, beside a bare echo over the same broker
 * that makes the same signatures; and the same of several instances, of which one is killed. Broker, answering sides and asking
 * side are each a process of their own.
 */
@NullMarked
package org.callclear.bench.authorize;

import org.jspecify.annotations.NullMarked;
